import { describe, expect, test } from 'vitest';
import { fates } from '../../../../src/simulation/measure/accounts';
import { ConsumerGroup, type ConsumerGroupOptions } from '../../../../src/simulation/parts/broker/consumerGroup';
import { LogConsumer } from '../../../../src/simulation/parts/broker/logConsumer';
import { Effects } from '../../../../src/simulation/parts/broker/messageConsumer';
import { NetworkPartition } from '../../../../src/simulation/parts/network/networkPartition';
import { Server } from '../../../../src/simulation/parts/server';
import { createReplay } from '../../../../src/simulation/record/replay';
import { recordKinds } from '../../../../src/simulation/record/trace';
import { finish } from '../../scripted';
import { told } from '../../told';
import { every, type Scene, topic } from './topic';

/** Runs a scene, and what is done to it on the way. */
function run(scene: Scene, horizonMs: number, during: (built: ReturnType<typeof topic>) => void = () => {}) {
  const built = topic(scene);
  during(built);
  finish(built.system, horizonMs);
  return built;
}

/** Keys of one partition each, of three: 0, 1, 2. */
const keyOf = [1, 4, 0] as const;
const crashOf = (target: string, atMs: number, untilMs?: number) => ({ atMs, untilMs, verb: 'crash', targets: [target] });

describe('one consumer', () => {
  test('works on messages one by one in their order, and polls again when it is through', () => {
    const { effects, group, simulation, consumers } = run(
      { arrivals: [10, 12, 14, 16, 90], works: 20, group: { commit: 'after', maxPollRecords: 2 } },
      200,
    );
    expect(effects.order).toEqual([0, 1, 2, 3, 4]);
    expect(effects.atMs).toEqual([30, 50, 70, 90, 110]);
    // Batches: 0; 1 and 2; 3 (when the next poll comes, 4 is not yet there); 4. Each is committed at its end.
    expect([group.age.min, group.age.max]).toEqual([20, 74]);
    expect(group.committed[0]).toBe(5);
    expect(group.lag[0].highest).toBe(4);
    expect(consumers[0].utilization()).toBe(0.5);
    const lags = simulation.recorder.finish(200);
    const level = lags.levelNames.indexOf('group lag 0');
    const seen = [...lags.kinds].flatMap((kind, index) =>
      kind === recordKinds.level && lags.subjects[index] === level ? [lags.values[index]] : [],
    );
    expect(seen).toEqual([1, 2, 3, 4, 3, 1, 0, 1, 0]);
  });

  test('takes at most so many at once, partition after partition in turn', () => {
    const keys = [...new Array(6).fill(keyOf[0]), ...new Array(6).fill(keyOf[1])];
    const { effects } = run(
      { log: { partitions: 3 }, consumers: [{ joinsAtMs: 50 }], arrivals: every(1, 12), keys, works: 1, group: { maxPollRecords: 4 } },
      200,
    );
    expect(effects.order).toEqual([0, 1, 2, 3, 6, 7, 8, 9, 4, 5, 10, 11]);
  });

  test('polls no more often than it may', () => {
    const { effects } = run({ arrivals: [10, 20, 130, 260], works: 5, group: { pollEveryMs: 100 } }, 500);
    // The first poll, at 0, is answered at 10. Those at 100, 200 and 300 find what came meanwhile.
    expect(effects.atMs).toEqual([15, 105, 205, 305]);
  });

  test('hears of messages, and is heard, by the time of its wire', () => {
    const { effects, group, simulation } = topic({
      arrivals: [100, 101],
      works: 5,
      consumers: [{ wire: { delayMs: 10 } }],
      group: { commit: 'each' },
    });
    const committed: number[][] = [];
    for (const atMs of [124, 126, 150]) simulation.at(atMs, () => committed.push([atMs, group.committed[0]]));
    simulation.runUntil(200);
    // Joined at 20, polled at 30. Fetched at 110, done at 115, committed at 125, heard at 135; polled at 145, fetched at 155.
    expect(effects.atMs).toEqual([115, 160]);
    expect(committed).toEqual([
      [124, 0],
      [126, 1],
      [150, 1],
    ]);
  });

  test('runs slow, stands still and goes on with what it was doing', () => {
    const { effects } = run(
      {
        arrivals: [10],
        works: 40,
        interventions: [
          { atMs: 20, untilMs: 30, verb: 'slow', targets: ['consumers/1'], arguments: { factor: 0.5 } },
          { atMs: 40, untilMs: 60, verb: 'pause', targets: ['consumers/1'] },
        ],
      },
      100,
    );
    expect(effects.atMs).toEqual([10 + 40 + 5 + 20]);
  });

  test('asks another part, and tries again what failed there; what comes after it waits', () => {
    const { effects, group } = run(
      { arrivals: [10, 11], works: 5, interventions: [crashOf('database', 0, 200)], group: { retryAfterMs: 50 } },
      1000,
      ({ system, consumers }) => void consumers[0].asks(new Server(system, { name: 'database' })),
    );
    // Own work and the try take 5 ms and no time: 15, 70, 125, 180, and at 235, when the database is there, 5 ms more.
    expect(effects.order).toEqual([0, 1]);
    expect(effects.atMs).toEqual([240, 250]);
    expect(group.redelivered).toBe(0);
  });

  test('gives up a message after its tries: it is among the dead letters, and those after it go on', () => {
    const poison: Scene = {
      arrivals: [10, 11, 12],
      works: 5,
      group: { isPoison: ({ request }) => request === 1, commit: 'each', retryAfterMs: 20 },
    };
    const { group, effects, log } = run({ ...poison, group: { ...poison.group, mostTries: 3 } }, 500);
    expect(group.deadLetters).toEqual([1]);
    expect(effects.atMs).toEqual([15, 20 + 20 + 5 + 20 + 5 + 5]);
    expect(group.accounts()).toMatchObject({ completed: 2, failed: 1, open: 0 });
    expect(log.accounts()).toMatchObject({ completed: 2, failed: 1 });
    // Without an end to its tries it blocks its partition.
    expect(run(poison, 5000).group.accounts()).toMatchObject({ completed: 1, open: 2 });
  });
});

