// How the list of requests is ordered and narrowed. Stays while the reader looks at another panel.

import type { Lens } from '../frame/lens';
import { Store } from '../session/store';
import type { OutcomeFilter, Sort } from './rowsInOrder';

export interface Filters {
  sort: Sort;
  outcome: OutcomeFilter;
  leastMs: number;
}

const known = new WeakMap<Lens, Store<Filters>>();

export function filtersOf(lens: Lens): Store<Filters> {
  const filters = known.get(lens) ?? new Store<Filters>({ sort: 'slowest', outcome: 'all', leastMs: 0 });
  known.set(lens, filters);
  return filters;
}
