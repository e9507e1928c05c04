import { describe, expect, test } from 'vitest';
import { exp, log } from '../../../../src/simulation/kernel/math';
import { keyedUniform } from '../../../../src/simulation/kernel/random';
import { type Fate, fates } from '../../../../src/simulation/measure/accounts';
import type { Call } from '../../../../src/simulation/parts/call';
import { Bulkhead } from '../../../../src/simulation/parts/client/bulkhead';
import { Hedge, type HedgeOptions } from '../../../../src/simulation/parts/client/hedge';
import { RetryBudget, RetryTokens } from '../../../../src/simulation/parts/client/retryBudget';
import { RetryingClient } from '../../../../src/simulation/parts/retryingClient';
import { recordKinds } from '../../../../src/simulation/record/trace';
import { readVector } from '../../../vectors/read';
import { type Ending, finish, newSystem, sendScript } from '../../scripted';
import { Echo } from './echo';

const { completed, failed, abandoned, timedOut } = fates;

function hedgeBefore(options: HedgeOptions, answerMs: (call: Call) => number, fate: (call: Call) => Fate, arrivals = [0]) {
  const system = newSystem();
  const echo = new Echo(system, answerMs, fate);
  const hedge = new Hedge(system, options).asks(echo);
  const { endings } = sendScript(system, { arrivals, works: 1 }, hedge);
  finish(system, 500);
  return { system, hedge, echo, endings: endings.map(({ atMs, fate: end }) => [atMs, end]), askedMs: echo.asked.map(({ atMs }) => atMs) };
}
const well = () => completed;

