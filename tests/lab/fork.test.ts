// A fork is a side B with one more intervention, and nothing else: so time, links and undo need to know nothing of it.

import { describe, expect, it } from 'vitest';
import type { ExperimentDefinition } from '../../src/experiments/definition/defineExperiment';
import { readLink, writeLink } from '../../src/experiments/definition/link';
import { isLive } from '../../src/experiments/definition/live';
import { ResponseCharts } from '../../src/experiments/definition/measures';
import type { Values } from '../../src/experiments/definition/parameters';
import type { Result } from '../../src/experiments/definition/result';
import { runExperiment } from '../../src/experiments/definition/run';
import { defaultValues, horizonMsOf, settle } from '../../src/experiments/definition/settings';
import { experimentLoaders, loadExperiment } from '../../src/experiments/registry';
import { modelOf } from '../../src/lab/charts/chartModel';
import { verbsFor, verbWords } from '../../src/lab/controls/verbs';
import { controlsShown, forkMsOf, valuesShown, withChange } from '../../src/lab/session/fork';
import { Session } from '../../src/lab/session/session';
import { actsFromMs, type RawArrangement } from '../../src/lab/session/state';
import { type PartDescription, System } from '../../src/simulation/index';
import { HeldFrames, HeldRuns } from './tiny';

const experiments = await Promise.all(Object.keys(experimentLoaders).map(loadExperiment));
const simulations = experiments.filter(({ kind }) => kind === 'simulation');
const oneServer = await loadExperiment('one-server');

function open(initial: RawArrangement = {}, definition: ExperimentDefinition = oneServer) {
  const runs = new HeldRuns(definition);
  let nowMs = 0;
  const session = new Session({ definition, initial, runs, frames: new HeldFrames(), nowMs: () => nowMs });
  session.start();
  runs.finish();
  const state = session.store.getState;
  /** Long enough for the next change to be another step of undo. */
  const rest = (): void => {
    nowMs += 10_000;
  };
  return { session, runs, state, rest };
}

const set = (name: string, value: number, atMs: number) => ({ atMs, verb: 'set', targets: [name], arguments: { value } });

function past(result: Result | null, beforeMs: number): number[][] {
  if (!result?.trace) throw new Error('There is no trace.');
  const { timesMs, kinds, parts, subjects, values } = result.trace;
  const count = timesMs.filter((time) => time < beforeMs).length;
  return [timesMs, kinds, parts, subjects, values].map((column) => [...column.slice(0, count)]);
}

describe.each(simulations.map((definition) => [definition.id, definition] as const))('a fork of %s', (_id, definition) => {
  it('is side A until its time, whatever live control is moved then, and comes back from its link', () => {
    for (const [name, parameter] of Object.entries(definition.parameters)) {
      if (!isLive(parameter)) continue;
      const { session, runs, state } = open({}, definition);
      if (!controlsShown(definition, state().a, null).includes(name)) continue;
      const before = state().resultA;
      session.fork();
      const forkMs = session.forkMs() ?? Number.NaN;
      const [value] = [
        parameter.type === 'switch' ? [true, false] : 'min' in parameter ? [parameter.max, parameter.min] : Object.keys(parameter.options),
      ]
        .flat()
        .filter((one) => one !== state().a.values[name]);
      session.setValue(name, value);
      runs.finish();
      expect(state().resultA).toBe(before);
      expect(state().resultB?.skipped).toEqual([]);
      expect(state().resultB?.traceHash).not.toBe(before?.traceHash);
      expect(past(state().resultB, forkMs)).toEqual(past(before, forkMs));
      const { a, b, seed } = state();
      const { state: read } = readLink(definition, writeLink(definition, { ...a, seed, sideB: b ?? a }));
      expect(forkMsOf(definition, { a: read, b: read.sideB ?? null, fromMs: null })).toBe(forkMs);
      expect(runExperiment(definition, { ...read, ...read.sideB }).traceHash).toBe(state().resultB?.traceHash);
      session.close();
    }
  });

  it('has words for everything that can be done to its parts', () => {
    const known = verbWords.map(({ verb }) => verb);
    for (const { values } of [{ values: {} }, ...Object.values(definition.scenarios)]) {
      for (const part of partsOf(definition, settle(definition, { values }).values)) {
        expect(
          part.verbs?.filter((verb) => !known.includes(verb)),
          part.name,
        ).toEqual([]);
        expect(verbsFor(part).length, part.name).toBe(part.verbs?.length);
      }
    }
  });
});