describe('what a crash costs', () => {
  /** Four messages are there when it polls; it crashes while it works on the third, and is back at 300. */
  const scene: Scene = {
    arrivals: [10, 11, 12, 13],
    works: 20,
    consumers: [{ joinsAtMs: 50, instanceId: 'one' }],
    interventions: [crashOf('consumers/1', 105, 300)],
  };

  test('committed before the work, what it held is lost', () => {
    const { effects, group, log } = run({ ...scene, group: { commit: 'before' } }, 1000);
    expect(effects).toMatchObject({ order: [0, 1], repeated: 0 });
    expect(group.accounts()).toMatchObject({ opened: 4, completed: 2, lost: 2, open: 0 });
    expect(log.accounts()).toMatchObject({ completed: 2, lost: 2 });
    expect(group.redelivered).toBe(0);
  });

  test.each(['after', 'auto'] as const)('committed %s the work on all, what was done is done again', (commit) => {
    const { effects, group } = run({ ...scene, group: { commit, autoCommitMs: 200 } }, 1000);
    expect(effects).toMatchObject({ order: [0, 1, 0, 1, 2, 3], once: 4, repeated: 2 });
    expect(group.accounts()).toMatchObject({ completed: 4, lost: 0, open: 0 });
    expect(group.redelivered).toBe(3);
  });

  test('committed with each, only what was begun is begun again', () => {
    const { effects, group } = run({ ...scene, group: { commit: 'each' } }, 1000);
    expect(effects).toMatchObject({ order: [0, 1, 2, 3], repeated: 0 });
    expect(group.redelivered).toBe(1);
  });

  test('with an idempotency key what is done again has no effect and costs little', () => {
    const { effects, group } = run({ ...scene, isIdempotent: true, group: { commit: 'after', repeatWorkMs: 2 } }, 1000);
    expect(effects).toMatchObject({ order: [0, 1, 2, 3], once: 4, repeated: 0, skipped: 2 });
    expect(effects.atMs).toEqual([70, 90, 324, 344]);
    expect(group.accounts()).toMatchObject({ completed: 4 });
  });

  test('auto commit is done with the first poll, or while it waits, when the time is over', () => {
    const { group, simulation } = topic({ arrivals: [10, 260, 500], works: 5, group: { autoCommitMs: 200 } });
    const committed: number[] = [];
    for (const atMs of [199, 201, 399, 401, 504, 506, 599, 601]) simulation.at(atMs, () => committed.push(group.committed[0]));
    simulation.runUntil(1000);
    // At 200 of what came at 10, at 400 of what came at 260; what came at 500 waits until 600.
    expect(committed).toEqual([0, 1, 1, 2, 2, 2, 2, 3]);
  });

  test('an effect comes exactly once only with a key, whenever it is committed', () => {
    for (const commit of ['after', 'each', 'auto'] as const) {
      for (let atMs = 60; atMs < 160; atMs += 7) {
        const { effects } = run(
          { ...scene, isIdempotent: true, interventions: [crashOf('consumers/1', atMs, 300)], group: { commit } },
          10_000,
        );
        expect(effects).toMatchObject({ once: 4, repeated: 0 });
      }
    }
  });
});

