// The shared workload of 20 jobs through real parts, against schedules computed with exact fractions by others.

import { describe, expect, test } from 'vitest';
import { fates } from '../../../src/simulation/measure/accounts';
import { Balancer } from '../../../src/simulation/parts/balancer';
import type { Part } from '../../../src/simulation/parts/call';
import { leastConnections } from '../../../src/simulation/parts/policies/leastConnections';
import type { PolicyOf } from '../../../src/simulation/parts/policies/policy';
import { roundRobin } from '../../../src/simulation/parts/policies/roundRobin';
import { Server } from '../../../src/simulation/parts/server';
import { SharedProcessor } from '../../../src/simulation/parts/sharedProcessor';
import type { System } from '../../../src/simulation/parts/system';
import { recordKinds } from '../../../src/simulation/record/trace';
import vector from '../../vectors/trace.json';
import { type Ending, finish, newSystem, sendScript } from '../scripted';

const { data } = vector;
const script = { arrivals: data.arrivals, works: data.services };
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function fraction(text: string): number {
  const [top, bottom = '1'] = text.split('/');
  return Number(top) / Number(bottom);
}

function runScript(makePart: (system: System) => Part, makespan: number) {
  const system = newSystem();
  const part = makePart(system);
  const { source, endings } = sendScript(system, script, part);
  finish(system, makespan);
  const byRequest: Ending[] = [];
  for (const ending of endings) byRequest[ending.request] = ending;
  return { system, part, source, byRequest, trace: system.simulation.recorder.finish(makespan) };
}

/** L = X·W, U = X·S and the flow balance, on a run that ends when the last request has left. */
function expectLaws(run: ReturnType<typeof runScript>, makespan: number, servers: readonly Server[]): void {
  const { source } = run;
  const accounts = source.accounts();
  const throughput = accounts.completed / makespan;
  expect(source.inside.area / makespan).toBeCloseTo(throughput * source.response.mean, 12);
  expect(accounts.opened).toBe(accounts.completed + accounts.rejected + accounts.open);
  for (const server of servers) {
    const works = server.accounts().completed === 0 ? 0 : server.books.busy.area / server.accounts().completed;
    const concurrency = run.system.simulation.recorder.partList[server.id].concurrency;
    expect(server.utilization() * concurrency).toBeCloseTo((server.accounts().completed / makespan) * works, 9);
  }
}

describe('twenty scripted jobs', () => {
  test.each([
    ['one server, first come first served', 1, data.fcfs_1],
    ['two places, first come first served', 2, data.fcfs_2],
  ] as const)('%s: every wait and departure', (_title, concurrency, expected) => {
    const run = runScript((system) => new Server(system, { name: 'server', concurrency }), expected.makespan);
    expect(run.byRequest.map((ending) => ending.atMs)).toEqual(expected.depart);
    expect(run.byRequest.map((ending) => ending.waitMs)).toEqual(expected.wait);
    expect(run.source.response.sum).toBe(Number(expected.sumSojourn));
    expect(run.source.response.mean).toBe(expected.W);
    expect(run.source.inside.area / expected.makespan).toBe(expected.L);
    const server = run.part as Server;
    expect(server.books.busy.area).toBe(sum(data.services));
    expect(server.utilization()).toBe(sum(data.services) / (concurrency * expected.makespan));
    expectLaws(run, expected.makespan, [server]);
  });

  test('one shared processor: every departure to 1e-12', () => {
    const expected = data.ps_1;
    // The last departure is at 47 but for rounding.
    const horizonMs = fraction(expected.makespan) + 1e-9;
    const run = runScript((system) => new SharedProcessor(system, { name: 'processor' }), horizonMs);
    expected.depart.forEach((text, request) => {
      expect(Math.abs(run.byRequest[request].atMs / fraction(text) - 1)).toBeLessThan(1e-12);
    });
    expect(Math.abs(run.source.response.mean / expected.W - 1)).toBeLessThan(1e-12);
    expect(Math.abs(run.source.inside.area / fraction(expected.makespan) / expected.L - 1)).toBeLessThan(1e-12);
    expectLaws(run, horizonMs, []);
  });

  test.each([
    ['round robin', roundRobin, data.disp2_rr],
    ['least connections, ties to the lowest', leastConnections('lowest'), data.disp2_jsq],
  ] as const)('two servers behind %s: every choice and departure', (_title, policy: PolicyOf, expected) => {
    let servers: Server[] = [];
    const run = runScript((system) => {
      servers = ['servers/1', 'servers/2'].map((name) => new Server(system, { name }));
      return new Balancer(system, servers, { policy });
    }, expected.makespan);
    expect(run.byRequest.map((ending) => ending.atMs)).toEqual(expected.depart);
    const chosen: number[] = [];
    for (let at = 0; at < run.trace.count; at++) {
      const server = servers.findIndex(({ id }) => id === run.trace.parts[at]);
      if (run.trace.kinds[at] === recordKinds.enter && server >= 0) chosen[run.trace.subjects[at]] = server;
    }
    expect(chosen.join('')).toBe(expected.server);
    expect(run.source.response.mean).toBe(expected.W);
    expectLaws(run, expected.makespan, servers);
  });

  test('one server with room for three: who is turned away, and every departure', () => {
    const expected = data.fcfs1_K3;
    const run = runScript((system) => new Server(system, { name: 'server', queueCapacity: expected.K - 1 }), 35);
    expect(run.byRequest.filter((ending) => ending.fate === fates.rejected).map((ending) => ending.request)).toEqual(expected.dropped);
    expect(run.byRequest.map((ending) => (ending.fate === fates.completed ? ending.atMs : null))).toEqual(expected.depart);
    expectLaws(run, 35, [run.part as Server]);
  });
});
