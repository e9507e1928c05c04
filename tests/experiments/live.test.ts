// Every parameter that says it is live must be bound, change something, and leave the past as it was.

import { describe, expect, test } from 'vitest';
import type { ExperimentDefinition } from '../../src/experiments/definition/defineExperiment';
import { readLink, writeLink } from '../../src/experiments/definition/link';
import { isLive, numberOf, setIntervention, valueFor, valuesAt } from '../../src/experiments/definition/live';
import type { LiveParameter, Values } from '../../src/experiments/definition/parameters';
import type { Result, Setup } from '../../src/experiments/definition/result';
import { runExperiment } from '../../src/experiments/definition/run';
import { settle, shownParameters } from '../../src/experiments/definition/settings';
import { experimentLoaders, loadExperiment } from '../../src/experiments/registry';
import { recordKinds, saidText } from '../../src/simulation/index';

const experiments = await Promise.all(Object.keys(experimentLoaders).map(loadExperiment));

interface Case {
  definition: ExperimentDefinition;
  name: string;
  parameter: LiveParameter;
  /** With these the parameter is shown. */
  values: Values;
}

const cases: Case[] = experiments.flatMap((definition) =>
  Object.entries(definition.parameters).flatMap(([name, parameter]) =>
    isLive(parameter) ? [{ definition, name, parameter, values: showing(definition, name) }] : [],
  ),
);

/** The defaults, or the one change to them that brings the parameter into play. */
function showing(definition: ExperimentDefinition, name: string): Values {
  const tries: Values[] = [{}];
  for (const [other, parameter] of Object.entries(definition.parameters)) {
    if (parameter.type === 'switch') tries.push({ [other]: !parameter.default });
    if (parameter.type === 'choice') tries.push(...Object.keys(parameter.options).map((option) => ({ [other]: option })));
    if (parameter.type === 'integer') tries.push({ [other]: parameter.max });
  }
  const found = tries.find((values) => shownParameters(definition, settle(definition, { values }).values).includes(name));
  if (!found) throw new Error(`No single change shows ${name} of ${definition.id}.`);
  return found;
}

/** Everything that it may be changed to and that is far from what it is. */
function others({ definition, name, parameter, values }: Case): Values[string][] {
  const now = settle(definition, { values }).values[name];
  if (parameter.type === 'switch') return [!now];
  if (parameter.type === 'choice') return Object.keys(parameter.options).filter((option) => option !== now);
  return [parameter.min, parameter.max].filter((value) => value !== now);
}

function setupOf({ definition, values }: Case, interventions: unknown[]): Setup {
  const { notices, ...setup } = settle(definition, { values, seed: 3, interventions });
  expect(notices).toEqual([]);
  return setup;
}

const all = { record: { detail: 'all' } } as const;

/** Every record before an instant, and every mark and line of the log. */
function past({ trace }: Result, beforeMs: number): unknown {
  if (!trace) throw new Error('There is no trace.');
  const { timesMs, kinds, parts, subjects, values, marks, log, partList, links } = trace;
  let count = 0;
  while (count < trace.count && timesMs[count] < beforeMs) count++;
  return {
    records: [timesMs, kinds, parts, subjects, values].map((column) => [...column.slice(0, count)]),
    marks: marks.filter(({ atMs }) => atMs < beforeMs),
    log: log.filter(({ atMs }) => atMs < beforeMs),
    partList,
    links,
  };
}

test('there are parameters that can change in the middle of a run', () => {
  expect(cases.length).toBeGreaterThan(10);
});