describe('a group', () => {
  const two = [{}, {}];

  test('shares partitions; one that falls silent is out after the session timeout, and the others go on from what it had committed', () => {
    const { coordinator, effects, simulation } = topic({
      log: { partitions: 2, keyText: ({ request }) => (request % 2 === 0 ? 'a' : 'c') },
      consumers: two,
      arrivals: every(50, 40),
      works: 10,
      group: { commit: 'each' },
      interventions: [crashOf('consumers/1', 525)],
    });
    const seen: unknown[] = [];
    for (const atMs of [1, 1509, 1599, 1601]) simulation.at(atMs, () => seen.push(coordinator.assignment()));
    simulation.runUntil(3000);
    simulation.audit();
    // It was heard of last at 510, with a commit. The other hears of it with its heartbeat at 1600.
    expect(seen).toEqual([
      { 'consumers/1': [0], 'consumers/2': [1] },
      { 'consumers/1': [0], 'consumers/2': [1] },
      { 'consumers/2': [1] },
      { 'consumers/2': [0, 1] },
    ]);
    expect(effects.once).toBe(40);
    expect(coordinator.generation).toBe(2);
  });

  test('gathers members before the first assignment, longer while more come', () => {
    const at = (...joins: number[]) => {
      const built = topic({
        consumers: joins.map((joinsAtMs) => ({ joinsAtMs })),
        log: { partitions: 9 },
        group: { initialRebalanceDelayMs: 300 },
      });
      const generations: [number, number][] = [];
      built.simulation.every(1, () => {
        const { generation } = built.coordinator;
        if (generations.at(-1)?.[1] !== generation && generation > 0) generations.push([built.simulation.nowMs, generation]);
      });
      built.simulation.runUntil(2000);
      return generations;
    };
    expect(at(100)).toEqual([[400, 1]]);
    expect(at(100, 250)).toEqual([[700, 1]]);
    expect(at(100, 250, 650)).toEqual([[1000, 1]]);
    // Later ones make a rebalance: it is over when the others have heard of it, by their heartbeats.
    expect(at(100, 450)).toEqual([
      [400, 1],
      [500, 2],
    ]);
  });

  test('one that comes back as another waits for the session of its former self; with an instance id it does not', () => {
    const assigned = (instanceId?: string) => {
      const scene = topic({ consumers: [{ instanceId }], arrivals: [500], works: 1, interventions: [crashOf('consumers/1', 250, 300)] });
      finish(scene.system, 3000);
      return [scene.effects.atMs[0], scene.coordinator.generation, Object.keys(scene.coordinator.assignment())];
    };
    // Heard of last at 200: its session ends at 1200.
    expect(assigned()).toEqual([1201, 2, ['consumers/1#2']]);
    expect(assigned('one')).toEqual([501, 1, ['consumers/1#2']]);
  });

  test('one that leaves is through first, says what it has done, and the others have its partitions with their next heartbeat', () => {
    const { coordinator, effects, simulation, consumers } = topic({
      log: { partitions: 2 },
      consumers: two,
      arrivals: [110, 111],
      keys: [keyOf[0], keyOf[0]],
      works: 100,
      group: { maxPollRecords: 1 },
      interventions: [{ atMs: 150, untilMs: 500, verb: 'leave', targets: ['consumers/1', 'consumers/2'].slice(0, 1) }],
    });
    simulation.runUntil(450);
    expect(coordinator.assignment()).toEqual({ 'consumers/2': [0, 1] });
    expect(effects).toMatchObject({ repeated: 0, once: 2 });
    expect(consumers.map(({ reads }) => reads)).toEqual([[], [0, 1]]);
  });

  test('one that left can join again, and one that joins later gets its share', () => {
    const { coordinator, system } = topic({
      log: { partitions: 4 },
      consumers: [{}, { joinsAtMs: 1000 }, { joinsAtMs: Infinity }],
      interventions: [
        { atMs: 2000, verb: 'leave', targets: ['consumers/1'] },
        { atMs: 3000, verb: 'join', targets: ['consumers/1', 'consumers/3'] },
      ],
    });
    const sizes: number[][] = [];
    for (const atMs of [500, 1500, 2500, 3500]) {
      system.simulation.at(atMs, () => sizes.push(Object.values(coordinator.assignment()).map((list) => list.length)));
    }
    finish(system, 4000);
    expect(sizes).toEqual([[4], [2, 2], [4], [1, 2, 1]]);
  });
});

