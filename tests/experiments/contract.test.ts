// What every experiment in the registry must keep, whoever wrote it. Adding an experiment adds its tests.

import { describe, expect, test } from 'vitest';
import { loadCourse } from '../../src/build/loadCourse';
import { verdictOf } from '../../src/build/runs';
import type { ExperimentDefinition, PartialSetup } from '../../src/experiments/definition/defineExperiment';
import { readLink, writeLink } from '../../src/experiments/definition/link';
import type { NumberParameter, Values } from '../../src/experiments/definition/parameters';
import type { Result } from '../../src/experiments/definition/result';
import { figuresOnly, measureExperiment, runExperiment } from '../../src/experiments/definition/run';
import { defaultValues, settle } from '../../src/experiments/definition/settings';
import { experimentLoaders, loadExperiment } from '../../src/experiments/registry';

const { course } = await loadCourse(process.cwd());
const experiments = await Promise.all(Object.keys(experimentLoaders).map(loadExperiment));

function runWith(definition: ExperimentDefinition, values: Values = {}, seed = 1, interventions: unknown[] = []): Result {
  return runExperiment(definition, settle(definition, { values, seed, interventions }));
}

/** Short runs for settings that are only tried for crashes. */
function short(definition: ExperimentDefinition, values: Values): Values {
  return Object.hasOwn(definition.parameters, 'seconds') ? { ...values, seconds: 30 } : values;
}

function extremesOf(definition: ExperimentDefinition): { title: string; values: Values }[] {
  return Object.entries(definition.parameters).flatMap(([name, parameter]): { title: string; values: Values }[] => {
    if (parameter.type === 'choice')
      return Object.keys(parameter.options).map((option) => ({ title: `${name} = ${option}`, values: { [name]: option } }));
    if (parameter.type === 'switch') return [true, false].map((on) => ({ title: `${name} = ${on}`, values: { [name]: on } }));
    const range: NumberParameter = parameter.type === 'list' ? parameter.element : parameter;
    return [range.min, range.max].map((value) => ({
      title: `${name} = ${value}`,
      values: { [name]: parameter.type === 'list' ? new Array(parameter.length(defaultValues(definition) as never)).fill(value) : value },
    }));
  });
}

