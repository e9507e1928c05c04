// The globe on a sheet: equirectangular, with the parallel of 38 degrees at its true shape, so that north and south are not
// squeezed. Cut off where nobody lives. On a narrow sheet the map lies on top and leaves room for a list.

import { asin, cos, type Place, sin } from '@by-the-slice/simulation';
import type { Point, Rect } from '../flow/geometry';
import type { Size } from '../shapes';

export interface Projection {
  isNarrow: boolean;
  /** Where the map lies on the sheet. */
  frame: Rect;
  at(place: Place): Point;
}

const north = 76;
const south = -56;
/** A degree of latitude over one of longitude, at the most: 1 / cos 38°. */
const tallest = 1.27;
/** From this width on, the names of the cities find room on the map. */
const wideEnough = 520;
const margin = 4;
const wideHead = 6;

export function projection({ width, height }: Size): Projection {
  const isNarrow = width < wideEnough;
  const room = isNarrow ? height * 0.52 : height - 2 * wideHead;
  const perDegree = Math.max(0.01, Math.min((width - 2 * margin) / 360, room / (north - south)));
  const perDegreeNorth = Math.min(perDegree * tallest, room / (north - south));
  const frame = { x: (width - 360 * perDegree) / 2, y: wideHead, width: 360 * perDegree, height: (north - south) * perDegreeNorth };
  if (!isNarrow) frame.y = (height - frame.height) / 2;
  return {
    isNarrow,
    frame,
    at: ({ latitude, longitude }) => ({
      x: frame.x + (longitude + 180) * perDegree,
      y: frame.y + (north - Math.min(north, Math.max(south, latitude))) * perDegreeNorth,
    }),
  };
}

const radians = Math.PI / 180;

export function arctangent(x: number): number {
  return asin(x / Math.sqrt(1 + x * x));
}

/** A point of the sphere at a share of the great circle from one place to another. */
export function along(from: Place, to: Place, share: number): Place {
  const a = unit(from);
  const b = unit(to);
  const chord = Math.sqrt(a.reduce((sum, value, axis) => sum + (value - b[axis]) * (value - b[axis]), 0));
  const angle = 2 * asin(Math.min(1, chord / 2));
  if (angle < 1e-9) return from;
  const [left, right] = [sin((1 - share) * angle) / sin(angle), sin(share * angle) / sin(angle)];
  const [x, y, z] = [0, 1, 2].map((axis) => left * a[axis] + right * b[axis]);
  const level = Math.sqrt(x * x + y * y);
  const east = level < 1e-12 ? 0 : asin(Math.min(1, Math.max(-1, y / level)));
  const longitude = x >= 0 ? east : (y >= 0 ? Math.PI : -Math.PI) - east;
  return { latitude: asin(Math.min(1, Math.max(-1, z))) / radians, longitude: longitude / radians };
}

function unit({ latitude, longitude }: Place): number[] {
  const level = cos(latitude * radians);
  return [level * cos(longitude * radians), level * sin(longitude * radians), sin(latitude * radians)];
}

/** Path data with a tenth of a pixel. */
export function lineThrough(points: readonly Point[], isClosed = false): string {
  const text = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'} ${tenth(x)} ${tenth(y)}`).join(' ');
  return isClosed ? `${text} Z` : text;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