describe('a rebalance', () => {
  /** Six partitions with a message each every 60 ms; a third member joins at 1000, while the first two work. */
  const scene = (assignor: ConsumerGroupOptions['assignor']): Scene => ({
    log: { partitions: 6, keyText: ({ request }) => ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'][request % 12] },
    consumers: [{}, {}, { joinsAtMs: 1003 }],
    arrivals: every(10, 200),
    works: 9,
    group: { assignor, commit: 'after' },
  });
  const sharesOf = (assignor: ConsumerGroupOptions['assignor']) => {
    const built = topic(scene(assignor));
    const seen: Record<string, readonly number[]>[] = [];
    for (const atMs of [900, 1900]) built.simulation.at(atMs, () => seen.push(built.coordinator.assignment()));
    finish(built.system, 5000);
    expect(built.effects.once).toBe(200);
    // What is done while it is to change hands cannot be committed any more; eager groups stop for that.
    expect(built.effects.repeated).toBeLessThanOrEqual(assignor === 'cooperative-sticky' ? 2 : 0);
    return seen;
  };
  const ids = ['consumers/1', 'consumers/2', 'consumers/3'];

  test('by range: stretches of partitions', () => {
    expect(sharesOf('range').map((one) => ids.map((id) => one[id]))).toEqual([
      [[0, 1, 2], [3, 4, 5], undefined],
      [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
    ]);
  });

  test('round robin: one each in turn', () => {
    expect(sharesOf('roundrobin').map((one) => ids.map((id) => one[id]))).toEqual([
      [[0, 2, 4], [1, 3, 5], undefined],
      [
        [0, 3],
        [1, 4],
        [2, 5],
      ],
    ]);
  });

  test.each(['sticky', 'cooperative-sticky'] as const)('%s: who stays gives up only what the new one needs', (assignor) => {
    const [first, second] = sharesOf(assignor);
    for (const id of ids.slice(0, 2)) {
      expect(second[id]).toHaveLength(2);
      expect(second[id].every((partition) => first[id].includes(partition))).toBe(true);
    }
    expect(second[ids[2]]).toHaveLength(2);
  });

  test('eager: everybody stops until the slowest is through; cooperative: only what moves stops', () => {
    const gap = (assignor: ConsumerGroupOptions['assignor']) => {
      const built = topic({
        ...scene(assignor),
        // The second consumer is in the middle of a message of half a second.
        works: Array.from({ length: 200 }, (_, index) => (index === 95 ? 500 : 3)),
      });
      finish(built.system, 5000);
      const { atMs } = built.effects;
      expect(built.effects.once).toBe(200);
      // The longest time without any effect while it lasts.
      return Math.max(...atMs.flatMap((time, index) => (index > 0 && time > 960 && time < 1600 ? [time - atMs[index - 1]] : [])));
    };
    expect(gap('range')).toBeGreaterThan(300);
    // 80 ms: the partitions that go on get nothing for so long.
    expect(gap('cooperative-sticky')).toBe(80);
  });

  test('takes a generation more when it is cooperative, and stops nobody', () => {
    const run2 = (assignor: ConsumerGroupOptions['assignor']) => {
      const built = topic(scene(assignor));
      finish(built.system, 5000);
      return built.coordinator.generation;
    };
    const eager = run2('sticky');
    expect(run2('cooperative-sticky')).toBeGreaterThan(eager);
  });
});

describe('who is out of the group without knowing it', () => {
  const pause = [{ atMs: 205, untilMs: 2000, verb: 'pause', targets: ['consumers/1'] }];
  const scene: Scene = {
    consumers: [{}, { joinsAtMs: 100 }],
    arrivals: every(1, 4, 200),
    works: 20,
    interventions: pause,
  };

  test('works on when it wakes, its commit is refused, and its messages were done twice', () => {
    const { group, effects, coordinator } = run({ ...scene, group: { commit: 'after' } }, 5000);
    expect(effects).toMatchObject({ once: 4, repeated: 1 });
    expect(group.refusedCommits).toBe(1);
    expect(group.accounts()).toMatchObject({ completed: 4, lost: 0 });
    expect(Object.keys(coordinator.assignment()).sort()).toEqual(['consumers/1#2', 'consumers/2']);
  });

  test('at most once stays at most once: what it had committed nobody else does', () => {
    const { effects, group } = run({ ...scene, group: { commit: 'before' } }, 5000);
    expect(effects).toMatchObject({ once: 4, repeated: 0 });
    // Its own message, the first, is done last.
    expect(effects.order).toEqual([1, 2, 3, 0]);
    expect(group.accounts()).toMatchObject({ completed: 4, lost: 0 });
  });

  test('behind a cut wire it is out, too, and comes back when the wire is mended', () => {
    const cut = [{ atMs: 205, untilMs: 2000, verb: 'partition', targets: ['border'] }];
    const { effects, group, coordinator } = run({ ...scene, interventions: cut, group: { commit: 'each' } }, 8000, ({ system }) => {
      new NetworkPartition(system, { name: 'border', between: ['consumers/1'], and: ['log'] });
    });
    expect(effects).toMatchObject({ once: 4, repeated: 1 });
    expect(group.refusedCommits).toBeGreaterThan(0);
    expect(Object.keys(coordinator.assignment()).sort()).toEqual(['consumers/1#2', 'consumers/2']);
  });

  test('a batch that takes longer than the poll interval is never through: the group loops, as Kafka warns', () => {
    const slow: Scene = { arrivals: every(1, 10), works: 80, group: { commit: 'after', maxPollIntervalMs: 500 } };
    const { group, effects } = run({ ...slow, consumers: [{ joinsAtMs: 100 }] }, 10_000);
    expect(group.accounts()).toMatchObject({ completed: 0, open: 10 });
    expect(effects.repeated).toBeGreaterThan(50);
    expect(group.refusedCommits).toBeGreaterThan(5);
    // With fewer messages a poll it is in time.
    const few = run({ ...slow, consumers: [{ joinsAtMs: 100 }], group: { ...slow.group, maxPollRecords: 5 } }, 10_000);
    expect(few.group.accounts()).toMatchObject({ completed: 10 });
    expect(few.effects.repeated).toBe(0);
  });
});

describe('a consumer that is slower than the log forgets', () => {
  /** 100 messages in a second, segments of 10, 300 ms of them kept; the work takes three seconds. */
  const scene = (autoOffsetReset: ConsumerGroupOptions['autoOffsetReset']): Scene => ({
    log: { segmentBytes: 10_000, retentionMs: 300, retentionCheckMs: 100 },
    arrivals: every(10, 100),
    works: 30,
    group: { commit: 'each', autoOffsetReset, maxPollRecords: 1 },
  });

  test('loses messages, each of them counted; from the earliest it goes on with the oldest there is', () => {
    const { group, log, effects, simulation } = run(scene('earliest'), 6000);
    const { completed, lost, open } = group.accounts();
    expect([completed + lost, open]).toEqual([100, 0]);
    expect(effects.once).toBe(completed);
    expect(lost).toBeGreaterThan(30);
    expect(log.accounts()).toMatchObject({ completed, lost });
    expect(effects.order).toEqual([...effects.order].sort((a, b) => a - b));
    const trace = simulation.recorder.finish(6000);
    expect(told(trace.log, trace).some(({ text }) => /group lost messages of partition 0, deleted unread: \d+/.test(text))).toBe(true);
  });

  test('from the latest it skips what is still there, too', () => {
    const earliest = run(scene('earliest'), 6000).group.accounts();
    const latest = run(scene('latest'), 6000).group.accounts();
    expect(latest.lost).toBeGreaterThan(earliest.lost);
    expect(latest.open).toBe(0);
  });

  test('what is deleted while it is worked on is completed all the same', () => {
    const { group, log } = run(
      { log: { retentionMs: 100, retentionCheckMs: 50 }, arrivals: [10], works: 1000, group: { commit: 'after' } },
      3000,
    );
    expect(log.deleted).toBe(1);
    expect(group.accounts()).toMatchObject({ completed: 1, lost: 0 });
    expect(log.accounts()).toMatchObject({ completed: 1 });
  });
});

test('order holds within a partition, and is lost across partitions', () => {
  const works = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? 50 : 5));
  const scene = (partitions: number): Scene => ({
    log: { partitions },
    consumers: [{}, {}],
    arrivals: every(10, 40),
    works,
    keys: Array.from({ length: 40 }, (_, index) => index % 2),
  });
  const isOrdered = (order: number[]) => order.every((request, index) => index === 0 || request > order[index - 1]);
  const one = run(scene(1), 5000).effects.order;
  const several = run(scene(3), 5000).effects.order;
  expect(isOrdered(one)).toBe(true);
  expect(isOrdered(several)).toBe(false);
  for (const key of [0, 1]) expect(isOrdered(several.filter((request) => request % 2 === key))).toBe(true);
});

