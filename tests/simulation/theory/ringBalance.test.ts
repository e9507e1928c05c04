import { expect, test } from 'vitest';
import { leastKeysMoved, moduloKeysMoved } from '../../../src/simulation/theory/ringBalance';

test('hash modulo N moves the share of keys whose remainders differ, counted over a whole period', () => {
  for (const [from, to] of [
    [3, 4],
    [4, 6],
    [10, 11],
    [12, 8],
    [5, 5],
    [2, 8],
  ]) {
    const period = from * to;
    const moved = Array.from({ length: period }, (_, hash) => Number(hash % from !== hash % to)).reduce((sum, one) => sum + one, 0);
    expect(moduloKeysMoved({ from, to })).toBeCloseTo(moved / period, 14);
    expect(moduloKeysMoved({ from, to })).toBeGreaterThanOrEqual(leastKeysMoved({ from, to }));
  }
});

test('a tenth node makes modulo move nine of ten keys, and a ring one of ten', () => {
  expect(moduloKeysMoved({ from: 9, to: 10 })).toBeCloseTo(0.9, 14);
  expect(leastKeysMoved({ from: 9, to: 10 })).toBeCloseTo(0.1, 14);
});
