// Balls thrown into bins, each into the emptiest of d bins picked by chance: how full the fullest becomes, exactly, for so many of both.
// One choice: bins are filled one by one, by what is left. More: a Markov chain of how many bins hold at least 2, 3, … balls.
// Source: Azar, Broder, Karlin and Upfal, SIAM Journal on Computing 29(1), 1999, for the process; the sums are made here.

import { exp, log, power } from '../kernel/math';
import { fluidLoads } from './ballsIntoBins';
import { requireWhole } from './validity';

export interface BallsAndBins {
  /** 1 to 2,000. */
  balls: number;
  bins: number;
  /** Bins looked at by each ball, with the chance to look at one twice; 1 to 100. */
  choices: number;
}

/** Operations that one probability may take: about a second. */
const mostWork = 1_000_000_000;

/**
 * P(fullest bin holds k), by index k, to 1e-7; what lies beyond the last is added to it. Throws RangeError outside the ranges, and where
 * two or more choices leave too many states: above some 1,000 bins with one ball for each.
 */
export function largestLoadShares({ balls, bins, choices }: BallsAndBins): number[] {
  requireWhole('The number of balls', balls, 1, 2000);
  requireWhole('The number of bins', bins, 1, 2000);
  requireWhole('The number of choices', choices, 1, 100);
  const shares: number[] = [];
  let before = 0;
  // Given a fullest bin, all choices of one of the balls must fall on it to make it fuller still.
  const enough = choices === 1 ? 1e-10 : Math.min(1e-5, Math.max(1e-10, (1e-7 * power(bins, choices)) / balls));
  for (let most = 0; 1 - before > enough; most++) {
    const atMost =
      most * bins < balls ? 0 : most >= balls ? 1 : choices === 1 ? oneChoice(balls, bins, most) : moreChoices(balls, bins, choices, most);
    shares.push(Math.max(0, atMost - before));
    before = Math.max(before, atMost);
  }
  if (before < 1) shares.push(1 - before);
  return shares;
}

/** P(no bin holds more than `most`): Poisson numbers in each bin, of which none is above `most`, given that they add up to `balls`. */
function oneChoice(balls: number, bins: number, most: number): number {
  const mean = balls / bins;
  const poisson = [exp(-mean)];
  for (let count = 1; count <= most; count++) poisson.push((poisson[count - 1] * mean) / count);
  const sums = new Float64Array(balls + 1);
  sums[0] = 1;
  for (let bin = 0; bin < bins; bin++) {
    for (let sum = balls; sum >= 0; sum--) {
      let chance = 0;
      for (let count = Math.min(most, sum); count >= 0; count--) chance += poisson[count] * sums[sum - count];
      sums[sum] = chance;
    }
  }
  let logarithm = balls * log(balls) - balls;
  for (let count = 2; count <= balls; count++) logarithm -= log(count);
  return sums[balls] / exp(logarithm);
}

/** The same by a chain over how many bins hold at least 2, …, `most`; how many hold 1 follows from the balls thrown. */
function moreChoices(balls: number, bins: number, choices: number, most: number): number {
  const strides = [0, 0];
  const sizes = [0, 0];
  let states = 1;
  const means = fluidLoads({ choices, most, ballsPerBin: balls / bins }).map((share) => share * bins);
  for (let level = 2; level <= most; level++) {
    const mean = means[level - 1];
    // More bins than this are less likely than 1e-12.
    sizes[level] = Math.min(bins, Math.floor(balls / level), Math.ceil(mean + 9 * Math.sqrt(mean)) + 6) + 1;
    strides[level] = states;
    states *= sizes[level];
  }
  if (states * balls * most > mostWork) {
    throw new RangeError(
      `${balls} balls in ${bins} bins with ${choices} choices leave too many states; use fluidLoads, which is exact for many.`,
    );
  }
  // Chance that all bins looked at are among so many.
  const among = Float64Array.from({ length: bins + 1 }, (_, count) => power(count / bins, choices));
  const chances = new Float64Array(states);
  chances[0] = 1;
  const atLeast = [bins, 0];
  for (let thrown = 0; thrown < balls; thrown++) {
    // From the last state down, as a ball only leads to a later one.
    for (let state = states - 1; state >= 0; state--) {
      const chance = chances[state];
      if (chance < 1e-40) continue;
      atLeast[1] = thrown;
      for (let level = 2; level <= most; level++) {
        atLeast[level] = Math.floor(state / strides[level]) % sizes[level];
        atLeast[1] -= atLeast[level];
      }
      atLeast[most + 1] = 0;
      chances[state] = chance * (1 - among[atLeast[1]]);
      for (let level = 2; level <= most; level++) {
        if (atLeast[level] + 1 < sizes[level])
          chances[state + strides[level]] += chance * (among[atLeast[level - 1]] - among[atLeast[level]]);
      }
    }
  }
  return chances.reduce((sum, chance) => sum + chance, 0);
}