test('each group reads everything at its own pace; for the log a message ends as the least lucky group says', () => {
  const built = topic({
    arrivals: every(10, 10),
    works: 5,
    group: { commit: 'each' },
    log: { retentionMs: 100, segmentMs: 1, retentionCheckMs: 50 },
  });
  const slow = new ConsumerGroup(built.log, { name: 'slow', effects: new Effects(false), commit: 'each', initialRebalanceDelayMs: 0 });
  new LogConsumer(built.system, slow, { name: 'slow/1', speed: 0.1 });
  finish(built.system, 1000);
  expect(built.group.accounts()).toMatchObject({ completed: 10 });
  const { completed, lost } = slow.accounts();
  expect(completed + lost).toBe(10);
  expect(lost).toBeGreaterThan(2);
  expect(built.log.accounts()).toMatchObject({ completed, lost, open: 0 });
});

test('for the log a message ends as the least lucky group says, whichever is through first', () => {
  const built = topic({ arrivals: [10, 20], works: 5, group: { commit: 'each', mostTries: 1, isPoison: ({ request }) => request === 0 } });
  const later = new ConsumerGroup(built.log, { name: 'later', effects: new Effects(false), commit: 'each', initialRebalanceDelayMs: 0 });
  new LogConsumer(built.system, later, { name: 'later/1', speed: 0.1 });
  finish(built.system, 1000);
  expect(later.accounts()).toMatchObject({ completed: 2 });
  expect(built.log.accounts()).toMatchObject({ failed: 1, completed: 1 });
});

