// The simulator behind the AWS article on backoff (aws-samples/aws-arch-backoff-simulator): clients that all want to write one row, each
// of which reads its version and writes if it has not changed meanwhile. A loser backs off. The network does not mind the load.

import { describe, expect, test } from 'vitest';
import { inverseNormal } from '../../../../src/simulation/kernel/distributions';
import { Stream } from '../../../../src/simulation/kernel/random';
import { Simulation } from '../../../../src/simulation/kernel/simulation';
import { awsBackoff, type Backoff } from '../../../../src/simulation/parts/client/backoff';
import { readVector } from '../../../vectors/read';

const options = { baseMs: 5, capMs: 2000 };
const backoffs: Record<string, Backoff> = {
  Exponential: awsBackoff(options),
  Decorr: awsBackoff({ ...options, jitter: 'decorrelated' }),
  EqualJitter: awsBackoff({ ...options, jitter: 'equal' }),
  FullJitter: awsBackoff({ ...options, jitter: 'full' }),
  None: () => 0,
};

function race(clients: number, backoff: Backoff, stream: Stream): { endMs: number; calls: number } {
  const simulation = new Simulation({ seed: 0 });
  const crossing = () => Math.abs(10 + 2 * inverseNormal(stream.next()));
  const read = new Int32Array(clients);
  const attempts = new Int32Array(clients);
  const gapsMs = new Float64Array(clients);
  let version = 0;
  let calls = 0;
  let endMs = 0;
  const hear = simulation.on((payload) => {
    const client = payload >> 1;
    endMs = simulation.nowMs;
    if (payload & 1) return;
    gapsMs[client] = backoff(++attempts[client], stream.next(), gapsMs[client], 0);
    simulation.schedule(crossing() + gapsMs[client], reading, client);
  });
  const writing = simulation.on((client) => {
    calls++;
    const isCurrent = read[client] === version;
    if (isCurrent) version++;
    simulation.schedule(crossing(), hear, 2 * client + (isCurrent ? 1 : 0));
  });
  const told = simulation.on((client) => simulation.schedule(crossing(), writing, client));
  const reading = simulation.on((client) => {
    read[client] = version;
    simulation.schedule(crossing(), told, client);
  });
  for (let client = 0; client < clients; client++) simulation.schedule(crossing(), reading, client);
  simulation.runUntil(1e9);
  expect(version).toBe(clients);
  return { endMs, calls };
}

type Row = [clients: number, name: string, endMs: number, endDeviation: number, calls: number, callsDeviation: number];

describe('the AWS backoff simulator', () => {
  const rows = readVector<Row[]>('aws.sim');
  const runsOf = (clients: number) => (clients === 10 ? 200 : clients === 50 ? 60 : 16);
  const means = rows.map(([clients, name]) => {
    const stream = new Stream(7, `${name} ${clients}`);
    const ends = Array.from({ length: runsOf(clients) }, () => race(clients, backoffs[name], stream));
    const mean = (of: (end: { endMs: number; calls: number }) => number) => ends.reduce((sum, end) => sum + of(end), 0) / ends.length;
    return { clients, name, endMs: mean((end) => end.endMs), calls: mean((end) => end.calls) };
  });

  test('finds the recorded means: calls within 5 %, time within 15 %, and both within 4 sigma', () => {
    expect(means.length).toBe(15);
    rows.forEach(([clients, , endMs, endDeviation, calls, callsDeviation], index) => {
      const mean = means[index];
      expect(Math.abs(mean.calls / calls - 1)).toBeLessThan(0.05);
      expect(Math.abs(mean.endMs / endMs - 1)).toBeLessThan(0.15);
      // Both are means: theirs of 100 runs, ours of fewer or more.
      const scale = 4 * Math.sqrt(1 / 100 + 1 / runsOf(clients));
      expect(Math.abs(mean.calls - calls)).toBeLessThan(scale * callsDeviation + 0.01 * calls);
      expect(Math.abs(mean.endMs - endMs)).toBeLessThan(scale * endDeviation + 0.01 * endMs);
    });
  });

  test('orders the backoffs as the article does', () => {
    const of = (clients: number, name: string) => means.find((mean) => mean.clients === clients && mean.name === name) as (typeof means)[0];
    for (const clients of [50, 190]) {
      const calls = (name: string) => of(clients, name).calls;
      expect(calls('FullJitter')).toBeLessThan(calls('EqualJitter') * 1.03);
      expect(calls('EqualJitter')).toBeLessThan(calls('Decorr'));
      expect(calls('Decorr')).toBeLessThan(calls('Exponential'));
      expect(calls('Exponential')).toBeLessThan(calls('None'));
      for (const name of ['Decorr', 'EqualJitter', 'FullJitter', 'None']) {
        expect(of(clients, 'Exponential').endMs).toBeGreaterThan(5 * of(clients, name).endMs);
      }
    }
  });
});
