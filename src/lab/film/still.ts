// One still: the picture of a run at a moment, as SVG. Its words would be too small to read, so the caption has them; lines and
// dots are drawn bolder, as they are shown so small.

import type { Result } from '../../experiments/definition/result';
import { FlowPicture } from '../../picture/flowPicture';
import type { SceneOptions } from '../../picture/scene';
import type { Shape, Size } from '../../picture/shapes';
import { toSvg } from '../../picture/svg';

/** Drawn as for a small stage, and shown at less than half of it. */
const stillSize: Size = { width: 400, height: 224 };
const usualSeconds = 30;

interface Still {
  pictureAt(atMs: number, idPrefix: string): string;
}

export function stillsOf({ trace, horizonMs }: Result, scene: SceneOptions | undefined): Still | null {
  if (!trace) return null;
  const flow = new FlowPicture(trace, scene);
  const view = { size: stillSize, msPerSecond: horizonMs / usualSeconds, isStill: true };
  return {
    pictureAt(atMs, idPrefix) {
      const shapes = flow
        .shapesAt(atMs, view)
        .filter(({ type }) => type !== 'text')
        .map(bold);
      return toSvg(shapes, stillSize, { title: '', description: '', idPrefix });
    },
  };
}

function bold(shape: Shape): Shape {
  const bolder = { ...shape };
  if (bolder.strokeWidth !== undefined) bolder.strokeWidth *= 1.8;
  if (bolder.type === 'circle' || bolder.type === 'cross' || bolder.type === 'triangle') bolder.radius *= 1.5;
  return bolder;
}
