import { expect, test } from 'vitest';
import { Stream } from '../../../src/simulation/kernel/random';
import { backupExposureMs, oldAddressShare, replicationExposure } from '../../../src/simulation/theory/exposure';

test('an asynchronous replica is behind by the writes of one lag, and now and then by none', () => {
  const { meanWritesBehind, behindShare } = replicationExposure({ writesPerSecond: 200, lagMs: 50 });
  expect(meanWritesBehind).toBe(10);
  expect(behindShare).toBeCloseTo(1 - Math.exp(-10), 14);
  expect(replicationExposure({ writesPerSecond: 200, lagMs: 0 })).toEqual({ meanWritesBehind: 0, behindShare: 0 });
  expect(replicationExposure({ writesPerSecond: 1e-9, lagMs: 1 }).behindShare).toBeCloseTo(1e-12, 22);
});

test('a disaster at any moment finds a backup as old as the formula says', () => {
  const plan = { intervalMs: 100, durationMs: 30 };
  const stream = new Stream(5, 'disasters');
  const ages = Array.from({ length: 20_000 }, () => {
    const at = 1000 + 100_000 * stream.next();
    const taken = Math.floor((at - plan.durationMs) / plan.intervalMs) * plan.intervalMs;
    return at - taken;
  });
  const { least, mean, most } = backupExposureMs(plan);
  expect([least, mean, most]).toEqual([30, 80, 130]);
  expect(Math.min(...ages)).toBeGreaterThanOrEqual(least);
  expect(Math.max(...ages)).toBeLessThan(most);
  expect(Math.abs(ages.reduce((sum, age) => sum + age, 0) / ages.length - mean)).toBeLessThan((4 * 28.9) / Math.sqrt(ages.length));
});

test('the time to live is the tail of a failover', () => {
  expect(oldAddressShare({ sinceMs: 0, timeToLiveMs: 60_000 })).toBe(1);
  expect(oldAddressShare({ sinceMs: 15_000, timeToLiveMs: 60_000 })).toBe(0.75);
  expect(oldAddressShare({ sinceMs: 60_000, timeToLiveMs: 60_000 })).toBe(0);
  // Who asks once a minute has nothing kept half of the time.
  expect(oldAddressShare({ sinceMs: 0, timeToLiveMs: 60_000, askEveryMs: 60_000 })).toBe(0.5);
});