/** All parts, as they are made, without a run. */
function partsOf(definition: ExperimentDefinition, values: Values): readonly PartDescription[] {
  const system = new System({ seed: 1 });
  const enough = new Error('All parts are made.');
  const simulate = (): never => {
    system.describeVerbs();
    throw enough;
  };
  const horizonMs = horizonMsOf(definition, values);
  const charts = new ResponseCharts(horizonMs);
  expect(() => definition.run(values as never, { system, seed: 1, horizonMs, charts, live: () => {}, simulate })).toThrow(enough);
  return system.simulation.recorder.partList;
}

describe('a fork', () => {
  it('begins at the cursor, with side B as it is, and live controls act on B from there', () => {
    const { session, runs, state } = open();
    session.playback.seek(12_300);
    session.fork();
    expect(state()).toMatchObject({ edited: 'b', fromMs: 12_300, wholeRun: false });
    expect(session.forkMs()).toBe(12_300);
    runs.finish();
    expect(state().resultB?.traceHash).toBe(state().resultA?.traceHash);
    session.playback.seek(90_000);
    session.setValue('arrivalsPerSecond', 12);
    expect(state().b?.interventions).toEqual([set('arrivalsPerSecond', 12, 12_300)]);
    expect(state().b?.values).toEqual(state().a.values);
    expect(session.forkMs()).toBe(12_300);
  });

  it('holds one change for each control, and none when the control goes back', () => {
    const { session, state } = open();
    session.playback.seek(10_000);
    session.fork();
    for (const value of [9, 10, 11]) session.setValue('arrivalsPerSecond', value);
    session.setValue('serviceMs', 80);
    expect(state().b?.interventions).toEqual([set('arrivalsPerSecond', 11, 10_000), set('serviceMs', 80, 10_000)]);
    session.setValue('arrivalsPerSecond', 8);
    expect(state().b?.interventions).toEqual([set('serviceMs', 80, 10_000)]);
    expect(valuesShown(oneServer, state().b ?? state().a, actsFromMs(state()))).toMatchObject({ serviceMs: 80, arrivalsPerSecond: 8 });
  });

  it('may begin with a deed, in one step of undo', () => {
    const { session, state, rest } = open();
    session.playback.seek(20_000);
    session.fork({ verb: 'crash', targets: ['server'] });
    expect(state().b?.interventions).toEqual([{ atMs: 20_000, verb: 'crash', targets: ['server'] }]);
    rest();
    session.undo();
    expect(state()).toMatchObject({ b: null, fromMs: null, edited: 'a', canUndo: false });
    session.redo();
    expect(session.forkMs()).toBe(20_000);
    expect(state().edited).toBe('b');
  });

  it('is moved by its time, with what it does then; what comes later stays', () => {
    const { session, state } = open();
    session.playback.seek(20_000);
    session.fork({ verb: 'crash', targets: ['server'] });
    session.intervene({ verb: 'restore', targets: ['server'], atMs: 60_000 });
    session.actFrom(30_000);
    expect(state().b?.interventions.map(({ verb, atMs }) => [verb, atMs])).toEqual([
      ['crash', 30_000],
      ['restore', 60_000],
    ]);
    expect(session.forkMs()).toBe(30_000);
    session.actFrom(1e12);
    expect(state().b?.interventions.map(({ atMs }) => atMs)).toEqual([60_000, 180_000]);
    expect(session.forkMs()).toBe(60_000);
  });

  it('ends as the only side, or goes, and both can be undone', () => {
    const { session, runs, state, rest } = open();
    session.playback.seek(20_000);
    session.fork();
    rest();
    session.setValue('arrivalsPerSecond', 12);
    runs.finish();
    const { resultB } = state();
    rest();
    session.keepB();
    expect(state()).toMatchObject({ b: null, edited: 'a', fromMs: null, status: 'idle', resultA: resultB, resultB: null });
    expect(state().a.interventions).toEqual([set('arrivalsPerSecond', 12, 20_000)]);
    session.undo();
    runs.finish();
    expect(session.forkMs()).toBe(20_000);
    expect(state().a.interventions).toEqual([]);
    rest();
    session.compare(false);
    expect(state()).toMatchObject({ b: null, resultB: null });
    session.undo();
    expect(state().b?.interventions).toEqual([set('arrivalsPerSecond', 12, 20_000)]);
    expect(session.forkMs()).toBe(20_000);
  });

  it('is over when what cannot change in the middle is changed, and says so', () => {
    const { session, state, rest } = open();
    session.fork();
    rest();
    session.setValue('arrivals', 'even');
    expect(session.forkMs()).toBe(null);
    expect(state().notices.map(({ about }) => about)).toEqual(['arrivals']);
    session.undo();
    expect(session.forkMs()).not.toBe(null);
  });

  it('can still have its whole run changed where the reader wants that', () => {
    const { session, state } = open();
    session.fork();
    session.actFrom(null);
    expect(session.forkMs()).not.toBe(null);
    session.setValue('arrivalsPerSecond', 5);
    expect(state().b?.values.arrivalsPerSecond).toBe(5);
    expect(session.forkMs()).toBe(null);
  });

  it('is found again in a setup from outside', () => {
    const { session, state } = open({ sideB: { interventions: [set('arrivalsPerSecond', 4, 50_000)] } });
    expect(session.forkMs()).toBe(50_000);
    expect(state().wholeRun).toBe(false);
    session.apply({ sideB: { values: { serviceMs: 50 } } });
    expect(session.forkMs()).toBe(null);
    expect(state().wholeRun).toBe(true);
  });
});

