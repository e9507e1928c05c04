// Six cities, where they lie, and the ways in which a name's owner may tell a customer in one of them where to go.

import { latencyWeighted, nearest, type Place, type PolicyOf, type RandomSource, type Server } from '@by-the-slice/simulation';

interface City extends Place {
  id: string;
  name: string;
  /** Two letters for a small map. */
  short: string;
  /** Of its clock, ahead of Greenwich; standard time. */
  hoursEast: number;
}

export const cities: readonly City[] = [
  { id: 'san-francisco', name: 'San Francisco', short: 'SF', latitude: 37.7749, longitude: -122.4194, hoursEast: -8 },
  { id: 'new-york', name: 'New York', short: 'NY', latitude: 40.7128, longitude: -74.006, hoursEast: -5 },
  { id: 'sao-paulo', name: 'São Paulo', short: 'SP', latitude: -23.5505, longitude: -46.6333, hoursEast: -3 },
  { id: 'frankfurt', name: 'Frankfurt', short: 'FR', latitude: 50.1109, longitude: 8.6821, hoursEast: 1 },
  { id: 'singapore', name: 'Singapore', short: 'SG', latitude: 1.3521, longitude: 103.8198, hoursEast: 8 },
  { id: 'tokyo', name: 'Tokyo', short: 'TO', latitude: 35.6762, longitude: 139.6503, hoursEast: 9 },
];

/** Names of the parts of a city, besides its kitchen, which bears the city's own. */
export const customersIn = (city: City): string => `customers/${city.id}`;
export const clientsIn = (city: City): string => `clients/${city.id}`;
export const namesIn = (city: City): string => `names/${city.id}`;

export const routings = {
  nearest: 'to the nearest city',
  room: 'to the nearest city with room',
  weighted: 'by chance, the nearer the likelier',
  'least-loaded': 'to the least loaded city',
} as const;
export type Routing = keyof typeof routings;

interface Routed {
  home: number;
  kitchens: readonly Server[];
  /** Service places of each kitchen. */
  places: number;
  roundTripMs: readonly (readonly number[])[];
  random: RandomSource;
}

/** What the name's owner answers to somebody who asks in the city `home`. */
export function answerOf(routing: Routing, routed: Routed): PolicyOf {
  const { home, roundTripMs, random } = routed;
  const distance = { roundTripMs, locationOf: () => home };
  if (routing === 'nearest') return nearest(distance);
  if (routing === 'weighted') return latencyWeighted(random.key(`answers in ${cities[home].name}`), distance);
  return byLoad(routed, routing === 'room');
}

/**
 * By what the kitchens report: the least loaded one, the nearest of them on a tie.
 * @param nearestFirst the nearest that has a free place counts as least loaded
 */
function byLoad({ home, kitchens, places, roundTripMs }: Routed, nearestFirst: boolean): PolicyOf {
  const fromHome = roundTripMs[home];
  const byDistance = kitchens.map((_, index) => index).sort((a, b) => fromHome[a] - fromHome[b]);
  return ({ inRotation }) => ({
    pick() {
      let best = -1;
      for (const index of byDistance) {
        if (!inRotation[index]) continue;
        if (nearestFirst && kitchens[index].inside < places) return index;
        if (best < 0 || kitchens[index].inside < kitchens[best].inside) best = index;
      }
      return best;
    },
  });
}
