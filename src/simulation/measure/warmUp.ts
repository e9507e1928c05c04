// Where the warm-up of a run ends, found from its values: MSER-5 leaves out as many as make the mean of the rest surest.
// White, Simulation 69(6), 1997 (the rule); Spratt 1998 and White, Cobb & Spratt, WSC 2000 (on means of five).

export interface WarmUpEstimate {
  /** How many values to leave out at the start: a multiple of 5. */
  readonly count: number;
  /** False when the best place lies in the second half: the run is too short to tell, or never settles. */
  readonly isSettled: boolean;
  /** The least of the marginal standard error squared, in the square of the unit. */
  readonly statistic: number;
}

const groupSize = 5;
/** The last few means would always look quiet. */
const leastGroupsLeft = 5;

/**
 * MSER-5 truncation point of a run's values in order (response times by arrival, or a level at even instants). The values are averaged
 * by five (a rest of up to four at the end is left out); of all places the one with the least Σ(Y − Ȳ)² / n², over the n means after it.
 * Throws RangeError for fewer than 50 values or values that are not numbers.
 */
export function mser5(values: ArrayLike<number>): WarmUpEstimate {
  const groups = Math.floor(values.length / groupSize);
  if (groups < 2 * leastGroupsLeft)
    throw new RangeError(`MSER-5 needs at least ${2 * leastGroupsLeft * groupSize} values, given ${values.length}.`);
  let best = groups;
  let least = Infinity;
  let average = 0;
  let squares = 0;
  // From the end to the start, so that one pass gives the spread of every rest (Welford).
  for (let group = groups - 1; group >= 0; group--) {
    let sum = 0;
    for (let index = 0; index < groupSize; index++) sum += values[group * groupSize + index];
    const count = groups - group;
    const difference = sum / groupSize - average;
    average += difference / count;
    squares += difference * (sum / groupSize - average);
    const statistic = squares / (count * count);
    if (count < leastGroupsLeft || statistic > least) continue;
    least = statistic;
    best = group;
  }
  if (Number.isNaN(squares)) throw new RangeError('MSER-5 needs finite numbers.');
  return { count: best * groupSize, isSettled: best <= groups / 2, statistic: least };
}
