// The picture of a calculation, drawn by whoever shows it, so that its words are in the reader's language.

import type { SceneOptions } from '../../picture/scene';
import type { Shape, Size } from '../../picture/shapes';
import type { Result } from './result';

export interface OwnPicture {
  shapes: Shape[];
  /** That the shapes were drawn for. */
  size: Size;
}

/** Null for what is drawn from a trace, or not at all. `narrow`: for a narrow screen, where there is another way to draw it. */
export function ownPicture({ drawing }: Result, scene: SceneOptions | undefined): { wide: OwnPicture; narrow?: OwnPicture } | null {
  if (drawing === undefined || !scene?.draw) return null;
  const { width = 720, height = 360, narrow } = scene;
  const draw = scene.draw as (drawing: unknown, isNarrow: boolean) => Shape[];
  const wide = { shapes: draw(drawing, false), size: { width, height } };
  return narrow ? { wide, narrow: { shapes: draw(drawing, true), size: narrow } } : { wide };
}
