// Which requests the list shows, and in which order. Numbers in typed arrays, so that tens of thousands are sorted between two
// frames.

import { fateNames } from '@by-the-slice/simulation';
import type { TimeRange } from '../frame/lens';
import { rowsAtPart } from './requestSpans';
import type { RequestTable } from './requestTable';

export const sorts = ['slowest', 'fastest', 'earliest', 'latest', 'outcome'] as const;
export type Sort = (typeof sorts)[number];

/** all; or a fate; or what is left when all went well; or still under way. */
export type OutcomeFilter = 'all' | 'not completed' | 'open' | (typeof fateNames)[number];

export interface Wanted {
  sort: Sort;
  outcome: OutcomeFilter;
  leastMs: number;
  /** In flight at some instant of it. */
  range: TimeRange | null;
  /** Name of a part where it was, in the range if there is one. */
  part: string | null;
}

export function rowsInOrder(table: RequestTable, { sort, outcome, leastMs, range, part }: Wanted): Uint32Array {
  const { count, startMs, endMs, fate } = table;
  const partId = part === null ? -1 : table.trace.partList.findIndex(({ name }) => name === part);
  const isThere = partId >= 0 ? rowsAtPart(table, partId, range?.fromMs ?? -Infinity, range?.toMs ?? Infinity) : undefined;
  const rows = new Uint32Array(count);
  let shown = 0;
  for (let row = 0; row < count; row++) {
    if (endMs[row] - startMs[row] < leastMs || !fits(fate[row], outcome)) continue;
    if (isThere && isThere[row] === 0) continue;
    if (range && !isInFlight(table, row, range)) continue;
    rows[shown++] = row;
  }
  return sorted(table, rows.subarray(0, shown), sort);
}

export function isInFlight({ startMs, endMs, fate }: RequestTable, row: number, { fromMs, toMs }: TimeRange): boolean {
  return startMs[row] <= toMs && (endMs[row] > fromMs || (fate[row] < 0 && endMs[row] >= fromMs));
}

/** Number of the request that lasted longest of those at a part (-1: anywhere) at an instant, or null. */
export function slowestAt(table: RequestTable, atMs: number, part: number): number | null {
  const isThere = part < 0 ? null : rowsAtPart(table, part, atMs, atMs);
  const range = { fromMs: atMs, toMs: atMs };
  let slowest = -1;
  let mostMs = -1;
  for (let row = 0; row < table.count; row++) {
    const lastedMs = table.endMs[row] - table.startMs[row];
    if (lastedMs <= mostMs || (isThere && isThere[row] === 0) || !isInFlight(table, row, range)) continue;
    slowest = row;
    mostMs = lastedMs;
  }
  return slowest < 0 ? null : table.numbers[slowest];
}

/** How many of each outcome there are, in the order of the fates; the open ones last. */
export function outcomesIn({ fate, count }: RequestTable): { outcome: OutcomeFilter; count: number }[] {
  const counts = new Float64Array(fateNames.length + 1);
  for (let row = 0; row < count; row++) counts[fate[row] < 0 ? fateNames.length : fate[row]]++;
  return [...fateNames, 'open' as const].map((outcome, code) => ({ outcome, count: counts[code] })).filter((one) => one.count > 0);
}

function fits(fate: number, outcome: OutcomeFilter): boolean {
  if (outcome === 'all') return true;
  if (outcome === 'open') return fate < 0;
  return outcome === 'not completed' ? fate > 0 : fateNames[fate] === outcome;
}

/** Those of equal rank in order of opening, which is the order of the rows. */
function sorted({ startMs, endMs, fate, count }: RequestTable, rows: Uint32Array, sort: Sort): Uint32Array {
  if (sort === 'earliest') return rows;
  if (sort === 'latest') return rows.reverse();
  const rank = new Float64Array(count);
  for (const row of rows) {
    const lastedMs = endMs[row] - startMs[row];
    // What went wrong first; what is open behind that; what is well last. Within each, the slowest first.
    if (sort === 'outcome') rank[row] = (fate[row] > 0 ? -10 + fate[row] : fate[row] < 0 ? -2 : -1) * 1e12 - lastedMs;
    else rank[row] = sort === 'slowest' ? -lastedMs : lastedMs;
  }
  return rows.sort((a, b) => rank[a] - rank[b] || a - b);
}
