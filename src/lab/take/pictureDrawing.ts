// The picture at the cursor, of one side, with a line under it that says of which run and when.

import { ownPicture } from '../../experiments/definition/ownPicture';
import { FlowPicture } from '../../picture/flowPicture';
import type { Shape, Size } from '../../picture/shapes';
import { type Drawing, ground, wrapped } from './drawing';
import type { Taken, TakenSide } from './taken';

const flowSize: Size = { width: 800, height: 440 };
const edge = 16;

/** Null when there is nothing to draw. `source`: which run it is, in a line. */
export function pictureDrawing({ definition, sides, cursorMs = 0, msPerSecond }: Taken, one: TakenSide, source: string): Drawing | null {
  const { trace, summary, horizonMs } = one.result;
  const { title, scene } = definition;
  const own = ownPicture(one.result, scene);
  if (own) return withSource(own.wide.shapes, own.wide.size, { title, description: summary }, source);
  if (!trace || trace.partList.length === 0) return null;
  const flow = new FlowPicture(trace, scene);
  const atMs = Math.min(cursorMs, horizonMs);
  const view = { size: flowSize, msPerSecond, ...(sides.length > 1 ? { side: one.side } : {}) };
  return withSource(flow.shapesAt(atMs, view), flowSize, { title, description: flow.describeAt(atMs) }, source);
}

function withSource(
  shapes: readonly Shape[],
  { width, height }: Size,
  words: Pick<Drawing, 'title' | 'description'>,
  source: string,
): Drawing {
  const lines = wrapped(source, width - 2 * edge, 13).map(
    (text, index): Shape => ({ type: 'text', x: edge, y: height + 20 + index * 18, text, size: 13, fill: 'quiet' }),
  );
  const size = { width, height: height + 16 + lines.length * 18 };
  return { shapes: [ground(size), ...shapes, ...lines], size, ...words };
}
