import { describe, expect, it } from 'vitest';
import { settle } from '../../../src/experiments/definition/settings';
import { estimateOf, type SweepEstimate } from '../../../src/experiments/definition/sweep';
import { loadExperiment } from '../../../src/experiments/registry';
import { type CurvePoint, curveOf, joined, type SweepStudy, theoryLine } from '../../../src/lab/sweep/curve';
import { curveWords, gapWords, steepest, wayOf } from '../../../src/lab/sweep/curveWords';
import { plainNumber, sweptText } from '../../../src/lab/sweep/names';
import { planOf } from '../../../src/lab/sweep/plan';
import { changedPoints, changedWords, pointWords } from '../../../src/lab/sweep/pointWords';
import { tableOf } from '../../../src/lab/sweep/table';
import { tiny } from '../tiny';

const metric = { label: 'Mean wait', unit: 'ms' };
const rate = tiny.parameters.rate;
const order = tiny.parameters.order;
if (rate.type === 'list' || order.type === 'list') throw new Error('Neither is a list.');

/** A curve along the rate with these runs at 2, 4, 6 … */
function curve(runs: (number | null)[][], b?: (number | null)[][]): CurvePoint[] {
  const side = { values: settle(tiny, {}).values, interventions: [] };
  const last = 2 * runs.length;
  const plan = planOf(tiny, { a: side, b: b ? side : null }, 'rate', { from: 2, to: last, points: runs.length }, runs[0].length);
  const wait = (values: (number | null)[] | undefined) => (values ?? []).map((value) => ({ wait: value }));
  const found = runs.map((values, index) => ({ a: wait(values), b: wait(b?.[index]) }));
  return curveOf(tiny, { plan, found, tookMs: 0 }, 'wait');
}

const near = (mean: number) => [mean - 1, mean + 1, mean];
const words = (means: number[]) => curveWords(curve(means.map(near)), rate, metric, 'a');

describe('what a curve shows', () => {
  it('is a rise or a fall from end to end, and where it is steepest', () => {
    expect(words([100, 110, 130, 400])).toBe(
      'Mean wait rises from 100 ms at 2\u202f/s to 400 ms at 8\u202f/s; steepest between 6\u202f/s and 8\u202f/s.'.replaceAll(
        ' ms',
        '\u202fms',
      ),
    );
    expect(words([400, 110, 60, 50])).toContain('falls from 400');
    expect(words([400, 110, 60, 50])).toContain('steepest between 2\u202f/s and 4\u202f/s');
    expect(words([100, 200, 300, 400])).toMatch(/rises from .* to .*8\u202f\/s\.$/);
  });

  it('is a peak or a dip, with its place', () => {
    expect(words([10, 60, 90, 50, 12])).toContain('is highest at 6\u202f/s, with 90');
    expect(words([90, 20, 10, 60, 95])).toContain('is lowest at 6\u202f/s, with 10');
  });

  it('is nothing where the seeds differ more than the points, and says so', () => {
    expect(
      curveWords(
        curve([
          [10, 50, 30],
          [20, 60, 32],
          [12, 55, 29],
        ]),
        rate,
        metric,
        'a',
      ),
    ).toContain('stays about the same');
    expect(words([5, 5, 5])).not.toContain('rises');
    expect(
      curveWords(
        curve([
          [5, 5],
          [5, 5],
        ]),
        rate,
        metric,
        'a',
      ),
    ).toBe('Mean wait stays at 5\u202fms everywhere.');
  });

  it('is told of what has come, be it one point or none', () => {
    expect(
      curveWords(
        curve([
          [null, null],
          [7, 9],
        ]),
        rate,
        metric,
        'a',
      ),
    ).toBe('Mean wait is 8\u202fms at 4\u202f/s.');
    expect(curveWords(curve([[null], [null]]), rate, metric, 'a')).toBe('No run gave a value for this measure.');
    expect(curveWords([], rate, metric, 'a')).toBe('No run gave a value for this measure.');
  });

  it('comes with a word on the points where values are missing', () => {
    expect(gapWords(curve([near(1), near(2)]), 'a')).toBe('');
    expect(
      gapWords(
        curve([
          [null, null],
          [7, 9],
        ]),
        'a',
      ),
    ).toBe('No run has a value at 1 of 2 points.');
    expect(
      gapWords(
        curve([
          [1, null],
          [7, 9],
        ]),
        'a',
      ),
    ).toBe('At 1 of 2 points only some runs have a value.');
    expect(
      gapWords(
        curve([
          [null, null],
          [7, null],
          [7, 9],
        ]),
        'a',
      ),
    ).toContain('at 1 of 3 points, and at 1 more');
    expect(gapWords(curve([[null, null]]), 'a')).toBe('');
    expect(gapWords(curve([near(1)]), 'b')).toBe('');
  });

  it('has no direction along choices', () => {
    const points = curve([near(30), near(10)]).map((point, index) => ({ ...point, value: ['first', 'last'][index] }));
    expect(curveWords(points, order, metric, 'a')).toBe(
      'Mean wait is lowest with “last come”, 10\u202fms, and highest with “first come”, 30\u202fms.',
    );
  });
});

describe('the way of a curve', () => {
  const estimates = (means: number[]) => means.map((mean) => estimateOf(near(mean)) as SweepEstimate);

  it.each([
    [[1, 100, 90, 200], 'rises'],
    [[200, 90, 100, 1], 'falls'],
    [[1, 100, 1], 'peak'],
    [[100, 1, 100], 'dip'],
    [[5, 5, 5], 'same'],
    [[5, 5.5, 5.2], 'unclear'],
  ] as const)('%j: %s', (means, way) => {
    expect(wayOf(estimates([...means]))).toBe(way);
  });

  it('has a steepest place only where one stands out', () => {
    const along = (means: number[]) => estimates(means).map((estimate, index) => ({ place: index / (means.length - 1), estimate }));
    expect(steepest(along([1, 2, 3, 4]), 'rises')).toBeNull();
    expect(steepest(along([1, 2, 3, 40]), 'rises')).toEqual([2, 3]);
    expect(steepest(along([40, 3, 2, 1]), 'falls')).toEqual([0, 1]);
  });
});

