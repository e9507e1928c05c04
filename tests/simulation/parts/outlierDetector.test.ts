import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OutlierDetector, type OutlierOptions, successRateThreshold } from '../../../src/simulation/parts/outlierDetector';
import { cases } from '../../cases';

function detect(count: number, options: OutlierOptions = {}, draw?: () => number) {
  const said: string[] = [];
  const ejector = {
    eject: (server: number, cause: string) => said.push(`out ${server}: ${cause}`),
    uneject: (server: number) => said.push(`in ${server}`),
  };
  const detector = new OutlierDetector(count, ejector, options, draw);
  const fail = (server: number, times: number, nowMs = 0) => {
    for (let time = 0; time < times; time++) detector.heard(server, false, nowMs);
  };
  const succeed = (server: number, times: number, nowMs = 0) => {
    for (let time = 0; time < times; time++) detector.heard(server, true, nowMs);
  };
  return { detector, said, fail, succeed };
}

describe('failures in a row', () => {
  test('eject at the fifth; a success in between begins the count anew', () => {
    const { said, fail, succeed } = detect(3);
    fail(1, 4);
    succeed(1, 1);
    fail(1, 4);
    expect(said).toEqual([]);
    fail(1, 1);
    expect(said).toEqual(['out 1: failures in a row']);
  });

  test('answers that come after the ejection count for nothing', () => {
    const { detector, said, fail } = detect(3);
    fail(1, 25);
    expect(said).toEqual(['out 1: failures in a row']);
    detector.sweep(30_000);
    fail(1, 4, 30_000);
    expect(said).toEqual(['out 1: failures in a row', 'in 1']);
    fail(1, 1, 30_000);
    expect(detector.ejections).toBe(2);
  });

  test('that are spared by the limit are counted anew', () => {
    const { detector, fail } = detect(10);
    fail(0, 5);
    fail(1, 5);
    fail(1, 4);
    expect([detector.ejections, detector.spared]).toEqual([1, 1]);
    fail(1, 1);
    expect([detector.ejections, detector.spared]).toEqual([1, 2]);
  });
});

describe('the most that may be out', () => {
  const outOf = (count: number, options: OutlierOptions) => {
    const { detector, fail } = detect(count, options);
    for (let server = 0; server < count; server++) fail(server, 5);
    return detector.ejectedNow;
  };

  test('is a percentage of all servers, but one at least', () => {
    expect([1, 5, 10, 19, 20, 45].map((count) => outOf(count, {}))).toEqual([1, 1, 1, 1, 2, 4]);
    expect([10, 3].map((count) => outOf(count, { maxEjectionPercent: 50 }))).toEqual([5, 1]);
    expect(outOf(4, { maxEjectionPercent: 100 })).toBe(4);
    expect(outOf(4, { maxEjectionPercent: 0 })).toBe(1);
  });

  test('is none when one is too many and Envoy 1.31 is not told otherwise', () => {
    expect([5, 9, 10, 20].map((count) => outOf(count, { alwaysEjectOne: false }))).toEqual([0, 0, 1, 2]);
  });

  test('is never passed, whatever happens', () => {
    const event = fc.record({ server: fc.nat(6), isSuccess: fc.boolean(), afterMs: fc.integer({ min: 0, max: 20_000 }) });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 200 }), fc.integer({ min: 0, max: 100 }), (events, maxEjectionPercent) => {
        const { detector, said } = detect(7, {
          consecutiveFailures: 2,
          maxEjectionPercent,
          successRateMinHosts: 2,
          successRateRequestVolume: 2,
        });
        let nowMs = 0;
        for (const { server, isSuccess, afterMs } of events) {
          nowMs += afterMs;
          detector.heard(server, isSuccess, nowMs);
          if (afterMs > 10_000) detector.sweep(nowMs);
          const out = detector.isEjected.reduce((sum, isOut) => sum + isOut, 0);
          expect(out).toBe(detector.ejectedNow);
          expect(out).toBeLessThanOrEqual(Math.max(1, Math.floor((7 * maxEjectionPercent) / 100)));
        }
        const words = said.map((sentence) => sentence.split(':')[0]);
        for (let server = 0; server < 7; server++) {
          const own = words.filter((word) => word.endsWith(` ${server}`));
          own.forEach((word, index) => {
            expect(word.startsWith(index % 2 === 0 ? 'out' : 'in')).toBe(true);
          });
        }
      }),
      { numRuns: cases },
    );
  });
});

