// What lies under the traffic: the land, the night, and the ways between cities along great circles, as path data for one sheet.

import { cos, type Place, sin } from '@by-the-slice/simulation';
import type { Point } from '../flow/geometry';
import land from './land.json';
import { along, arctangent, lineThrough, type Projection } from './projection';

/** Where the sun stands in the middle of May, in degrees north of the equator. */
const sunLatitude = 18;
const radians = Math.PI / 180;
const nightStep = 4;
const wayPoints = 32;

export function landPath({ at }: Projection): string {
  return land.rings
    .map((ring) => {
      const points: Point[] = [];
      let [longitude, latitude] = [0, 0];
      for (let index = 0; index < ring.length; index += 2) {
        longitude += ring[index];
        latitude += ring[index + 1];
        points.push(at({ longitude: longitude / 10, latitude: latitude / 10 }));
      }
      return lineThrough(points, true);
    })
    .join(' ');
}

/** Degrees east over which the sun stands at an hour of Greenwich. */
export function noonLongitude(hour: number): number {
  const longitude = (12 - hour) * 15;
  return longitude - 360 * Math.round(longitude / 360);
}

/** The half of the globe that is turned away from the sun. Source: the sun is on the horizon where tan φ = −cos h / tan δ. */
export function nightPath({ at, frame }: Projection, hour: number): string {
  const slope = sin(sunLatitude * radians) / cos(sunLatitude * radians);
  const noon = noonLongitude(hour);
  const points: Point[] = [];
  for (let longitude = -180; longitude <= 180; longitude += nightStep) {
    const latitude = arctangent(-cos((longitude - noon) * radians) / slope) / radians;
    points.push(at({ latitude, longitude }));
  }
  const bottom = frame.y + frame.height;
  return lineThrough([...points, { x: frame.x + frame.width, y: bottom }, { x: frame.x, y: bottom }], true);
}

/** The way from one place to another; in two pieces where it leaves the sheet on one side and comes back on the other. */
export function wayPath({ at }: Projection, from: Place, to: Place): string {
  const pieces: Point[][] = [[]];
  let last = from;
  for (let index = 0; index <= wayPoints; index++) {
    const place = along(from, to, index / wayPoints);
    if (Math.abs(place.longitude - last.longitude) > 180) {
      const east = last.longitude > 0 ? 180 : -180;
      pieces[pieces.length - 1].push(at({ latitude: (last.latitude + place.latitude) / 2, longitude: east }));
      pieces.push([at({ latitude: (last.latitude + place.latitude) / 2, longitude: -east })]);
    }
    pieces[pieces.length - 1].push(at(place));
    last = place;
  }
  return pieces.map((points) => lineThrough(points)).join(' ');
}
