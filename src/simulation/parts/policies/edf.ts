// Envoy's earliest-deadline-first scheduler, which makes weighted round robin of any weights above 0: after each turn a server's
// deadline is 1 / weight later, and the earliest deadline is next, the one set first among equals.
// Source: Envoy 1.30, source/common/upstream/edf_scheduler.h. With weights that are no powers of two, rounding decides ties.

export interface EdfSchedule {
  readonly deadlines: Float64Array;
  /** When each was set: the first goes first among equal deadlines. */
  readonly order: Float64Array;
  settings: number;
  now: number;
}

/** So many turns at most are skipped at the start. */
const mostPicks = 429_496_729;
/** Added to the weights while the first deadlines are set, as there, so that weights that are multiples of each other do not tie. */
const nudge = 1e-13;

/**
 * @param weights above 0
 * @param picks turns that are taken to have gone by (modulo 429,496,729): Envoy begins at a point by chance, so that balancers that start together do not go in step
 */
export function createEdf(weights: ArrayLike<number>, picks = 0): EdfSchedule {
  const count = weights.length;
  const schedule: EdfSchedule = { deadlines: new Float64Array(count), order: new Float64Array(count), settings: count, now: 0 };
  if (!(picks >= 0)) throw new RangeError(`A schedule begins after ${picks} turns; it must be a number from 0 up.`);
  const skipped = Math.floor(picks) % mostPicks;
  let total = 0;
  for (let entry = 0; entry < count; entry++) {
    if (!(weights[entry] > 0 && weights[entry] < Infinity)) throw new RangeError(`A weight is ${weights[entry]}; it must be above 0.`);
    total += weights[entry] + nudge;
  }
  let left = skipped;
  for (let entry = 0; entry < count; entry++) {
    const weight = weights[entry] + nudge;
    let turns = Math.floor((weight * skipped) / total);
    if (turns > 0 && turns / weight >= skipped / total) turns--;
    schedule.deadlines[entry] = (turns + 1) / weight;
    schedule.order[entry] = entry;
    schedule.now = Math.max(schedule.now, turns / weight);
    left -= turns;
  }
  for (; left > 0 && count > 0; left--) pickEdf(schedule, weights);
  return schedule;
}

/** The next in turn, set again by its weight as it is now; -1 when there is none. */
export function pickEdf(schedule: EdfSchedule, weights: ArrayLike<number>): number {
  const entry = nextEdf(schedule);
  if (entry >= 0) againEdf(schedule, entry, weights[entry]);
  return entry;
}

/** The next in turn; `againEdf` has to follow. */
export function nextEdf({ deadlines, order }: EdfSchedule): number {
  let next = deadlines.length > 0 ? 0 : -1;
  for (let entry = 1; entry < deadlines.length; entry++) {
    if (deadlines[entry] < deadlines[next] || (deadlines[entry] === deadlines[next] && order[entry] < order[next])) next = entry;
  }
  return next;
}

/** The turn of an entry has come: its next one is set by this weight. */
export function againEdf(schedule: EdfSchedule, entry: number, weight: number): void {
  schedule.now = schedule.deadlines[entry];
  schedule.deadlines[entry] = schedule.now + 1 / weight;
  schedule.order[entry] = schedule.settings++;
}