describe('the length of an ejection', () => {
  /** Ejects server 0 whenever it is in; tells for how long it was out each time, in sweeps of 10 s. */
  function lengths(times: number, options: OutlierOptions = {}, healthySweeps = 0) {
    const { detector, fail } = detect(2, options);
    const result: number[] = [];
    let nowMs = 0;
    for (let time = 0; time < times; time++) {
      fail(0, 5, nowMs);
      let sweeps = 0;
      while (detector.isEjected[0]) {
        nowMs += 10_000;
        sweeps++;
        detector.sweep(nowMs);
      }
      result.push(sweeps * 10);
      for (let healthy = 0; healthy < healthySweeps; healthy++) {
        nowMs += 10_000;
        detector.sweep(nowMs);
      }
    }
    return result;
  }

  test('is 30 s the first time, 60 the second, …, and 300 at most', () => {
    expect(lengths(12)).toEqual([30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 300, 300]);
    expect(lengths(3, { baseEjectionMs: 400_000 })).toEqual([400, 400, 400]);
    expect(lengths(4, { maxEjectionMs: 70_000 })).toEqual([30, 60, 70, 70]);
  });

  test('is one base time shorter again for each interval without an ejection', () => {
    expect(lengths(5, {}, 1)).toEqual([30, 30, 30, 30, 30]);
    const { detector, fail } = detect(2);
    let nowMs = 0;
    const sweep = () => {
      nowMs += 10_000;
      detector.sweep(nowMs);
    };
    const outFor = () => {
      fail(0, 5, nowMs);
      const sinceMs = nowMs;
      while (detector.isEjected[0]) sweep();
      return (nowMs - sinceMs) / 1000;
    };
    expect([outFor(), outFor(), outFor()]).toEqual([30, 60, 90]);
    sweep();
    sweep();
    expect(outFor()).toBe(60);
  });

  test('is stretched by chance, and ends only at a sweep', () => {
    const { detector, said, fail } = detect(2, { maxEjectionJitterMs: 5000 }, () => 0.5);
    fail(0, 5);
    detector.sweep(32_499);
    expect(said.length).toBe(1);
    detector.sweep(32_500);
    expect(said[1]).toBe('in 0');
  });

  test('is over at once when a check says that it is well', () => {
    const { detector, said, fail } = detect(2);
    detector.uneject(0, 0);
    fail(0, 5);
    detector.uneject(0, 1);
    expect(said).toEqual(['out 0: failures in a row', 'in 0']);
    expect(detector.ejectedNow).toBe(0);
  });
});

describe('success rates', () => {
  test('have the threshold of Envoy’s example', () => {
    expect(successRateThreshold([50, 100, 100, 100, 100])).toEqual({ mean: 90, threshold: 52 });
    expect(successRateThreshold([80, 80], 1000)).toEqual({ mean: 80, threshold: 80 });
  });

  /** Server 0 fails so many of 200; five others fail none. */
  function sweepWith(failures: number, options: OutlierOptions = {}, others = 5, volume = 200) {
    const { detector, said, fail, succeed } = detect(others + 1, options);
    for (let failure = 0; failure < failures; failure++) {
      fail(0, 1);
      succeed(0, 1);
    }
    succeed(0, volume - 2 * failures);
    for (let server = 1; server <= others; server++) succeed(server, volume);
    detector.sweep(10_000);
    return said;
  }

  test('eject who is 1.9 standard deviations below the mean, without five failures in a row', () => {
    expect(sweepWith(10)).toEqual(['out 0: low success rate']);
    expect(sweepWith(0)).toEqual([]);
    // Of six, one alone is √5 = 2.24 standard deviations away, however little it fails.
    expect(sweepWith(10, { successRateStdevFactor: 2300 })).toEqual([]);
  });

  test('count only with enough requests, at enough servers', () => {
    expect(sweepWith(10, {}, 5, 100)).toEqual(['out 0: low success rate']);
    expect(sweepWith(10, {}, 5, 99)).toEqual([]);
    expect(sweepWith(10, { successRateMinHosts: 7 })).toEqual([]);
    expect(sweepWith(10, { enforcingSuccessRate: 0 })).toEqual([]);
  });

  test('are those since the last sweep', () => {
    const { detector, said, fail, succeed } = detect(6);
    for (let time = 0; time < 20; time++) {
      fail(0, 1);
      succeed(0, 1);
    }
    detector.sweep(10_000);
    for (let server = 0; server < 6; server++) succeed(server, 200);
    detector.sweep(20_000);
    expect(said).toEqual([]);
  });

  test('too many failures eject by themselves where that is enforced', () => {
    const options = { enforcingSuccessRate: 0, enforcingConsecutive: 0, enforcingFailurePercentage: 100 };
    const failing = (share: number, given: OutlierOptions = options) => {
      const { detector, said, fail, succeed } = detect(5, given);
      for (let server = 0; server < 5; server++) {
        fail(server, share);
        succeed(server, 100 - share);
      }
      detector.sweep(10_000);
      return said;
    };
    expect(failing(85)).toEqual(['out 0: too many failures']);
    expect(failing(84)).toEqual([]);
    expect(failing(100, { enforcingSuccessRate: 0, enforcingConsecutive: 0 })).toEqual([]);
  });

  test('by chance, where a rule is enforced in part', () => {
    const draws = [0.31, 0.29];
    const { said, fail } = detect(3, { enforcingConsecutive: 30 }, () => draws.shift() ?? 0);
    fail(0, 5);
    expect(said).toEqual([]);
    fail(0, 5);
    expect(said.length).toBe(1);
  });
});

test('options that make no sense are refused', () => {
  const refused: OutlierOptions[] = [
    { consecutiveFailures: 0 },
    { intervalMs: 0 },
    { intervalMs: Number.NaN },
    { baseEjectionMs: -1 },
    { baseEjectionMs: 2, maxEjectionMs: 1 },
    { maxEjectionMs: Infinity },
    { maxEjectionPercent: 101 },
    { maxEjectionPercent: Number.NaN },
    { enforcingConsecutive: -1 },
    { enforcingSuccessRate: 200 },
    { failurePercentageThreshold: 100.5 },
    { successRateStdevFactor: -1 },
    { successRateRequestVolume: Infinity },
  ];
  for (const options of refused) expect(() => detect(2, options)).toThrow(RangeError);
  expect(() => detect(2, { maxEjectionPercent: 101 })).toThrow('maxEjectionPercent of outlier detection is 101; it must be a percentage');
});
