import { describe, expect, it, test } from 'vitest';
import type { ExperimentDefinition } from '../../src/experiments/definition/defineExperiment';
import { choice, integer, type NumberParameter, number, toggle } from '../../src/experiments/definition/parameters';
import { defaultValues, settle } from '../../src/experiments/definition/settings';
import {
  coarseFirst,
  estimateOf,
  firstMeasured,
  firstRange,
  firstSwept,
  isNumeric,
  sweepPoint,
  sweptParameters,
  sweptValues,
  theoryAt,
} from '../../src/experiments/definition/sweep';
import { experimentLoaders, loadExperiment } from '../../src/experiments/registry';

const experiments = await Promise.all(Object.keys(experimentLoaders).map(loadExperiment));

describe.each(experiments.map((definition) => [definition.id, definition] as const))('%s', (_id, definition) => {
  const values = defaultValues(definition);
  const names = sweptParameters(definition, values);
  const first = firstSwept(definition, names) as string;

  test('begins with a number that is shown at first, against a metric, over a range that has the default in it', () => {
    const parameter = definition.parameters[first] as NumberParameter;
    expect(isNumeric(parameter)).toBe(true);
    expect(definition.metrics).toHaveProperty(firstMeasured(definition));
    const { from, to } = firstRange(definition, first, parameter);
    expect(from).toBeGreaterThanOrEqual(parameter.min);
    expect(to).toBeLessThanOrEqual(parameter.max);
    expect(from).toBeLessThan(parameter.default);
    expect(to).toBeGreaterThan(parameter.default);
  });

  test('has no mistake in its own choice of sweep', () => {
    const { sweep } = definition;
    if (!sweep) return;
    expect(first).toBe(sweep.parameter);
    expect(firstMeasured(definition)).toBe(sweep.metric);
  });

  test.each(names)('can be swept along %s: every point is settled, and more than one is possible', (name) => {
    const parameter = definition.parameters[name];
    if (parameter.type === 'list') throw new Error('A list cannot be swept.');
    const range = isNumeric(parameter) ? { ...firstRange(definition, name, parameter), points: 9 } : { from: 0, to: 0, points: 0 };
    const points = sweptValues(parameter, range).map((value) => sweepPoint(definition, { values, interventions: [] }, name, value));
    for (const point of points) {
      expect(settle(definition, { values: point.values, interventions: point.interventions }).notices).toEqual([]);
      expect(point.isPossible ? point.values[name] : point.changes.length > 0).toBe(point.isPossible ? point.value : true);
      for (const metric of Object.keys(definition.metrics)) expect(Number.isNaN(theoryAt(definition, point, metric) ?? 0)).toBe(false);
    }
    expect(points.filter(({ isPossible }) => isPossible).length).toBeGreaterThan(1);
  });
});

describe('the values of a sweep', () => {
  const rate = number({ label: 'Rate', min: 0.5, max: 20, step: 0.1, default: 8 });
  const service = number({ label: 'Service', min: 10, max: 1000, step: 5, default: 100, scale: 'log' });

  it('lie evenly, on the steps of the parameter, with both ends as asked', () => {
    expect(sweptValues(rate, { from: 1, to: 9.55, points: 5 })).toEqual([1, 3.1, 5.3, 7.4, 9.55]);
    expect(sweptValues(rate, { from: 9, to: 1, points: 3 })).toEqual([1, 5, 9]);
  });

  it('are equal factors apart on a logarithmic scale', () => {
    expect(sweptValues(service, { from: 10, to: 1000, points: 3 })).toEqual([10, 100, 1000]);
    const fromZero = integer({ label: 'Size', min: 0, max: 1000, default: 10, scale: 'log' });
    const values = sweptValues(fromZero, { from: 0, to: 1000, points: 5 }) as number[];
    expect(values[0]).toBe(0);
    expect(values[2]).toBeLessThan(100);
  });

  it('are finer than the steps where the range is narrow, but whole where they must be', () => {
    expect(sweptValues(rate, { from: 9, to: 9.2, points: 5 })).toEqual([9, 9.05, 9.1, 9.15, 9.2]);
    const servers = integer({ label: 'Servers', min: 1, max: 64, default: 4 });
    expect(sweptValues(servers, { from: 2, to: 5, points: 17 })).toEqual([2, 3, 4, 5]);
  });

  it('stay within what is allowed, whatever is asked', () => {
    for (const points of [1, 2, 17, 33])
      for (const [from, to] of [
        [-5, 100],
        [3, 3],
        [20, 20],
      ]) {
        const values = sweptValues(rate, { from, to, points }) as number[];
        expect(values.length).toBeGreaterThan(0);
        expect(new Set(values).size).toBe(values.length);
        for (const value of values) expect(value >= 0.5 && value <= 20).toBe(true);
      }
  });

  it('of a choice are its options, of a switch off and on', () => {
    const range = { from: 0, to: 0, points: 0 };
    expect(sweptValues(choice({ label: 'Order', options: { first: 'f', last: 'l' }, default: 'first' }), range)).toEqual(['first', 'last']);
    expect(sweptValues(toggle({ label: 'On', default: true }), range)).toEqual([false, true]);
  });
});

