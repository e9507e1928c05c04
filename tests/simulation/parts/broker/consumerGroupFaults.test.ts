// Whatever crashes, stands still or is cut off, and however often: the books balance, and each delivery guarantee keeps its promise.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NetworkPartition } from '../../../../src/simulation/parts/network/networkPartition';
import type { RecordWindow } from '../../../../src/simulation/record/trace';
import { cases } from '../../../cases';
import { finish } from '../../scripted';
import { every, type Scene, topic } from './topic';

const faults = fc.record({
  atMs: fc.integer({ min: 0, max: 9000 }),
  lastsMs: fc.integer({ min: 1, max: 3000 }),
  verb: fc.constantFrom('crash', 'crash', 'pause', 'slow', 'partition'),
  target: fc.nat({ max: 4 }),
});

const scenes = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  partitions: fc.integer({ min: 1, max: 5 }),
  consumers: fc.integer({ min: 1, max: 4 }),
  assignor: fc.constantFrom('range' as const, 'roundrobin' as const, 'sticky' as const, 'cooperative-sticky' as const),
  commit: fc.constantFrom('before' as const, 'after' as const, 'each' as const, 'auto' as const),
  isIdempotent: fc.boolean(),
  isStatic: fc.boolean(),
  maxPollRecords: fc.integer({ min: 1, max: 8 }),
  pollEveryMs: fc.constantFrom(0, 0, 150),
  workMs: fc.constantFrom(0, 5, 60),
  delayMs: fc.constantFrom(0, 0, 3),
  lossShare: fc.constantFrom(0, 0, 0.05),
  appendMs: fc.constantFrom(0, 2),
  retentionMs: fc.constantFrom(Infinity, Infinity, 400),
  autoOffsetReset: fc.constantFrom('earliest' as const, 'latest' as const),
  faults: fc.array(faults, { maxLength: 5 }),
});
type Setting = typeof scenes extends fc.Arbitrary<infer T> ? T : never;

function build(setting: Setting, record: RecordWindow = { detail: 'none' }) {
  const { consumers, isStatic, delayMs, lossShare, partitions, appendMs, retentionMs, assignor, commit } = setting;
  const { maxPollRecords, pollEveryMs, autoOffsetReset } = setting;
  const names = [...Array.from({ length: consumers }, (_, index) => `consumers/${index + 1}`), 'log'];
  const scene: Scene = {
    record,
    seed: setting.seed,
    isIdempotent: setting.isIdempotent,
    log: { partitions, appendMs, retentionMs, segmentMs: 200, retentionCheckMs: 100 },
    group: { assignor, commit, maxPollRecords, pollEveryMs, autoOffsetReset, autoCommitMs: 300, repeatWorkMs: 1 },
    consumers: Array.from({ length: consumers }, (_, index) => ({
      joinsAtMs: index * 700,
      instanceId: isStatic ? `instances/${index}` : undefined,
      wire: { delayMs, lossShare },
    })),
    arrivals: every(33, 200),
    works: setting.workMs,
    keys: Array.from({ length: 200 }, (_, index) => (index * index + setting.seed) % 11),
    interventions: setting.faults.map(({ atMs, lastsMs, verb, target }) => {
      const name = names[target % names.length];
      const isLog = name === 'log' && verb === 'slow';
      return { atMs, untilMs: atMs + lastsMs, verb: isLog ? 'pause' : verb, targets: [verb === 'partition' ? 'border' : name] };
    }),
  };
  const built = topic(scene);
  new NetworkPartition(built.system, { name: 'border', between: ['consumers/1'], and: ['log'] });
  finish(built.system, 40_000);
  return built;
}

/** Cut off for as long as a session lasts while it asks to join and reads on: what it fetches then is somebody else's already. */
const silentWhileItFetched: Setting = {
  seed: 1,
  partitions: 2,
  consumers: 2,
  assignor: 'cooperative-sticky',
  commit: 'before',
  isIdempotent: false,
  isStatic: false,
  maxPollRecords: 3,
  pollEveryMs: 0,
  workMs: 60,
  delayMs: 0,
  lossShare: 0,
  appendMs: 0,
  retentionMs: Infinity,
  autoOffsetReset: 'earliest',
  faults: [{ atMs: 801, lastsMs: 1000, verb: 'partition', target: 0 }],
};

test('the books balance, order holds within a partition, and each guarantee keeps its promise', () => {
  fc.assert(
    fc.property(scenes, (setting) => {
      const { group, log, effects, consumers, endings } = build(setting);
      const messages = group.accounts();
      const written = endings.filter(({ fate }) => fate === 0).map(({ request }) => request);
      expect(messages.opened).toBe(written.length);
      // Everybody is up again for long, so nothing is left open and each partition has one reader.
      expect(messages).toMatchObject({ open: 0, failed: 0 });
      expect(log.accounts()).toMatchObject({ open: 0, opened: 200, completed: messages.completed });
      // What was deleted stays in the lag, as the tools of Kafka count it, until something after it is committed.
      if (setting.retentionMs === Infinity) expect(group.totalLag).toBe(0);
      expect(consumers.flatMap(({ reads }) => reads).sort()).toEqual(log.partitions.map((_, partition) => partition));
      expect(effects.once).toBeGreaterThanOrEqual(messages.completed);
      const loses = setting.commit === 'before' || setting.retentionMs < Infinity;
      if (!loses) expect(messages).toMatchObject({ lost: 0, completed: effects.once });
      if (setting.commit === 'before' || setting.isIdempotent) expect(effects.repeated).toBe(0);
      const zombies = setting.faults.some(({ verb }) => verb === 'pause' || verb === 'partition') || setting.lossShare > 0;
      if (!(zombies && loses)) expectOrder(effects.order, setting);
    }),
    { numRuns: cases, examples: [[silentWhileItFetched]] },
  );
});

/** First effects, by key: a key has one partition, and requests are written in their order. */
function expectOrder(order: readonly number[], { seed }: Setting): void {
  const latest = new Map<number, number>();
  const seen = new Set<number>();
  for (const request of order) {
    if (seen.has(request)) continue;
    seen.add(request);
    const key = (request * request + seed) % 11;
    expect(request).toBeGreaterThan(latest.get(key) ?? -1);
    latest.set(key, request);
  }
}

test('what is recorded changes nothing', () => {
  fc.assert(
    fc.property(scenes, (setting) => {
      const digest = build(setting).simulation.recorder.digest();
      expect(build(setting, { detail: 'coarse' }).simulation.recorder.digest()).toBe(digest);
      expect(build(setting, { detail: 'all', fromMs: 4321, toMs: 7000 }).simulation.recorder.digest()).toBe(digest);
    }),
    { numRuns: Math.ceil(cases / 10) },
  );
});
