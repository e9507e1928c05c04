// The same M/M/4 in simjs, a process-based simulator from npm, used as its documentation shows: an entity, a facility, a callback.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';

interface SimJs {
  Sim: new () => { addEntity(kind: new () => unknown, name: string): void; simulate(until: number): void };
  Entity: new () => {
    time(): number;
    useFacility(facility: object, duration: number): { done(callback: () => void): unknown };
    setTimer(delay: number): { done(callback: () => void): unknown };
  };
  Facility: new (name: string, discipline: number, servers: number) => object;
  Random: new (seed: number) => { exponential(rate: number): number };
}

/** The package is a browser bundle that hangs itself on `window`. */
function load(): SimJs {
  const path = createRequire(`${process.cwd()}/package.json`).resolve('simjs');
  const window: { Sim?: SimJs } = {};
  compileFunction(readFileSync(path, 'utf8'), ['window'])(window);
  if (window.Sim === undefined) throw new Error('simjs did not load: its bundle no longer sets window.Sim.');
  return window.Sim;
}

/** Mean response time in service times. */
export function simjsStation(requests: number, servers: number, rho: number, seed: number): number {
  const Library = load();
  const random = new Library.Random(seed);
  const facility = new Library.Facility('server', 0, servers);
  let completed = 0;
  let sum = 0;
  class Customers extends Library.Entity {
    start(): void {
      this.arrive();
    }
    private arrive(): void {
      const arrivedAt = this.time();
      // biome-ignore lint/correctness/useHookAtTopLevel: a method of simjs, no hook of React.
      this.useFacility(facility, random.exponential(1)).done(() => {
        completed++;
        sum += this.time() - arrivedAt;
      });
      this.setTimer(random.exponential(servers * rho)).done(() => this.arrive());
    }
  }
  const simulation = new Library.Sim();
  simulation.addEntity(Customers, 'customers');
  simulation.simulate(requests / (servers * rho));
  return sum / completed;
}