describe('a point in words', () => {
  it('says value, mean and band of each side', () => {
    const [, point] = curve([near(100), near(231)], [near(1), near(2)]);
    expect(pointWords(point, rate, metric, 'range')).toBe('Rate 4\u202f/s: A 231\u202fms, 230 to 232; B 2\u202fms, 1 to 3');
    const [alone] = curve([near(100), near(231)]);
    expect(pointWords(alone, rate, metric, 'interval')).toBe('Rate 2\u202f/s: 100\u202fms, 97.5 to 102');
  });

  it('says how few runs had a value, and where there is none', () => {
    const [first, second] = curve([
      [null, 5, null],
      [null, null, null],
    ]);
    expect(pointWords(first, rate, metric, 'interval')).toBe('Rate 2\u202f/s: 5\u202fms (1 of 3 runs)');
    expect(pointWords(second, rate, metric, 'interval')).toBe('Rate 4\u202f/s: no value');
  });

  it('has the theory behind the sides that share it, and behind each where it differs', async () => {
    const one = await loadExperiment('one-server');
    const parameter = one.parameters.arrivalsPerSecond;
    if (parameter.type === 'list') throw new Error('It is a number.');
    const said = (valuesB: Record<string, unknown>): string => {
      const [a, b] = [{}, valuesB].map((values) => settle(one, { values }));
      const plan = planOf(one, { a, b }, 'arrivalsPerSecond', { from: 5, to: 8, points: 2 }, 1);
      const study: SweepStudy = { plan, found: plan.points.map(() => ({ a: [{ waitMs: 99 }], b: [{ waitMs: 51 }] })), tookMs: 0 };
      return pointWords(curveOf(one, study, 'waitMs')[0], parameter, metric, 'interval').replaceAll('\u202f', ' ');
    };
    expect(said({ seconds: 100 })).toBe('Arrival rate 5 /s: A 99 ms; B 51 ms; theory 100 ms');
    expect(said({ variability: 'fixed' })).toBe('Arrival rate 5 /s: A 99 ms, theory 100 ms; B 51 ms, theory 50 ms');
  });
});

describe('points that could not be as asked', () => {
  it('are told once for each reason, with their values', async () => {
    const chaos = await loadExperiment('chaos');
    const parameter = chaos.parameters.blastRadius;
    if (parameter.type === 'list') throw new Error('It is a number.');
    const a = settle(chaos, { values: { servers: 3 } });
    const plan = planOf(chaos, { a, b: null }, 'blastRadius', { from: 1, to: 8, points: 9 }, 1);
    const study = { plan, found: [], tookMs: 0 };
    const changed = changedPoints(study, parameter);
    expect(changed).toHaveLength(1);
    expect(changedWords(changed[0]).replaceAll('\u202f', ' ')).toMatch(/^Left out at 4 servers – 8 servers: There are 3 servers/);
  });
});

describe('the line of a curve', () => {
  it('passes over points that have not come yet and breaks where there is no value', () => {
    const points = curve([[1], [2], [3], [null], [5]]);
    const without = points.map((point, index) => (index === 1 ? { ...point, a: { ...point.a, came: 0, estimate: null } } : point));
    expect(joined(without, 'a').map((piece) => piece.map(({ value }) => value))).toEqual([[2, 6], [10]]);
    expect(joined(without, 'b')).toEqual([]);
  });
});

describe('the line of theory', () => {
  it('is finer than the points and ends where the formula does', async () => {
    const one = await loadExperiment('one-server');
    const base = settle(one, {});
    const line = theoryLine(one, base, 'arrivalsPerSecond', { from: 1, to: 20, points: 3 }, 'waitMs');
    expect(line.length).toBeGreaterThan(50);
    expect(line.filter(({ y }) => y !== null).every(({ value }) => Number(value) < 10)).toBe(true);
    expect(line.filter(({ y }) => y === null).every(({ value }) => Number(value) >= 10)).toBe(true);
    expect(theoryLine(one, base, 'arrivalsPerSecond', { from: 1, to: 9, points: 3 }, 'longestLine')).toEqual([]);
    expect(theoryLine(tiny, settle(tiny, {}), 'rate', { from: 1, to: 9, points: 3 }, 'opened')).toEqual([]);
  });
});

describe('numbers and tables', () => {
  it('are written with the digits that they have', () => {
    expect([0.5, 9.5, 12, -0.25, 0.1 + 0.2, 20000].map(plainNumber)).toEqual(['0.5', '9.5', '12', '−0.25', '0.3', '20\u202f000']);
    expect(sweptText({ ...(rate as typeof rate & { type: 'number' }), unit: '%' } as typeof rate, 50)).toBe('50\u202f%');
  });

  it('have a column for each number of each side, without empty ones', () => {
    const points = curve([near(1), near(2)], [near(3), near(4)]);
    const { definition, models } = tableOf(points, rate, { label: 'Share', unit: '%' });
    expect(definition.x).toEqual({ label: 'Rate', unit: '/s' });
    expect(models[0].series.map(({ label }) => label)).toEqual(
      ['A', 'B'].flatMap((side) => ['mean', '95 % from', '95 % to', 'lowest run', 'highest run'].map((name) => `${side}: ${name}`)),
    );
    expect(models[0].rows[1]).toMatchObject({ x: '4', 'a mean': 200, 'b lowest': 300 });
  });
});