describe('a hedge', () => {
  test('sends a second copy after the delay; the first answer wins and the other copy is taken back', () => {
    const { hedge, echo, endings, askedMs, system } = hedgeBefore({ delayMs: 10 }, (call) => (call.attempt === 0 ? 100 : 15), well);
    expect([endings, askedMs, echo.canceled]).toEqual([[[25, completed]], [0, 10], 1]);
    expect(hedge.copyAccounts()).toMatchObject({ opened: 2, completed: 1, abandoned: 1, open: 0 });
    const trace = system.simulation.recorder.finish(500);
    const attempts: number[][] = [];
    for (let at = 0; at < trace.count; at++)
      if (trace.kinds[at] === recordKinds.attempt) attempts.push([trace.timesMs[at], trace.values[at]]);
    // Number × 16, and 1 + fate at the end.
    expect(attempts).toEqual([
      [0, 0],
      [10, 16],
      [25, 17 + completed],
      [25, 1 + abandoned],
    ]);
  });

  test('sends none when the answer comes in time, and in the same instant', () => {
    expect(hedgeBefore({ delayMs: 10 }, () => 9.9, well).askedMs).toEqual([0]);
    expect(hedgeBefore({ delayMs: 0 }, () => 30, well).askedMs).toEqual([0, 0]);
    expect(hedgeBefore({ delayMs: Infinity }, () => 400, well).askedMs).toEqual([0]);
  });

  test('sends up to so many copies, one delay after another', () => {
    const { askedMs, endings, echo } = hedgeBefore({ delayMs: 10, copies: 4 }, (call) => 100 - 10 * call.attempt, well);
    // Copies at 0, 10, 20, 30 would answer at 100, 100, 100, 100: the first asked wins.
    expect([askedMs, endings, echo.canceled]).toEqual([[0, 10, 20, 30], [[100, completed]], 3]);
  });

  test('a failure is followed by the next copy at once; only when all have failed is the answer a failure', () => {
    const fate = (call: Call) => (call.attempt < 2 ? failed : completed);
    expect(hedgeBefore({ delayMs: 50, copies: 3 }, () => 5, fate)).toMatchObject({ askedMs: [0, 5, 10], endings: [[15, completed]] });
    expect(hedgeBefore({ delayMs: 50, copies: 2 }, () => 5, fate)).toMatchObject({ askedMs: [0, 5], endings: [[10, failed]] });
    expect(hedgeBefore({ delayMs: 50, copies: 3, hedgesFailures: false }, () => 5, fate)).toMatchObject({
      askedMs: [0],
      endings: [[5, failed]],
    });
  });

  test('a failure waits for the other copy that is under way', () => {
    const { endings } = hedgeBefore(
      { delayMs: 3 },
      (call) => (call.attempt === 0 ? 5 : 20),
      (call) => (call.attempt === 0 ? failed : completed),
    );
    expect(endings).toEqual([[23, completed]]);
  });

  test('lets the other copies work on for nobody when told so', () => {
    const { echo, hedge, system } = hedgeBefore({ delayMs: 10, cancelsOthers: false }, (call) => (call.attempt === 0 ? 100 : 15), well);
    expect([echo.canceled, echo.inside, hedge.copyAccounts().abandoned, system.simulation.nowMs]).toEqual([0, 0, 1, 500]);
  });

  test('sends its copies to its parts in turn', () => {
    const system = newSystem();
    const echoes = ['a', 'b'].map((name, index) => new Echo(system, () => (index === 0 ? 100 : 15), well, name));
    const hedge = new Hedge(system, { delayMs: 10, copies: 3 }).asks(echoes[0]).asks(echoes[1]);
    sendScript(system, { arrivals: [0], works: 1 }, hedge);
    finish(system, 500);
    expect(echoes.map(({ asked, canceled }) => [asked.map(({ atMs }) => atMs), canceled])).toEqual([
      [[0, 20], 2],
      [[10], 0],
    ]);
  });

  test('takes its copies back one by one, though the first makes room for the second in a bulkhead before a part that answers at once', () => {
    const system = newSystem();
    const echo = new Echo(system, ({ attempt }) => (attempt === 0 ? 1000 : Number.NaN));
    const bulkhead = new Bulkhead(system, { concurrency: 1, longestWaitMs: Infinity }).asks(echo);
    const quick = new Echo(system, () => 1, well, 'quick');
    const hedge = new Hedge(system, { delayMs: 10, copies: 3 }).asks(bulkhead).asks(bulkhead).asks(quick);
    const { endings } = sendScript(system, { arrivals: [0], works: 1 }, hedge);
    finish(system, 500);
    expect(endings).toMatchObject([{ atMs: 21, fate: completed }]);
    expect([echo.asked.length, bulkhead.accounts().abandoned]).toEqual([1, 2]);
    expect(hedge.copyAccounts()).toMatchObject({ opened: 3, completed: 1, abandoned: 2, open: 0 });
  });

  test('is taken back with all its copies, by whoever asked', () => {
    const system = newSystem();
    const echo = new Echo(system, () => 100);
    const hedge = new Hedge(system, { delayMs: 5, copies: 3 }).asks(echo);
    const client = new RetryingClient(system, { timeoutMs: 12, attempts: 2, cancelsOnTimeout: true }).asks(hedge);
    const { endings } = sendScript(system, { arrivals: [0], works: 1 }, client);
    finish(system, 500);
    expect(endings).toMatchObject([{ atMs: 24, fate: timedOut }]);
    // Copies of a retry are told apart from those of the first attempt.
    expect([echo.asked.map(({ attempt }) => attempt), echo.canceled]).toEqual([[0, 1, 2, 3, 4, 5], 6]);
    expect(hedge.accounts()).toMatchObject({ opened: 2, abandoned: 2 });
    expect(hedge.copyAccounts()).toMatchObject({ opened: 6, abandoned: 6, open: 0 });
  });

  test('sends no more copies than its budget allows', () => {
    const arrivals = Array.from({ length: 100 }, (_, index) => index);
    const budget = new RetryBudget({ leastPerSecond: 0, share: 0.1 });
    const { hedge } = hedgeBefore({ delayMs: 10, budget }, () => 50, well, arrivals);
    expect(hedge.copyAccounts().opened).toBe(110);
    const tokens = new RetryTokens({ most: 10, perSuccess: 0.001 });
    const failing = hedgeBefore(
      { delayMs: 10, budget: tokens },
      () => 1,
      () => failed,
      arrivals,
    );
    // From ten tokens down to five: request 0 and its copy fail, then request 1 and its copy, and the failure of request 2 leaves five.
    expect(failing.hedge.copyAccounts().opened).toBe(102);
  });

  test('refuses impossible numbers', () => {
    const system = newSystem();
    expect(() => new Hedge(system, { delayMs: -1 })).toThrow('The delay in ms of hedge is -1');
    expect(() => new Hedge(system, { name: 'b', delayMs: Number.NaN })).toThrow(RangeError);
    expect(() => new Hedge(system, { name: 'c', delayMs: 1, copies: 1 })).toThrow(
      'The number of copies of c is 1; it must be a whole number from 2 to 11.',
    );
  });
});