describe('a change from a time on, on one side', () => {
  it('leaves the values of the start and is an intervention', () => {
    const { session, state } = open();
    session.actFrom(30_000);
    session.setValue('arrivalsPerSecond', 3);
    expect(state()).toMatchObject({ b: null, fromMs: 30_000 });
    expect(state().a.values.arrivalsPerSecond).toBe(8);
    expect(state().a.interventions).toEqual([set('arrivalsPerSecond', 3, 30_000)]);
  });

  it('brings controls into play that were not there at the start', () => {
    const { session, state } = open();
    session.actFrom(30_000);
    expect(controlsShown(oneServer, state().a, 30_000)).not.toContain('queueCapacity');
    session.setValue('limited', true);
    expect(controlsShown(oneServer, state().a, 30_000)).toContain('queueCapacity');
    session.setValue('queueCapacity', 3);
    expect(state().a.interventions.map(({ targets }) => targets[0])).toEqual(['limited', 'queueCapacity']);
  });

  it('of what is not live is none', () => {
    const side = { values: defaultValues(oneServer), interventions: [] };
    expect(withChange(oneServer, side, 'seconds', 30, 1000)).toBe(side);
  });
});

describe('a chart of a fork', () => {
  const [plain, forked] = [[], [{ atMs: 90_000, verb: 'crash', targets: ['server'] }]].map((interventions) =>
    runExperiment(oneServer, { values: defaultValues(oneServer), seed: 1, interventions }),
  );
  const of = (forkMs: number | null, id = 'line') =>
    modelOf(oneServer.charts[id], plain.charts[id], forked.charts[id], plain.horizonMs, forkMs);

  it('draws side B from the last point that both have in common', () => {
    const { rows, forkX } = of(90_000);
    expect(forkX).toBe(90);
    const first = rows.findIndex((row) => row['b inside'] !== null);
    expect(Number(rows[first].x)).toBeLessThan(90);
    expect(Number(rows[first + 1].x)).toBeGreaterThan(90);
    expect(rows[first]['b inside']).toBe(rows[first]['a inside']);
    expect(rows.slice(first).every((row) => row['b inside'] !== null)).toBe(true);
  });

  it('draws all of side B where the sides differ from the start, and in charts without a clock', () => {
    expect(of(null).rows.every((row) => row['b inside'] !== null)).toBe(true);
    expect(of(90_000, 'waitCurve').forkX).toBe(undefined);
    expect(of(0).rows.every((row) => row['b inside'] !== null)).toBe(true);
  });
});
