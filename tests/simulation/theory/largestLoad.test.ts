import { describe, expect, test } from 'vitest';
import { largestLoadShares } from '../../../src/simulation/theory/largestLoad';
import { readVector } from '../../vectors/read';

describe('the fullest bin', () => {
  test.each(readVector<[number, number, Record<string, number>][]>('bins.max'))(
    '%d balls and bins, %d choices: the likeliest load and its chances are those of the simulation',
    (bins, choices, simulated) => {
      const shares = largestLoadShares({ balls: bins, bins, choices });
      for (const [load, share] of Object.entries(simulated)) expect(Math.abs(shares[Number(load)] - share)).toBeLessThan(0.05);
      const likeliest = Object.entries(simulated).reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
      expect(shares.indexOf(Math.max(...shares))).toBe(Number(likeliest));
    },
  );

  test('the chances add up to 1, and a second choice makes it emptier', () => {
    const mean = (shares: number[]) => shares.reduce((sum, share, load) => sum + share * load, 0);
    let last = Infinity;
    for (const choices of [1, 2, 3, 10]) {
      const shares = largestLoadShares({ balls: 200, bins: 200, choices });
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      expect(mean(shares)).toBeLessThan(last);
      last = mean(shares);
    }
  });

  test('one bin holds all, one ball fills one', () => {
    expect(largestLoadShares({ balls: 7, bins: 1, choices: 3 })).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
    expect(largestLoadShares({ balls: 1, bins: 50, choices: 1 })).toEqual([0, 1]);
  });

  test('a birthday shared by none of 23 in 365 days has the chance that everybody knows', () => {
    expect(largestLoadShares({ balls: 23, bins: 365, choices: 1 })[1]).toBeCloseTo(0.4927027656760144, 12);
  });
});