describe('who stands still', () => {
  test('takes nothing meanwhile: neither a consumer messages, nor a broker a wish to join', () => {
    const { consumers, coordinator, simulation, effects } = topic({
      arrivals: [100],
      works: 10,
      consumers: [{}, { joinsAtMs: 600 }],
      interventions: [
        { atMs: 50, untilMs: 500, verb: 'pause', targets: ['consumers/1'] },
        { atMs: 550, untilMs: 900, verb: 'pause', targets: ['log'] },
      ],
    });
    const seen: unknown[] = [];
    simulation.at(300, () => seen.push(consumers[0].inside));
    simulation.at(850, () => seen.push(coordinator.generation));
    simulation.at(901, () => seen.push(coordinator.generation));
    simulation.runUntil(2000);
    expect(seen).toEqual([0, 1, 2]);
    expect(effects.atMs).toEqual([510]);
  });

  test('while the group takes a new generation keeps its place as a static member, but what it says of the old one does not count', () => {
    const { group, effects, coordinator } = run(
      {
        arrivals: every(1, 4, 200),
        works: 20,
        consumers: [{ instanceId: 'one' }, { instanceId: 'two', joinsAtMs: 210 }],
        interventions: [{ atMs: 205, untilMs: 800, verb: 'pause', targets: ['consumers/1'] }],
        group: { maxPollIntervalMs: 300, commit: 'after', maxPollRecords: 4, heartbeatMs: 400 },
      },
      5000,
    );
    expect(group.refusedCommits).toBe(1);
    expect(effects.once).toBe(4);
    expect(effects.repeated).toBeGreaterThan(0);
    expect(Object.keys(coordinator.assignment()).sort()).toEqual(['consumers/1#2', 'consumers/2']);
  });

  test('who was taken for dead and asks to join as if nothing had been hears that it is unknown, and comes back as a new one', () => {
    const { coordinator, simulation } = topic({ consumers: [], group: { initialRebalanceDelayMs: 0 } });
    const told: unknown[] = [];
    const join = (generation: number) =>
      coordinator.join({ id: 'a', generation, owned: [], ownedGeneration: undefined }, (answer) => told.push(answer));
    simulation.at(0, () => join(-1));
    simulation.at(500, () => join(1));
    // A session lasts a second: by now it is over.
    simulation.at(1600, () => join(1));
    simulation.at(1700, () => join(-1));
    simulation.runUntil(2000);
    expect(told).toEqual([
      { generation: 1, partitions: [0] },
      { generation: 2, partitions: [0] },
      'unknown',
      // The third generation was that of an empty group.
      { generation: 4, partitions: [0] },
    ]);
  });

  test('a static member that comes back while its partition changes hands does not make the group forget it', () => {
    const { coordinator, simulation } = topic({ log: { partitions: 2 }, consumers: [], group: { assignor: 'cooperative-sticky' } });
    const told: Record<string, unknown> = {};
    const join = (id: string, generation: number, ...owned: number[]) =>
      coordinator.join(
        { id, instanceId: id[0], generation, owned: owned.map((partition) => ({ topic: 'log', partition })), ownedGeneration: generation },
        (answer) => {
          told[id] = answer === 'unknown' ? answer : answer.partitions;
        },
      );
    simulation.at(0, () => join('a', -1));
    simulation.at(10, () => join('b', -1));
    simulation.at(20, () => join('a', 1, 0, 1));
    // It was told to let go of one, and comes back without any.
    simulation.at(30, () => join('a2', -1));
    simulation.at(40, () => join('b', 2));
    simulation.runUntil(100);
    expect(told.a).toEqual([expect.any(Number)]);
    expect([...(told.a2 as number[]), ...(told.b as number[])].sort()).toEqual([0, 1]);
  });
});