describe('a point of a sweep', () => {
  it('is left out, with the reason, where a constraint takes its value back', async () => {
    const chaos = await loadExperiment('chaos');
    const base = settle(chaos, { values: { servers: 3, blastRadius: 1 } });
    const [possible, impossible] = [3, 5].map((value) => sweepPoint(chaos, base, 'blastRadius', value));
    expect(possible).toMatchObject({ isPossible: true, changes: [] });
    expect(impossible.isPossible).toBe(false);
    expect(impossible.changes.join(' ')).toContain('3 servers');
  });

  it('is marked where something else had to change for it', async () => {
    const chaos = await loadExperiment('chaos');
    const base = settle(chaos, { values: { servers: 4, blastRadius: 3 } });
    const point = sweepPoint(chaos, base, 'servers', 2);
    expect(point.isPossible).toBe(true);
    expect(point.values.blastRadius).toBe(2);
    expect(point.changes).toHaveLength(1);
  });

  it('says that a long run is shortened', async () => {
    const balancing = await loadExperiment('load-balancing');
    const base = settle(balancing, { values: { seconds: 1800, arrivalsPerSecond: 500 } });
    const [short, long] = [60, 1800].map((value) => sweepPoint(balancing, base, 'seconds', value));
    expect(short.changes).toHaveLength(0);
    expect(
      sweepPoint(balancing, { ...base, values: { ...base.values, healthIntervalMs: 200, servers: 64 } }, 'seconds', 1800).changes[0],
    ).toContain('shortened');
    expect(long.isPossible).toBe(true);
  });

  it('has no closed form where somebody intervenes', async () => {
    const one = await loadExperiment('one-server');
    const base = settle(one, {});
    expect(theoryAt(one, sweepPoint(one, base, 'arrivalsPerSecond', 5), 'waitMs')).toBeCloseTo(100, 6);
    expect(theoryAt(one, sweepPoint(one, base, 'arrivalsPerSecond', 12), 'waitMs')).toBeNull();
    const crashed = { ...base, interventions: [{ atMs: 1000, verb: 'crash', targets: ['server'] }] };
    expect(theoryAt(one, sweepPoint(one, crashed, 'arrivalsPerSecond', 5), 'waitMs')).toBeNull();
  });
});

describe('what is swept first', () => {
  const tiny = {
    parameters: {
      order: choice({ label: 'Order', options: { first: 'f' }, default: 'first' }),
      rate: number({ label: 'Rate', min: 1, max: 2, default: 1 }),
    },
    metrics: { a: { label: 'A', short: 'a', unit: '' }, b: { label: 'B', short: 'b', unit: '', main: true } },
  } as unknown as ExperimentDefinition;

  it('is the first number and the first main metric, unless the experiment says otherwise', () => {
    expect(firstSwept(tiny, ['order', 'rate'])).toBe('rate');
    expect(firstSwept(tiny, ['order'])).toBe('order');
    expect(firstSwept(tiny, [])).toBeUndefined();
    expect(firstMeasured(tiny)).toBe('b');
    const own = { ...tiny, sweep: { parameter: 'order', metric: 'a' } };
    expect(firstSwept(own, ['order', 'rate'])).toBe('order');
    expect(firstSwept(own, ['rate'])).toBe('rate');
    expect(firstMeasured(own)).toBe('a');
  });
});

describe('the order of the points', () => {
  it('begins with the ends and the middle and has each point once', () => {
    expect(coarseFirst(9)).toEqual([0, 8, 4, 2, 6, 1, 3, 5, 7]);
    for (const count of [0, 1, 2, 3, 10, 33])
      expect([...coarseFirst(count)].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
  });
});

describe('an estimate', () => {
  it('has mean, interval, ends and how many runs had a value', () => {
    const estimate = estimateOf([1, null, 2, 3, undefined, Number.NaN]);
    expect(estimate).toMatchObject({ mean: 2, lowest: 1, highest: 3, runs: 3, of: 6 });
    expect(estimate?.interval?.high).toBeCloseTo(2 + 2.484, 2);
  });

  it('of one run has no interval, of none is nothing', () => {
    expect(estimateOf([4])).toMatchObject({ mean: 4, interval: null });
    expect(estimateOf([null])).toBeNull();
  });
});
