import { describe, expect, test } from 'vitest';
import { runExperiment } from '../../../src/experiments/definition/run';
import { settle } from '../../../src/experiments/definition/settings';
import { experimentLoaders, loadExperiment } from '../../../src/experiments/registry';
import { requestTable, rowOfRequest } from '../../../src/lab/traces/requestTable';
import {
  Balancer,
  fateNames,
  poissonArrivals,
  RetryingClient,
  roundRobin,
  Server,
  Source,
  spansOf,
  type Trace,
} from '../../../src/simulation/index';
import { finish, newSystem } from '../../simulation/scripted';

function rootsOf(trace: Trace) {
  return spansOf(trace, { seed: 1 })
    .filter(({ step }) => step === 'request')
    .map(({ request, startMs, endMs, fate }) => ({ request, startMs, endMs, fate: fate ?? 'open' }));
}

function rowsOf(trace: Trace) {
  const table = requestTable(trace);
  return Array.from(table.numbers, (request, row) => ({
    request,
    startMs: table.startMs[row],
    endMs: table.endMs[row],
    fate: table.fate[row] < 0 ? 'open' : fateNames[table.fate[row]],
  }));
}

const experiments = await Promise.all(Object.keys(experimentLoaders).map(loadExperiment));
const simulations = experiments.filter(({ kind }) => kind === 'simulation');

describe('the table of requests', () => {
  test.each(simulations.map((definition) => [definition.id, definition] as const))(
    'tells of %s what its root spans tell',
    (_, definition) => {
      for (const scenario of [{}, ...Object.values(definition.scenarios)].slice(0, 2)) {
        const { trace } = runExperiment(definition, settle(definition, scenario), { record: { detail: 'all' } });
        if (!trace) throw new Error('A simulation has a trace.');
        expect(rowsOf(trace)).toEqual(rootsOf(trace));
      }
    },
  );

  test('of a window that opens mid-run begins where the recording does', () => {
    const [definition] = simulations;
    const horizonMs = runExperiment(definition, settle(definition, {})).horizonMs;
    const { trace } = runExperiment(definition, settle(definition, {}), { record: { detail: 'all', fromMs: horizonMs / 2 } });
    if (!trace) throw new Error('A simulation has a trace.');
    const rows = rowsOf(trace);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows).toEqual(rootsOf(trace));
    expect(Math.min(...rows.map(({ startMs }) => startMs))).toBeGreaterThanOrEqual(horizonMs / 2);
  });

  test.each([
    [0, 0],
    [3, 0],
    [0, 2],
    [3, 2],
  ])('ends a request when its answer has crossed links of %d ms and %d ms', (outerMs, innerMs) => {
    const system = newSystem();
    const server = new Server(system, { name: 'server' });
    const balancer = new Balancer(system, [server], { policy: roundRobin }, { delayMs: innerMs });
    new Source(system, { arrivals: poissonArrivals(20, system.simulation.random.stream('arrivals')), workMs: (u) => 20 + u }).to(balancer, {
      delayMs: outerMs,
    });
    finish(system, 2000);
    const trace = system.simulation.recorder.finish(2000);
    expect(rowsOf(trace)).toEqual(rootsOf(trace));
  });

  test('finds a request by its number, and says so when there is none', () => {
    const system = newSystem();
    const server = new Server(system, { name: 'server' });
    const client = new RetryingClient(system, { timeoutMs: 50, attempts: 3 }).asks(server);
    new Source(system, { arrivals: poissonArrivals(30, system.simulation.random.stream('arrivals')), workMs: (u) => 10 + 60 * u }).to(
      client,
    );
    finish(system, 1000);
    const trace = system.simulation.recorder.finish(1000);
    const table = requestTable(trace);
    expect(rowsOf(trace)).toEqual(rootsOf(trace));
    expect(table.numbers[rowOfRequest(table, 5)]).toBe(5);
    expect(rowOfRequest(table, 999_999)).toBe(-1);
    expect(requestTable(trace)).toBe(table);
  });
});
