// How far two places are apart on the globe, and how soon light in glass can be there and back: no network is faster.
// Source: Sinnott, Virtues of the Haversine, Sky and Telescope 68(2), 1984, with the mean radius of the Earth (IUGG, 6371.0088 km)
// and the speed of light c over the refractive index of fiber, 1.468.

import { asin, cos, sin } from '../kernel/math';

/** Degrees north and east. */
export interface Place {
  latitude: number;
  longitude: number;
}

const earthRadiusKm = 6371.0088;
const lightKmPerMs = 299.792458;
const refractiveIndex = 1.468;

function check({ latitude, longitude }: Place): void {
  if (!(latitude >= -90 && latitude <= 90)) throw new RangeError(`The latitude is ${latitude}; it must lie between -90 and 90 degrees.`);
  if (!(longitude >= -360 && longitude <= 360)) {
    throw new RangeError(`The longitude is ${longitude}; it must lie between -360 and 360 degrees.`);
  }
}

/** Distance along the surface in km. Throws RangeError for degrees that do not exist. */
export function greatCircleKm(from: Place, to: Place): number {
  check(from);
  check(to);
  const radians = Math.PI / 180;
  const north = sin(((to.latitude - from.latitude) * radians) / 2);
  const east = sin(((to.longitude - from.longitude) * radians) / 2);
  const chord = north * north + cos(from.latitude * radians) * cos(to.latitude * radians) * east * east;
  return 2 * earthRadiusKm * asin(Math.sqrt(Math.min(1, chord)));
}

/** There and back in ms through fiber laid straight; real networks take 1.3 to 2 times as long. */
export function roundTripFloorMs(from: Place, to: Place): number {
  return (2 * greatCircleKm(from, to) * refractiveIndex) / lightKmPerMs;
}