describe('hedging and the tail', () => {
  /** Answers of independent copies drawn from a distribution, given by the inverse of its survival function. */
  function responses(drawMs: (u: number, v: number) => number, delayMs: number, count: number, seed = 5) {
    const system = newSystem({ detail: 'none' }, seed);
    const key = system.simulation.random.key('latency');
    const echo = new Echo(system, ({ request, attempt }) =>
      drawMs(keyedUniform(key, request, 2 * attempt), keyedUniform(key, request, 2 * attempt + 1)),
    );
    const hedge = new Hedge(system, { delayMs }).asks(echo);
    const { endings } = sendScript(system, { arrivals: Array.from({ length: count }, (_, index) => index), works: 1 }, hedge);
    finish(system, count + 10_000);
    return { endings, extra: hedge.copyAccounts().opened / count - 1 };
  }
  const shareAbove = (endings: Ending[], ms: number) => endings.filter(({ responseMs }) => responseMs > ms).length / endings.length;
  const mixture = (u: number, v: number) => -log(1 - v) * (u < 0.99 ? 5 : 200);
  const survival = (ms: number) => 0.99 * exp(-ms / 5) + 0.01 * exp(-ms / 200);

  const recorded = readVector<{
    survival: [ms: number, delayMs: number, alone: number, hedged: number][];
    extra: [delayMs: number, share: number][];
  }>('tail.hedge');

  test('a simulated hedge has the recorded tail and the recorded extra load: five seeds and their mean within 4 sigma', () => {
    const count = 20_000;
    const seeds = [1, 2, 3, 4, 5];
    const near = (found: number[], share: number) => {
      const sigma = Math.sqrt((share * (1 - share)) / count);
      for (const one of found) expect(Math.abs(one - share)).toBeLessThan(4 * sigma + 1 / count);
      const mean = found.reduce((sum, one) => sum + one, 0) / found.length;
      expect(Math.abs(mean - share)).toBeLessThan((4 * sigma) / Math.sqrt(found.length));
    };
    for (const [delayMs, share] of [...recorded.extra, [10, survival(10)], [23, survival(23)]]) {
      expect(survival(delayMs)).toBeCloseTo(share, 9);
      const found = seeds.map((seed) => responses(mixture, delayMs, count, seed));
      near(
        found.map(({ extra }) => extra),
        share,
      );
      for (const [ms, delay, alone, hedged] of recorded.survival) {
        expect(survival(ms)).toBeCloseTo(alone, 11);
        expect(survival(ms) * survival(ms - delay)).toBeCloseTo(hedged, 11);
        if (delay !== delayMs) continue;
        near(
          found.map(({ endings }) => shareAbove(endings, ms)),
          hedged,
        );
      }
    }
  });

  test('a copy after the p95 costs about 5 % more requests and cuts the p99.9 to a fraction', () => {
    const sorted = (endings: Ending[]) => endings.map(({ responseMs }) => responseMs).sort((a, b) => a - b);
    const count = 60_000;
    const alone = sorted(responses(mixture, Infinity, count).endings);
    const p95 = alone[Math.floor(0.95 * count)];
    const { endings, extra } = responses(mixture, p95, count);
    expect(Math.abs(extra - 0.05)).toBeLessThan(0.004);
    expect(sorted(endings)[Math.floor(0.999 * count)]).toBeLessThan(alone[Math.floor(0.999 * count)] / 6);
  });

  test('the shape of the paper: reads from 100 servers, hedged after 10 ms, lose nearly all of their p99.9 for 2 % more requests', () => {
    // 98 % within 10 ms, a few slower, one in a thousand stuck.
    const latency = (u: number, v: number) => (u < 0.98 ? 1 + 9 * v : u < 0.999 ? 10 + 50 * v : 1700 + 200 * v);
    const count = 120_000;
    const slowest = (endings: Ending[]) => {
      const worst = new Float64Array(count / 100);
      for (const { request, responseMs } of endings)
        worst[Math.floor(request / 100)] = Math.max(worst[Math.floor(request / 100)], responseMs);
      return worst.sort()[Math.floor(0.999 * worst.length)];
    };
    const alone = slowest(responses(latency, Infinity, count).endings);
    const { endings, extra } = responses(latency, 10, count);
    const { hedge } = readVector<{ hedge: string }>('tail.paper');
    expect(hedge).toContain('p99.9 1800 ms -> 74 ms with 2% more requests');
    expect(Math.abs(extra - 0.02)).toBeLessThan(0.002);
    expect(alone).toBeGreaterThan(1700);
    expect(slowest(endings)).toBeLessThan(80);
  });
});
