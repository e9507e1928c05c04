// Which of a calculation's drawings suits the room that there is, and how large it is shown.

import type { OwnPicture } from '../../experiments/definition/ownPicture';
import type { Size } from '../../picture/shapes';

interface Fitted {
  drawing: OwnPicture;
  /** CSS pixels for one unit of the drawing. */
  scale: number;
}

/** Text of 12 px stays readable down to this scale. */
const leastScale = 0.8;
const greatestScale = 1.4;

/** The wide one as long as it can be read, else whichever gets larger. `room` is null until it is known. */
export function fitDrawing(wide: OwnPicture, narrow: OwnPicture | undefined, room: Size | null): Fitted {
  if (!room) return { drawing: wide, scale: 1 };
  const wideScale = scaleOf(wide, room);
  if (wideScale >= leastScale || !narrow) return { drawing: wide, scale: readable(wide, wideScale, room) };
  const narrowScale = scaleOf(narrow, room);
  return narrowScale > wideScale
    ? { drawing: narrow, scale: readable(narrow, narrowScale, room) }
    : { drawing: wide, scale: readable(wide, wideScale, room) };
}

function scaleOf({ size }: OwnPicture, room: Size): number {
  return Math.min(room.width / size.width, room.height / size.height, greatestScale);
}

/** Where the width is too small, the height decides, and the rest is reached by scrolling. */
function readable({ size }: OwnPicture, scale: number, room: Size): number {
  if (scale >= leastScale) return scale;
  return Math.min(1, room.height / size.height, Math.max(scale, leastScale));
}
