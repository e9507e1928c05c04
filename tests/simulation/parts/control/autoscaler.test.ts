import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fates } from '../../../../src/simulation/measure/accounts';
import { Balancer, outReasons } from '../../../../src/simulation/parts/balancer';
import type { Call } from '../../../../src/simulation/parts/call';
import { Autoscaler, type AutoscalerOptions } from '../../../../src/simulation/parts/control/autoscaler';
import { Fleet, type FleetOptions } from '../../../../src/simulation/parts/control/fleet';
import { HealthCheck } from '../../../../src/simulation/parts/healthCheck';
import { roundRobin } from '../../../../src/simulation/parts/policies/roundRobin';
import { Server } from '../../../../src/simulation/parts/server';
import { System } from '../../../../src/simulation/parts/system';
import { createReplay } from '../../../../src/simulation/record/replay';
import { cases } from '../../../cases';
import { finish, newSystem, type Script, sendScript } from '../../scripted';
import { told } from '../../told';

type Interventions = Parameters<ReturnType<typeof newSystem>['intervene']>[0];

interface Scene {
  pool: number;
  fleet: FleetOptions;
  script: Script;
  autoscaler?: AutoscalerOptions;
  concurrency?: number;
  interventions?: Interventions;
  delayMs?: number;
}

function build({ pool, fleet: options, script, autoscaler: wishes, concurrency = 1, interventions = [], delayMs }: Scene) {
  const system = newSystem();
  const servers = Array.from({ length: pool }, (_, index) => new Server(system, { name: `servers/${index + 1}`, concurrency }));
  const balancer = new Balancer(system, servers, { policy: roundRobin }, { delayMs });
  const fleet = new Fleet(system, balancer, servers, options);
  const autoscaler = wishes === undefined ? undefined : new Autoscaler(system, fleet, wishes);
  const { source, endings } = sendScript(system, script, balancer);
  system.intervene(interventions);
  return { system, simulation: system.simulation, servers, balancer, fleet, autoscaler, source, endings };
}

/** Calls that a balancer waits for, with the server that has each. */
function* callsOf(balancer: Balancer): Iterable<{ call: Call; target: number }> {
  const { calls } = (balancer as unknown as { system: { calls: Call[] } }).system;
  for (const call of calls)
    if (call.child !== null && (call.child.caller as unknown) === balancer) yield { call, target: call.child.target };
}

const every = (gapMs: number, untilMs: number): number[] =>
  Array.from({ length: Math.floor(untilMs / gapMs) }, (_, index) => (index + 1) * gapMs);

/** Number of servers that are to stay, after every change: [ms, servers]. */
function changesOf({ simulation, fleet }: ReturnType<typeof build>): [number, number][] {
  const changes: [number, number][] = [];
  simulation.every(
    1000,
    () => {
      if (changes.at(-1)?.[1] !== fleet.size) changes.push([simulation.nowMs, fleet.size]);
    },
    0,
  );
  return changes;
}