describe.each(cases.map((one) => [`${one.definition.id}: ${one.name}`, one] as const))('%s', (_title, one) => {
  const { definition, name, parameter } = one;
  const plain = runExperiment(definition, setupOf(one, []), all);
  const atMs = plain.horizonMs / 3;
  const changed = others(one).map((value) => {
    const setup = setupOf(one, [setIntervention(name, parameter, value, atMs)]);
    return { value, setup, result: runExperiment(definition, setup, all) };
  });

  test('is bound, and a change is told', () => {
    for (const { result } of changed) {
      expect(result.skipped).toEqual([]);
      expect(result.marks.filter(({ kind, atMs: at }) => kind === 'note' && at === atMs).length).toBeGreaterThan(0);
      expect(result.summary).toContain(parameter.label.toLowerCase());
    }
  });

  test('leaves every record before the change as it was', () => {
    for (const { result } of changed) expect(past(result, atMs)).toEqual(past(plain, atMs));
  });

  test('changes what comes after', () => {
    const differ = (before: Result, after: readonly Result[]) =>
      after.some(({ metrics }) => JSON.stringify(metrics) !== JSON.stringify(before.metrics));
    if (
      differ(
        plain,
        changed.map(({ result }) => result),
      )
    )
      return;
    // A health check shows only when somebody is ill.
    const server = plain.trace?.partList.find(({ kind }) => kind === 'server')?.name ?? '';
    const crash = { atMs: atMs * 1.2, untilMs: atMs * 1.8, verb: 'crash', targets: [server] };
    const ill = (...more: unknown[]) => runExperiment(definition, setupOf(one, [...more, crash]));
    expect(
      differ(
        ill(),
        changed.map(({ setup }) => ill(...setup.interventions)),
      ),
    ).toBe(true);
  });

  test('keeps the books balanced and gives the same again', () => {
    for (const { setup, result } of changed) {
      for (const { opened, open, ...fates } of Object.values(result.accounts)) {
        expect(Object.values(fates).reduce((sum, count) => sum + count, open)).toBe(opened);
      }
      expect(runExperiment(definition, setup).traceHash).toBe(result.traceHash);
    }
  });

  test('is nothing at all when the value is the one that holds', () => {
    const same = setupOf(one, [setIntervention(name, parameter, plain.values[name], atMs)]);
    expect(runExperiment(definition, same).traceHash).toBe(plain.traceHash);
  });

  test('comes back from a link, on side B of a fork too', () => {
    const { setup, result } = changed[0];
    const { state, notices } = readLink(definition, writeLink(definition, { ...setupOf(one, []), sideB: setup }));
    expect(notices).toEqual([]);
    expect(state.sideB?.interventions).toEqual(setup.interventions);
    expect(runExperiment(definition, { ...setup, ...state.sideB }).traceHash).toBe(result.traceHash);
  });

  test('settles once and for all, within its bounds', () => {
    for (const value of [-1e9, 1e9, 0.4567]) {
      const raw = [{ atMs, verb: 'set', targets: [name], arguments: { value } }];
      const { notices: _, ...once } = settle(definition, { values: one.values, interventions: raw });
      const { notices, ...twice } = settle(definition, once);
      expect(notices).toEqual([]);
      expect(twice).toEqual(once);
      const number = once.interventions[0].arguments?.value ?? Number.NaN;
      expect(numberOf(parameter, valueFor(parameter, number))).toBe(number);
    }
  });
});

describe('a live change', () => {
  const { definition } = cases[0];
  const change = (targets: string[], value: unknown, atMs = 10_000, untilMs?: number) => ({
    atMs,
    verb: 'set',
    targets,
    arguments: { value },
    ...(untilMs === undefined ? {} : { untilMs }),
  });
  const settled = (...interventions: unknown[]) => settle(definition, { interventions });

  test('out of bounds is brought into them, with a notice', () => {
    const { interventions, notices } = settled(change(['arrivalsPerSecond'], 99));
    expect(interventions[0].arguments).toEqual({ value: 20 });
    expect(notices.map(({ about }) => about)).toEqual(['arrivalsPerSecond']);
  });

  test.each([
    ['not live', 'seconds', 60],
    ['not known', 'nonsense', 5],
    ['a part', 'server', 5],
    ['inherited by every object', 'constructor', 5],
  ])('of what is %s is kept, and skipped by the run', (_why, name, value) => {
    const { notices, ...setup } = settled(change([name], value));
    expect(notices).toEqual([]);
    expect(setup.interventions.length).toBe(1);
    const result = runExperiment(definition, setup);
    expect(result.skipped).toEqual([`0:${name}`]);
    expect(result.metrics).toEqual(runExperiment(definition, { ...setup, interventions: [] }).metrics);
  });

  test.each([[undefined], ['a lot'], [Number.NaN], [null]])('to %s is left out, with a notice', (value) => {
    const { interventions, notices } = settled(change(['arrivalsPerSecond'], value));
    expect(interventions).toEqual([]);
    expect(notices.length).toBe(1);
  });

  test('that ends goes back to what held before it', () => {
    const values = (atMs: number, ...interventions: unknown[]) => {
      const setup = settled(...interventions);
      return valuesAt(definition, setup.values, setup.interventions, atMs).arrivalsPerSecond;
    };
    const spell = change(['arrivalsPerSecond'], 12, 10_000, 20_000);
    expect([9_999, 10_000, 19_999, 20_000].map((atMs) => values(atMs, spell))).toEqual([8, 12, 12, 8]);
    const result = runExperiment(definition, settled(spell), { record: { detail: 'coarse' } });
    const notes = result.marks.filter(({ kind }) => kind === 'note');
    expect(notes.map((mark) => [mark.atMs, saidText(mark, []).replace(/\s/gu, ' ')])).toEqual([
      [10_000, 'Arrival rate is now 12 /s'],
      [20_000, 'Arrival rate is now 8 /s'],
    ]);
    const arrivals = (from: number, to: number): number => {
      const { trace } = runExperiment(definition, settled(change(['arrivalsPerSecond'], 20, 10_000, 20_000)), all);
      let count = 0;
      for (let at = 0; trace && at < trace.count; at++)
        if (trace.kinds[at] === recordKinds.open && trace.timesMs[at] >= from && trace.timesMs[at] < to) count++;
      return count;
    };
    expect(arrivals(10_000, 20_000)).toBeGreaterThan(1.6 * arrivals(20_000, 30_000));
  });

  test('hides theory, with the reason', () => {
    const { theory } = runExperiment(definition, settled(change(['arrivalsPerSecond'], 5)));
    expect(Object.values(theory).map(({ value }) => value)).toEqual(Object.values(theory).map(() => null));
  });
});
