// The static picture of a run, as SVG in the page's HTML: for a wide frame and for a telephone.

import { spoken } from '@by-the-slice/simulation';
import type { ExperimentDefinition } from '../experiments/definition/defineExperiment';
import { type OwnPicture, ownPicture } from '../experiments/definition/ownPicture';
import type { Result } from '../experiments/definition/result';
import type { Twin } from '../experiments/definition/twin';
import { FlowPicture } from '../picture/flowPicture';
import type { Size } from '../picture/shapes';
import { toSvg } from '../picture/svg';
import { buildSentences } from './sentences';
import { secondsText } from './words';

type OwnPictures = NonNullable<ReturnType<typeof ownPicture>>;
type Pictures = Pick<Twin, 'picture' | 'narrowPicture' | 'pictureAtMs'>;

/** About the sizes of the frame's stage, beside the controls and above them. */
const wide: Size = { width: 640, height: 360 };
const narrow: Size = { width: 330, height: 340 };

/** Where the live player begins too: far enough in for the picture to be alive. */
const momentShare = 0.35;

export function pictureOf(definition: ExperimentDefinition, result: Result, cursorMs: number | undefined): Pictures {
  const { trace, horizonMs } = result;
  const own = ownPicture(result, definition.scene);
  if (own) return ownPictures(definition, result, own);
  if (!trace || trace.partList.length === 0) return {};
  const pictureAtMs = Math.min(cursorMs ?? horizonMs * momentShare, horizonMs);
  const flow = new FlowPicture(trace, definition.scene);
  const msPerSecond = horizonMs / (definition.clock?.playSeconds ?? 30);
  const draw = (size: Size, name: string): Twin['picture'] => {
    const svg = toSvg(flow.shapesAt(pictureAtMs, { size, msPerSecond }), size, {
      title: spoken(buildSentences.pictureAt, { title: definition.title, time: secondsText(Math.round(pictureAtMs / 100) * 100) }),
      description: flow.describeAt(pictureAtMs),
      idPrefix: `twin-${definition.id}-${name}`,
    });
    return { svg, ...size };
  };
  return { pictureAtMs, picture: draw(wide, 'wide'), narrowPicture: draw(narrow, 'narrow') };
}

function ownPictures({ id, title }: ExperimentDefinition, { summary }: Result, { wide, narrow }: OwnPictures): Pictures {
  const draw = ({ shapes, size }: OwnPicture, name: string): Twin['picture'] => {
    const words = { title: spoken(buildSentences.pictureOf, { title }), description: summary, idPrefix: `twin-${id}-${name}` };
    return { svg: toSvg(shapes, size, words), ...size };
  };
  return { picture: draw(wide, 'wide'), ...(narrow ? { narrowPicture: draw(narrow, 'narrow') } : {}) };
}