describe('a fleet', () => {
  test('creates servers that serve once they have booted, and costs what was there', () => {
    const scene = build({ pool: 3, fleet: { initial: 1, bootMs: 200 }, script: { arrivals: every(50, 1000), works: 10 } });
    const { simulation, fleet, balancer } = scene;
    simulation.at(300, () => fleet.resize(3));
    finish(scene.system, 1100);
    // Nine requests before 500 for the first; of the eleven from then on, in turn, three, four and four.
    expect([...balancer.sent]).toEqual([12, 4, 4]);
    expect(fleet.serverMs()).toBe(1100 + 2 * 800);
    expect(fleet.members.map(({ state, createdMs, readyMs }) => [state, createdMs, readyMs])).toEqual([
      ['serving', -Infinity, -Infinity],
      ['serving', 300, 500],
      ['serving', 300, 500],
    ]);
  });

  test('lets a server finish what is inside before it goes, and sends it nothing more', () => {
    const scene = build({ pool: 2, fleet: { initial: 2 }, script: { arrivals: [0, 100, 200, 1500], works: 2500 } });
    const { simulation, fleet, balancer, endings, system } = scene;
    simulation.at(1000, () => fleet.resize(1));
    finish(system, 20_000);
    expect([...balancer.sent]).toEqual([3, 1]);
    // The second server, the last of the youngest, is done at 2600, and gone in the same instant.
    expect(endings.find(({ request }) => request === 1)).toMatchObject({ fate: fates.completed, atMs: 2600 });
    expect(fleet.serverMs()).toBeCloseTo(20_000 + 2600, 6);
    expect(fleet.members[1].state).toBe('absent');
    expect(fleet.removed).toBe(1);
  });

  test('stops a server that does not finish in time, with what is inside', () => {
    const scene = build({ pool: 2, fleet: { initial: 2, drainMs: 1500 }, script: { arrivals: [0, 100], works: 9000 } });
    scene.simulation.at(1000, () => scene.fleet.resize(1));
    finish(scene.system, 20_000);
    expect(scene.endings.map(({ request, atMs, fate }) => [request, atMs, fate])).toEqual([
      [1, 2500, fates.lost],
      [0, 9000, fates.completed],
    ]);
    expect(scene.fleet.serverMs()).toBe(20_000 + 2500);
  });

  test('waits for what is still on the wire to a server', () => {
    const scene = build({ pool: 2, fleet: { initial: 2 }, script: { arrivals: [0, 900], works: 100 }, delayMs: 500 });
    scene.simulation.at(1000, () => scene.fleet.resize(1));
    finish(scene.system, 10_000);
    // The second request comes to its server at 1400, and its answer to the balancer at 2000.
    expect(scene.endings.map(({ fate, atMs }) => [fate, atMs])).toEqual([
      [fates.completed, 1100],
      [fates.completed, 2000],
    ]);
    expect(scene.fleet.serverMs()).toBe(10_000 + 2000);
  });

  test('goes when the last caller has taken its call back, and no later than the end of what nobody waits for', () => {
    const goneAt = (isCut: boolean): number => {
      const scene = build({ pool: 2, fleet: { initial: 2 }, script: { arrivals: [0, 100], works: 4000 }, delayMs: isCut ? 1 : 0 });
      const { simulation, fleet, balancer } = scene;
      const { links } = balancer as unknown as { links: { cut(): void }[] };
      if (isCut) simulation.at(1500, () => links[1].cut());
      simulation.at(1000, () => fleet.resize(1));
      simulation.at(1700, () => {
        for (const { call } of [...callsOf(balancer)].filter(({ target }) => target === 1)) balancer.cancel(call);
      });
      simulation.runUntil(20_000);
      return fleet.serverMs() - 20_000;
    };
    expect(goneAt(false)).toBeCloseTo(1700, 6);
    // Behind the cut it works until 4101 and is looked at every second.
    expect(goneAt(true)).toBeCloseTo(4700, 6);
  });

  test('a server that is not there is none that panic brings back, and a new one is not blamed for the last', () => {
    const system = newSystem();
    const servers = [1, 2, 3].map((number) => new Server(system, { name: `servers/${number}` }));
    const balancer = new Balancer(system, servers, { policy: roundRobin, panicBelowPercent: 50 });
    const fleet = new Fleet(system, balancer, servers, { initial: 2, bootMs: 10 });
    const rotation = (): string => balancer.rotation.inRotation.join('');
    const seen = [rotation()];
    balancer.setOut(0, outReasons.failedCheck, true);
    seen.push(rotation());
    balancer.setOut(1, outReasons.failedCheck, true);
    seen.push(rotation());
    system.simulation.at(100, () => {
      fleet.resize(1);
      seen.push(rotation());
      fleet.resize(2);
    });
    system.simulation.at(111, () => seen.push(rotation()));
    finish(system, 200);
    expect(seen).toEqual(['110', '010', '110', '100', '010']);
  });

  test('boots a server from the beginning when it was taken back while it booted', () => {
    const scene = build({ pool: 2, fleet: { initial: 1, bootMs: 1000 }, script: { arrivals: [], works: 1 } });
    for (const [atMs, size] of [
      [100, 2],
      [200, 1],
      [300, 2],
    ]) {
      scene.simulation.at(atMs, () => scene.fleet.resize(size));
    }
    finish(scene.system, 2000);
    expect(scene.fleet.members[1]).toMatchObject({ state: 'serving', createdMs: 300, readyMs: 1300 });
    expect(scene.fleet.serverMs()).toBe(2000 + 100 + 1700);
    expect([scene.fleet.created, scene.fleet.removed]).toEqual([2, 1]);
  });

  test('creates one anew that had crashed before it went', () => {
    const scene = build({
      pool: 2,
      fleet: { initial: 2, bootMs: 100 },
      script: { arrivals: [4000, 4001], works: 1 },
      interventions: [{ atMs: 500, verb: 'crash', targets: ['servers/2'] }],
    });
    scene.simulation.at(1000, () => scene.fleet.resize(1));
    scene.simulation.at(2000, () => scene.fleet.resize(2));
    finish(scene.system, 5000);
    expect(scene.endings.map(({ fate }) => fate)).toEqual([fates.completed, fates.completed]);
    expect([...scene.balancer.sent]).toEqual([1, 1]);
  });

  test('lets those go first that are not ready, then those that are down, then the youngest', () => {
    const scene = build({
      pool: 5,
      fleet: { initial: 3, bootMs: 1000 },
      script: { arrivals: [], works: 1 },
      interventions: [{ atMs: 500, verb: 'crash', targets: ['servers/1'] }],
    });
    const { simulation, fleet } = scene;
    const gone: string[][] = [];
    simulation.at(100, () => fleet.resize(4));
    simulation.at(1200, () => fleet.resize(5));
    for (const [atMs, size] of [
      [1300, 4],
      [1400, 3],
      [1500, 2],
      [1600, 1],
    ]) {
      simulation.at(atMs, () => {
        fleet.resize(size);
        gone.push(fleet.members.filter(({ state }) => state === 'absent').map(({ name }) => name.slice(-1)));
      });
    }
    finish(scene.system, 2000);
    expect(gone).toEqual([['5'], ['1', '5'], ['1', '4', '5'], ['1', '3', '4', '5']]);
  });

  test('stops at what was made, and at none', () => {
    const scene = build({ pool: 2, fleet: { initial: 1 }, script: { arrivals: [50], works: 1 } });
    scene.simulation.at(10, () => scene.fleet.resize(9));
    scene.simulation.at(20, () => expect(scene.fleet.size).toBe(2));
    scene.simulation.at(30, () => scene.fleet.resize(0));
    finish(scene.system, 100);
    expect(scene.fleet.size).toBe(0);
    expect(scene.endings[0].fate).toBe(fates.rejected);
  });

  test('is drawn as it is: what is absent does not exist, also in a recording from the middle', () => {
    const scene = build({ pool: 3, fleet: { initial: 1, bootMs: 100 }, script: { arrivals: [], works: 1 } });
    scene.simulation.at(200, () => scene.fleet.resize(2));
    scene.simulation.at(700, () => scene.fleet.resize(1));
    finish(scene.system, 1000);
    const replay = createReplay(scene.simulation.recorder.finish(1000));
    const ids = scene.servers.map(({ id }) => id);
    const existing = (atMs: number): boolean[] => ids.map((id) => replay.stateAt(atMs).parts[id].exists);
    expect([0, 199, 200, 699, 700].map(existing)).toEqual([
      [true, false, false],
      [true, false, false],
      [true, true, false],
      [true, true, false],
      [true, false, false],
    ]);
    const inRotation = replay.trace.levelNames.indexOf('in rotation');
    expect([250, 300].map((atMs) => replay.stateAt(atMs).parts[ids[1]].levels[inRotation])).toEqual([0, 1]);
  });

  test('cannot be acted upon where it is not: absent, or still booting', () => {
    const crash = (atMs: number) => ({ atMs, verb: 'crash', targets: ['servers/2'] });
    const scene = build({
      pool: 2,
      fleet: { initial: 1, bootMs: 100 },
      script: { arrivals: [], works: 1 },
      interventions: [crash(10), crash(150), crash(250)],
    });
    scene.simulation.at(100, () => scene.fleet.resize(2));
    finish(scene.system, 1000);
    expect(scene.system.skipped).toEqual(['0:servers/2', '1:servers/2']);
    expect(scene.servers[1].isUp).toBe(false);
  });

  test('is looked at by a health check as it is: only what serves returns to the rotation', () => {
    const scene = build({
      pool: 3,
      fleet: { initial: 2 },
      script: { arrivals: [0, 1], works: 9000 },
      interventions: [{ atMs: 100, untilMs: 500, verb: 'crash', targets: ['servers/1'] }],
    });
    const { system, simulation, balancer, fleet } = scene;
    new HealthCheck(system, balancer, fleet.members, { intervalMs: 30 });
    const rotation = (): string => balancer.rotation.inRotation.join('');
    const seen: string[] = [];
    simulation.at(400, () => seen.push(rotation()));
    simulation.at(900, () => seen.push(rotation()));
    simulation.at(1000, () => fleet.resize(1));
    simulation.at(2000, () => seen.push(rotation(), fleet.members[1].state));
    finish(system, 3000);
    expect(seen).toEqual(['010', '110', '100', 'draining']);
  });
});

