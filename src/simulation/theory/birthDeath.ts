// A chain that moves one up or one down at a time: the share of time that it spends in each state.
// Weights are taken from the likeliest state outward, where they only shrink: no load, however far from the capacity, overflows them.
// Source: birth–death equations; Kleinrock, Queueing Systems I (1975), section 3.1.

/**
 * Shares of states 0 to `last`. `ratio(n)`, n from 1: rate of going from n − 1 up to n, over that of coming back; it must not grow with n.
 */
export function birthDeathShares(last: number, ratio: (state: number) => number): Float64Array {
  let peak = 0;
  while (peak < last && ratio(peak + 1) > 1) peak++;
  const shares = new Float64Array(last + 1);
  shares[peak] = 1;
  let sum = 1;
  for (let state = peak + 1; state <= last; state++) sum += shares[state] = shares[state - 1] * ratio(state);
  for (let state = peak - 1; state >= 0; state--) sum += shares[state] = shares[state + 1] / ratio(state + 1);
  return shares.map((share) => share / sum);
}
