// A queue drawn as a queue: the head next to the server, the rest behind it, in turns like a line at an airport.

import type { Point } from './geometry';
import type { Placed } from './layout';

interface Room {
  pitch: number;
  columns: number;
  rows: number;
}

const pitch = 12;
const mostAbreast = 14;
/** Places that "+37" takes. */
const labelPlaces = 3;

function roomOf({ line, lineGrows }: Placed): Room {
  if (!line) return { pitch, columns: 0, rows: 0 };
  const columns = Math.max(1, Math.floor(line.width / pitch));
  return {
    pitch,
    columns: lineGrows === 'up' ? Math.min(mostAbreast, columns) : columns,
    rows: Math.max(1, Math.floor(line.height / pitch)),
  };
}

/** How many of a line of this length are drawn as dots; the others stand in a number. */
export function dotsShown(placed: Placed, length: number): number {
  const { columns, rows } = roomOf(placed);
  const capacity = columns * rows;
  return length <= capacity ? length : Math.max(0, capacity - labelPlaces);
}

/** The floor that those who wait stand on: as many rows as are in use, one at least. */
export function floorOf(placed: Placed, length: number): { x: number; y: number; width: number; height: number } | undefined {
  const { line, lineGrows } = placed;
  const { columns, rows } = roomOf(placed);
  if (!line || line.width < pitch) return undefined;
  const used = Math.min(rows, Math.max(1, Math.ceil(length / columns)));
  const height = used * pitch + 6;
  if (lineGrows === 'left') return { x: line.x - 3, y: line.y, width: line.width + 6, height };
  const width = columns * pitch + 6;
  return { x: line.x + (line.width - width) / 2, y: line.y + line.height - height + 3, width, height };
}

/** Center of a place in the line, 0 at its head. Places beyond the room are where the number stands. */
export function placeInLine(placed: Placed, place: number): Point {
  const { line, lineGrows } = placed;
  if (!line) return placed.entry;
  const { columns, rows } = roomOf(placed);
  const at = Math.min(place, columns * rows - 1);
  const row = Math.floor(at / columns);
  const column = row % 2 === 0 ? at % columns : columns - 1 - (at % columns);
  if (lineGrows === 'left') return { x: line.x + line.width - pitch * (column + 0.5), y: line.y + 9 + row * pitch };
  const left = line.x + (line.width - columns * pitch) / 2;
  return { x: left + pitch * (column + 0.5), y: line.y + line.height - pitch * (row + 0.5) };
}
