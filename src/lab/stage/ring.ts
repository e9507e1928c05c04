// A ring around the dot of the request that is followed; where it has no dot of its own (in a crowd, behind a number), around
// the part that holds it.

import type { ReplayState } from '@by-the-slice/simulation';
import { type FlowDescription, partBoxes } from '../../picture/flow';
import type { Shape, Size } from '../../picture/shapes';
import { isDot } from './hit';

const gap = 4;

/** @param isWeak for the dot under the pointer, which is not chosen yet */
export function ringAround(shapes: readonly Shape[], request: number, isWeak = false): Shape[] {
  const rings: Shape[] = [];
  for (const shape of shapes) {
    if (shape.request !== request || !isDot(shape)) continue;
    const { x, y, radius } = shape;
    if (!isWeak) rings.push({ type: 'circle', x, y, radius: radius + gap + 2, stroke: 'surface', strokeWidth: 2 });
    rings.push({ type: 'circle', x, y, radius: radius + gap, stroke: 'text', strokeWidth: isWeak ? 1.25 : 2.25 });
  }
  return rings;
}

/** Around the part that it is in: the last on its way that holds it. */
export function ringAroundPart(description: FlowDescription, state: ReplayState, size: Size, request: number): Shape[] {
  const box = partBoxes(description, size).findLast(({ id }) => isInside(state.parts[id], request));
  if (!box) return [];
  const { x, y, width, height } = box;
  return [
    {
      type: 'rectangle',
      x: x - gap,
      y: y - gap,
      width: width + 2 * gap,
      height: height + 2 * gap,
      radius: 12,
      stroke: 'text',
      strokeWidth: 2.25,
      dash: [6, 4],
    },
  ];
}

function isInside({ serving, waiting, holding }: ReplayState['parts'][number], request: number): boolean {
  if (serving.includes(request)) return true;
  for (let place = 0; place < waiting.length; place++) if (waiting.at(place) === request) return true;
  for (let place = 0; place < holding.length; place++) if (holding.at(place) === request) return true;
  return false;
}