describe.each(experiments.map((definition) => [definition.id, definition] as const))('%s', (_id, definition) => {
  test('gives the same result twice for the same values and seed', () => {
    const first = runWith(definition);
    const second = runWith(definition);
    expect(second).toEqual(first);
    expect(first.traceHash).toMatch(/^[0-9a-f]{16}$/);
  });

  test('gives another result for another seed', () => {
    expect(runWith(definition, {}, 2).traceHash).not.toBe(runWith(definition).traceHash);
  });

  test('has the same hash and metrics however much is recorded', () => {
    const setup = settle(definition, {});
    const none = runExperiment(definition, setup);
    for (const record of [
      { detail: 'coarse' },
      { detail: 'all' },
      { detail: 'all', fromMs: none.horizonMs / 3, toMs: none.horizonMs / 2 },
    ] as const) {
      const recorded = runExperiment(definition, setup, { record });
      expect(recorded.traceHash).toBe(none.traceHash);
      expect(recorded.metrics).toEqual(none.metrics);
      expect(recorded.accounts).toEqual(none.accounts);
    }
  });

  test('has the same figures without a trace or its hash', () => {
    const setup = settle(definition, {});
    const { metrics, accounts, charts, table, theory } = runExperiment(definition, setup);
    const figures = runExperiment(definition, setup, figuresOnly);
    expect(figures.trace).toBeUndefined();
    if (definition.kind === 'simulation') expect(figures.traceHash).toBe('');
    expect({
      metrics: figures.metrics,
      accounts: figures.accounts,
      charts: figures.charts,
      table: figures.table,
      theory: figures.theory,
    }).toEqual({ metrics, accounts, charts, table, theory });
  });

  test('has the same metrics without charts, in every scenario', () => {
    for (const { values, interventions } of [{}, ...Object.values(definition.scenarios)] as PartialSetup[]) {
      const setup = settle(definition, { values, interventions });
      expect(measureExperiment(definition, setup)).toEqual(runExperiment(definition, setup, figuresOnly).metrics);
    }
  });

  test.each(extremesOf(definition).map(({ title, values }) => [title, values] as const))(
    'runs at %s, with balanced accounts',
    (_title, values) => {
      const settled = settle(definition, { values: short(definition, values) });
      const result = runExperiment(definition, settled);
      for (const [name, accounts] of Object.entries(result.accounts)) {
        const { opened, open, ...fates } = accounts;
        expect(
          Object.values(fates).reduce((sum, count) => sum + count, open),
          name,
        ).toBe(opened);
      }
      expect(result.summary.length).toBeGreaterThan(40);
      expect(result.summary).not.toMatch(/NaN|undefined|Infinity/);
    },
  );

  test('settles any value once and for all', () => {
    for (const { values } of extremesOf(definition)) {
      const once = settle(definition, { values });
      const { notices, ...twice } = settle(definition, once);
      expect(notices).toEqual([]);
      expect(twice).toEqual({ values: once.values, seed: once.seed, interventions: once.interventions });
    }
  });

  test('comes back from its link unchanged', () => {
    for (const { values } of extremesOf(definition)) {
      const { notices: _, ...setup } = settle(definition, { values, seed: 7 });
      const { state } = readLink(definition, writeLink(definition, setup));
      expect(writeLink(definition, state)).toBe(writeLink(definition, setup));
    }
  });

  test('has scenarios that need no correction', () => {
    for (const [name, scenario] of Object.entries(definition.scenarios)) {
      expect(settle(definition, scenario).notices, name).toEqual([]);
    }
  });

  test('keeps its charts under 400 points, with words for every line', () => {
    const { charts } = runWith(definition);
    expect(Object.keys(charts).sort()).toEqual(Object.keys(definition.charts).sort());
    for (const [id, data] of Object.entries(charts)) {
      const series = data.type === 'lines' ? data.lines : data.bars;
      const length = data.type === 'lines' ? data.x.length : data.categories.length;
      expect(length, id).toBeLessThanOrEqual(400);
      for (const { key, values } of series) {
        expect(values.length, `${id}.${key}`).toBe(length);
        expect(Object.keys(definition.charts[id].series), id).toContain(key);
      }
    }
  });

  test('measures every metric that it declares, and says why where it cannot', () => {
    const { metrics } = runWith(definition);
    for (const id of Object.keys(definition.metrics)) {
      expect(metrics[id], id).toBeDefined();
      if (metrics[id].value === null) expect(metrics[id].reason, id).toBeTruthy();
    }
    expect(Object.values(definition.metrics).filter((metric) => metric.main).length).toBeLessThanOrEqual(6);
  });

  test('runs at its defaults in under 50 ms once warm, with fewer than 30,000 requests', () => {
    for (let warm = 0; warm < 3; warm++) runWith(definition);
    const times = Array.from({ length: 7 }, () => {
      const began = performance.now();
      runWith(definition);
      return performance.now() - began;
    }).sort((a, b) => a - b);
    expect(times[0]).toBeLessThan(50);
    expect(runWith(definition).accounts.requests?.opened ?? 0).toBeLessThan(30_000);
  });

  // As the build has it proven: computed by the sources as they are, and kept, so that the build need not prove it again.
  test.each(Object.entries(definition.claims))('claim %s holds over 20 seeds', async (id, claim) => {
    const { holds, detail } = await verdictOf(course, definition, id);
    expect(holds, `${claim.sentence} ${detail}`).toBe(true);
  });

  test('says what it leaves out', () => {
    expect(definition.leavesOut.length).toBeGreaterThanOrEqual(3);
  });
});
