// The picture of a run at the cursor as SVG, in the size of a page.

import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { ownPicture } from '../../experiments/definition/ownPicture';
import type { Result } from '../../experiments/definition/result';
import { FlowPicture } from '../../picture/flowPicture';
import type { Size } from '../../picture/shapes';
import { toSvg } from '../../picture/svg';

const sheet: Size = { width: 640, height: 360 };
const usualSeconds = 30;

export function pictureText(
  { id, title, scene, clock }: ExperimentDefinition,
  result: Result,
  side: 'a' | 'b',
  cursorMs: number,
): string | null {
  const { trace, horizonMs, summary } = result;
  const options = { title, description: summary, idPrefix: `paper-${id}-${side}` };
  const own = ownPicture(result, scene);
  if (own) return toSvg(own.wide.shapes, own.wide.size, options);
  if (!trace || trace.partList.length === 0) return null;
  const view = { size: sheet, msPerSecond: horizonMs / (clock?.playSeconds ?? usualSeconds), side };
  return toSvg(new FlowPicture(trace, scene).shapesAt(Math.min(cursorMs, horizonMs), view), sheet, options);
}