describe('a broker that is away', () => {
  test.each(['crash', 'pause'])('after a %s, consumers go on, and nobody is out for what was not heard', (verb) => {
    const { group, effects, coordinator } = run(
      {
        log: { partitions: 2 },
        consumers: [{}, {}],
        arrivals: every(40, 50),
        keys: Array.from({ length: 50 }, (_, index) => index),
        interventions: [{ atMs: 501, untilMs: 2600, verb, targets: ['log'] }],
        works: 10,
      },
      9000,
    );
    expect(coordinator.generation).toBe(1);
    expect(group.accounts().open).toBe(0);
    expect(effects).toMatchObject({ repeated: 0, once: group.accounts().completed });
    expect(effects.once).toBe(verb === 'crash' ? 12 : 50);
  });
});

test('measuring begins after the warm-up: books and laws hold for what is left', () => {
  const built = topic({
    arrivals: every(10, 300),
    works: 9,
    log: { partitions: 3 },
    consumers: [{}, {}],
    keys: every(1, 300),
    group: { commit: 'each' },
  });
  const warm = () => {
    for (const part of built.simulation.parts) part.warm?.(1505);
  };
  built.simulation.at(1505, warm);
  finish(built.system, 10_000);
  const { opened, completed } = built.group.accounts();
  expect(opened).toBe(completed);
  expect(opened).toBeGreaterThan(150);
  expect(opened).toBeLessThan(300);
  expect(built.group.books.timeInsideMs / built.group.books.spanMs).toBeCloseTo(built.group.books.inside.mean(10_000), 9);
});