describe('an autoscaler', () => {
  /** One request every 100 ms, of 90 ms: nine tenths of one server. */
  const steady = { arrivals: every(100, 120_000), works: 90 };
  const halfBusy: AutoscalerOptions = { metrics: [{ kind: 'utilization', target: 50 }], maxReplicas: 4 };

  test('looks every 15 s, and counts a server that boots as idle', () => {
    const scene = build({ pool: 4, fleet: { initial: 1, bootMs: 20_000 }, script: steady, autoscaler: halfBusy });
    const changes = changesOf(scene);
    finish(scene.system, 120_000);
    // At 15 s 89 % of one. At 30 s 90 % of one, and one that boots: 45 % of two, within the tolerance of 50. So it stays.
    expect(changes).toEqual([
      [0, 1],
      [15_000, 2],
    ]);
    expect(scene.fleet.members[1].readyMs).toBe(35_000);
    expect(scene.fleet.serverMs()).toBe(120_000 + 105_000);
  });

  test('shrinks a fleet only after five minutes in which every look agreed', () => {
    const script = { arrivals: every(100, 60_000), works: 90 };
    const scene = build({ pool: 4, fleet: { initial: 4 }, script, autoscaler: halfBusy });
    const changes = changesOf(scene);
    finish(scene.system, 600_000);
    // The first recommendation, at 15 s, is the fleet as found; up to 60 s two are wanted, after that one.
    expect(changes).toEqual([
      [0, 4],
      [315_000, 2],
      [360_000, 1],
    ]);
  });

  test('follows the length of the queues', () => {
    const arrivals = every(10, 15_000);
    const scene = build({
      pool: 8,
      fleet: { initial: 1 },
      script: { arrivals, works: 20 },
      autoscaler: { metrics: [{ kind: 'queue', target: 100 }], maxReplicas: 8 },
    });
    const changes = changesOf(scene);
    finish(scene.system, 16_000);
    // 1,500 came and 750 were begun: 750 wait for one server. Eight are wanted, five allowed in the first step.
    expect(changes.slice(0, 2)).toEqual([
      [0, 1],
      [15_000, 5],
    ]);
  });

  test('follows the rate of arrivals, also down to a server each', () => {
    const autoscaler: AutoscalerOptions = {
      metrics: [{ kind: 'arrivals', target: 2.5 }],
      maxReplicas: 8,
      behavior: { scaleDown: { stabilizationMs: 0 } },
    };
    const scene = build({ pool: 8, fleet: { initial: 1 }, script: { arrivals: every(100, 40_000), works: 5 }, autoscaler });
    const changes = changesOf(scene);
    finish(scene.system, 100_000);
    expect(changes).toEqual([
      [0, 1],
      [15_000, 4],
      [45_000, 3],
      [60_000, 1],
    ]);
  });

  test('follows a number from elsewhere, and of two metrics the one that asks for more', () => {
    let length = 70;
    const scene = build({
      pool: 9,
      fleet: { initial: 3 },
      script: { arrivals: [], works: 1 },
      autoscaler: {
        metrics: [
          { kind: 'utilization', target: 50 },
          { kind: 'external', target: 10, read: () => length },
        ],
        maxReplicas: 9,
        syncMs: 1000,
        behavior: { scaleDown: { stabilizationMs: 0 } },
      },
    });
    scene.simulation.at(1500, () => {
      length = 0;
    });
    const changes = changesOf(scene);
    finish(scene.system, 3000);
    expect(changes).toEqual([
      [0, 3],
      [1000, 7],
      [2000, 1],
    ]);
  });

  test('does not take a server that is down for one that is idle', () => {
    const crash = { atMs: 1, verb: 'crash', targets: ['servers/2'] };
    const scene = build({
      pool: 4,
      fleet: { initial: 2 },
      script: { arrivals: every(1000, 60_000), works: 1 },
      autoscaler: { ...halfBusy, behavior: { scaleDown: { stabilizationMs: 0 } } },
      interventions: [crash],
    });
    const changes = changesOf(scene);
    finish(scene.system, 16_000);
    // One idle at 0 %, one unknown and taken at 100 %: 50 % of two, as wanted.
    expect(changes).toEqual([[0, 2]]);
  });

  test('does not take a server that has just begun to serve for one that is idle', () => {
    const scene = build({
      pool: 4,
      fleet: { initial: 1, bootMs: 500 },
      script: { arrivals: every(100, 60_000), works: 60 },
      autoscaler: { ...halfBusy, behavior: { scaleDown: { stabilizationMs: 0 } } },
    });
    scene.simulation.at(14_000, () => scene.fleet.resize(4));
    const changes = changesOf(scene);
    finish(scene.system, 35_000);
    // At 15 s three have served for half a second. Only at 30 s have they for the whole time since the last look: 15 % of four.
    expect(changes).toEqual([
      [0, 1],
      [14_000, 4],
      [30_000, 2],
    ]);
  });

  test('tells what it did in the log, in marks and as a level', () => {
    const scene = build({ pool: 4, fleet: { initial: 1 }, script: steady, autoscaler: halfBusy });
    finish(scene.system, 20_000);
    const trace = scene.simulation.recorder.finish(20_000);
    expect(told(trace.log, trace).map(({ text }) => text)).toEqual(['autoscaler: from 1 to 2 servers (DesiredWithinRange)']);
    expect(told(trace.marks, trace).map(({ atMs, text }) => [atMs, text])).toEqual([[15_000, 'autoscaler: from 1 to 2 servers']]);
    const replay = createReplay(trace);
    const servers = trace.levelNames.indexOf('servers');
    expect([14_999, 15_000].map((atMs) => replay.stateAt(atMs).parts[scene.balancer.id].levels[servers])).toEqual([1, 2]);
    expect(scene.autoscaler?.changes).toBe(1);
  });

  test('decides the same whether or not a warm-up ends between two looks', () => {
    const decisions = [0, 22_000, 100_000].map((warmUpMs) => {
      const system = new System({ seed: 1, warmUpMs });
      const servers = Array.from({ length: 4 }, (_, index) => new Server(system, { name: `servers/${index + 1}` }));
      // Nobody is inside when the warm-up ends here.
      for (const { name, books } of servers) {
        const bookkeeping = system.simulation.parts.find((part) => part.name === name);
        if (bookkeeping !== undefined) bookkeeping.warm ??= (nowMs) => books.warm(nowMs, []);
      }
      const balancer = new Balancer(system, servers, { policy: roundRobin });
      const fleet = new Fleet(system, balancer, servers, { initial: 1 });
      const metrics = [{ kind: 'arrivals', target: 4 } as const, ...halfBusy.metrics];
      const autoscaler = new Autoscaler(system, fleet, { metrics, maxReplicas: 4, behavior: { scaleDown: { stabilizationMs: 30_000 } } });
      sendScript(system, { arrivals: [...every(100, 50_000), ...every(1000, 150_000).slice(50)], works: 90 }, balancer);
      const sizes: number[] = [];
      system.simulation.every(15_000, () => sizes.push(fleet.size));
      finish(system, 150_000);
      expect(fleet.serverMs()).toBeCloseTo(fleet.existing.mean(150_000) * (150_000 - warmUpMs), 6);
      return [sizes, autoscaler.changes];
    });
    expect(decisions[1]).toEqual(decisions[0]);
    expect(decisions[2]).toEqual(decisions[0]);
    // From 60 s on one is enough; at 75 s the look at 45 s, which wanted three, is just out of the window.
    expect(decisions[0]).toEqual([[3, 3, 3, 3, 1, 1, 1, 1, 1, 1], 2]);
  });

  const loads = fc.array(fc.record({ gapMs: fc.integer({ min: 20, max: 2000 }), forMs: fc.integer({ min: 1000, max: 90_000 }) }), {
    maxLength: 4,
  });
  const scenes = fc.record({
    loads,
    initial: fc.integer({ min: 1, max: 6 }),
    minReplicas: fc.integer({ min: 1, max: 3 }),
    maxReplicas: fc.integer({ min: 3, max: 6 }),
    bootMs: fc.integer({ min: 0, max: 40_000 }),
    drainMs: fc.integer({ min: 0, max: 5000 }),
    works: fc.integer({ min: 1, max: 400 }),
    downMs: fc.integer({ min: 0, max: 120_000 }),
    kind: fc.constantFrom('utilization', 'queue', 'arrivals'),
  });

  test('whatever comes, keeps within its bounds once there, loses no account, and does the same again', () => {
    fc.assert(
      fc.property(scenes, ({ loads, initial, minReplicas, maxReplicas, bootMs, drainMs, works, downMs, kind }) => {
        const arrivals: number[] = [];
        let fromMs = 0;
        for (const { gapMs, forMs } of loads) {
          arrivals.push(...every(gapMs, forMs).map((atMs) => fromMs + atMs));
          fromMs += forMs;
        }
        const run = (): string => {
          const scene = build({
            pool: 6,
            fleet: { initial, bootMs, drainMs },
            script: { arrivals, works },
            autoscaler: {
              metrics: [{ kind: kind as 'utilization', target: 40 }],
              minReplicas,
              maxReplicas,
              behavior: { scaleDown: { stabilizationMs: 30_000 } },
            },
            interventions: [{ atMs: downMs, untilMs: downMs + 20_000, verb: 'crash', targets: ['servers/1', 'servers/3'] }],
          });
          const { simulation, fleet } = scene;
          simulation.every(1000, () => {
            if (simulation.nowMs < 15_000) return;
            expect(fleet.size).toBeGreaterThanOrEqual(minReplicas);
            expect(fleet.size).toBeLessThanOrEqual(maxReplicas);
            expect(fleet.existing.value).toBeLessThanOrEqual(6);
          });
          finish(scene.system, 150_000);
          return simulation.recorder.digest();
        };
        expect(run()).toBe(run());
      }),
      { numRuns: Math.ceil(cases / 4) },
    );
  });
});