test('a recording that begins mid-run shows what the whole one shows', () => {
  const scene: Scene = {
    arrivals: every(10, 200),
    works: 14,
    log: { partitions: 3 },
    consumers: [{}, {}],
    keys: every(1, 200),
    group: { commit: 'after', maxPollRecords: 5 },
    interventions: [{ atMs: 700, untilMs: 900, verb: 'pause', targets: ['consumers/1'] }],
  };
  const replayOf = (fromMs: number) => {
    const built = run({ ...scene, record: { detail: 'all', fromMs } }, 4000);
    return createReplay(built.simulation.recorder.finish(4000));
  };
  const shown = (replay: ReturnType<typeof replayOf>, atMs: number) =>
    replay
      .stateAt(atMs)
      .parts.map(({ part, waiting, serving, inside }) => [part.name, [...waiting.toArray()].sort(), [...serving], inside]);
  for (const fromMs of [505, 755]) {
    const window = replayOf(fromMs);
    for (const atMs of [fromMs + 1, 1000, 1999]) {
      const of = (list: unknown[][]) => list.filter(([name]) => name !== 'customers');
      expect(of(shown(window, atMs))).toEqual(of(shown(replayOf(0), atMs)));
    }
  }
});

test('options that are none are refused', () => {
  const make = (group: Partial<ConsumerGroupOptions>) => () => topic({ group });
  for (const bad of [0, -1, Number.NaN, Infinity]) {
    expect(make({ sessionTimeoutMs: bad })).toThrow('session timeout of group');
    expect(make({ maxPollIntervalMs: bad })).toThrow('longest time between polls of group');
    expect(make({ autoCommitMs: bad })).toThrow('time between commits of group');
    expect(make({ retryAfterMs: bad })).toThrow('time to the next try of group');
    expect(make({ maxPollRecords: bad })).toThrow('most messages of a poll of group');
    expect(make({ mostTries: bad })).toThrow('most tries of group');
  }
  expect(make({ heartbeatMs: 1000 })).toThrow('must be less than the session timeout');
  expect(make({ pollEveryMs: -1 })).toThrow('time between polls of group');
  expect(make({ assignor: 'fair' as never })).toThrow('known are range, roundrobin, sticky, cooperative-sticky');
  expect(() => topic({ consumers: [{ instanceId: 'one' }, { instanceId: 'one' }] })).toThrow('Two consumers of group are the instance one');
  expect(() => topic({ consumers: [{ speed: 0 }] })).toThrow('speed of consumers/1');
  expect(() => topic({ consumers: [{ joinsAtMs: Number.NaN }] })).toThrow(RangeError);
  expect(() => topic({ consumers: [{ wire: { delayMs: -1 } }] })).toThrow('delay');
  const { log, system } = topic({ arrivals: [1] });
  system.simulation.at(5, () => {
    expect(() => new ConsumerGroup(log, { name: 'late', effects: new Effects(false) })).toThrow('before the first message');
  });
  system.simulation.runUntil(10);
  expect(fates.completed).toBe(0);
});