describe('what makes no sense is refused', () => {
  const scene = (fleet: FleetOptions, autoscaler?: AutoscalerOptions) => () =>
    build({ pool: 2, fleet, script: { arrivals: [], works: 1 }, autoscaler });
  const plain: AutoscalerOptions = { metrics: [{ kind: 'queue', target: 1 }], maxReplicas: 2 };

  test.each([3, -1, 0.5, Number.NaN, Infinity])('%s servers at the start, of two', (initial) => {
    expect(scene({ initial })).toThrow(RangeError);
  });

  test.each([-1, Number.NaN, Infinity])('a time of %s ms', (bad) => {
    expect(scene({ initial: 1, bootMs: bad })).toThrow(`is ${bad} ms`);
    expect(scene({ initial: 1, drainMs: bad })).toThrow(`is ${bad} ms`);
  });

  test('more servers than were made, no metric, a target or a gap of nothing', () => {
    expect(scene({ initial: 1 }, { ...plain, maxReplicas: 3 })).toThrow('may want 3 servers, but only 2 were made');
    expect(scene({ initial: 1 }, { ...plain, metrics: [] })).toThrow('looks at no metric');
    expect(scene({ initial: 1 }, { ...plain, metrics: [{ kind: 'queue', target: 0 }] })).toThrow('The target of queue of autoscaler is 0');
    expect(scene({ initial: 1 }, { ...plain, syncMs: Number.NaN })).toThrow('time between two looks');
  });

  test.each([-1, 0.5, Number.NaN])('a fleet of %s', (wanted) => {
    expect(() => scene({ initial: 1 })().fleet.resize(wanted)).toThrow('wanted number of servers');
  });
});
