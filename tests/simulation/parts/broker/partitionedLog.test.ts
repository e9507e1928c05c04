import { describe, expect, test } from 'vitest';
import { fates } from '../../../../src/simulation/measure/accounts';
import { PartitionedLog, type PartitionedLogOptions } from '../../../../src/simulation/parts/broker/partitionedLog';
import { Source } from '../../../../src/simulation/parts/source';
import { constantArrivals } from '../../../../src/simulation/workload/arrivals';
import { readVector } from '../../../vectors/read';
import { finish, newSystem } from '../../scripted';
import { every, topic } from './topic';

type Row = [key: string, hash: number, of3: number, of6: number, of12: number];
interface Murmur2 {
  official: Record<string, number>;
  more: Row[];
}

describe('where a message goes', () => {
  test.each([3, 6, 12])('with a key, to the partition of %s that Kafka chooses', (partitions) => {
    const { official, more: listed } = readVector<Murmur2>('kafka.murmur2');
    const rows = [
      ...listed,
      ...Object.entries(official).map(([key, hash]) => [key, hash, ...[3, 6, 12].map((n) => (hash & 0x7fffffff) % n)]),
    ] as Row[];
    const { log, system } = topic({
      log: { partitions, keyText: (call) => rows[call.request][0] },
      consumers: [],
      arrivals: every(1, rows.length),
    });
    finish(system, 100);
    const wanted: number[][] = Array.from({ length: partitions }, () => []);
    rows.forEach((row, request) => void wanted[row[partitions === 3 ? 2 : partitions === 6 ? 3 : 4]].push(request));
    expect(log.partitions.map(({ messages }) => messages.map(({ request }) => request))).toEqual(wanted);
    expect(rows.length).toBeGreaterThan(5);
  });

  test('the key of a call is its digits', () => {
    const { log, system } = topic({ log: { partitions: 6 }, consumers: [], arrivals: every(1, 2), keys: [21, 21] });
    const text = topic({ log: { partitions: 6, keyText: () => '21' }, consumers: [], arrivals: every(1, 2) });
    finish(system, 10);
    finish(text.system, 10);
    const ends = log.partitions.map(({ endOffset }) => endOffset);
    expect(ends).toEqual(text.log.partitions.map(({ endOffset }) => endOffset));
    expect(Math.max(...ends)).toBe(2);
  });

  test('without a key, to the partitions in turn; offsets count from 0 in each', () => {
    const { log, system } = topic({ log: { partitions: 3, keyText: () => undefined }, consumers: [], arrivals: every(1, 7) });
    finish(system, 10);
    expect(log.partitions.map(({ messages }) => messages.map(({ offset }) => offset))).toEqual([
      [0, 1, 2],
      [0, 1],
      [0, 1],
    ]);
  });
});

describe('what the sender hears', () => {
  const crash = [{ atMs: 25, untilMs: 45, verb: 'crash', targets: ['log'] }];
  const run = (options: PartitionedLogOptions) => {
    const scene = topic({ log: { appendMs: 6, ...options }, arrivals: every(10, 5), interventions: crash, works: 1 });
    finish(scene.system, 10_000);
    return scene;
  };

  test('with acks of the leader: once it is written; lost while it is written, and failed while the broker is down', () => {
    const { endings, log, group } = run({});
    expect(endings.map(({ request, atMs, fate }) => [request, atMs, fate])).toEqual([
      [0, 16, fates.completed],
      [1, 25, fates.lost],
      [2, 30, fates.failed],
      [3, 40, fates.failed],
      [4, 56, fates.completed],
    ]);
    expect(log.accounts()).toMatchObject({ opened: 5, completed: 2, lost: 1, failed: 2, open: 0 });
    expect(group.accounts()).toMatchObject({ opened: 2, completed: 2 });
  });

  test('with no acks: that all is well, at once, also when it is not', () => {
    const { endings, log } = run({ acks: 'none' });
    expect(endings.map(({ responseMs, fate }) => [responseMs, fate])).toEqual(new Array(5).fill([0, fates.completed]));
    expect(log.accounts()).toMatchObject({ opened: 5, completed: 2, lost: 3 });
  });

  test('a broker that stands still writes and answers later, and loses nothing', () => {
    const { endings, log, system } = topic({
      log: { appendMs: 6 },
      arrivals: every(10, 5),
      interventions: [{ atMs: 25, untilMs: 45, verb: 'pause', targets: ['log'] }],
    });
    finish(system, 10_000);
    expect(endings.map(({ atMs }) => atMs)).toEqual([16, 45, 45, 46, 56]);
    expect(log.accounts()).toMatchObject({ completed: 5 });
  });

  test('a sender that no longer waits is not answered, and its message is written all the same', () => {
    const { log, system, source } = topic({ log: { appendMs: 50 }, arrivals: [10], consumers: [] });
    const { link } = source as unknown as { link: { cancel(call: unknown): void } };
    system.simulation.at(20, () => {
      const { call } = (log as unknown as { writing: { message: { call: unknown } }[] }).writing[0].message as { call: unknown };
      link.cancel(call);
    });
    system.simulation.runUntil(100);
    expect(log.partitions[0].endOffset).toBe(1);
    expect(source.inside.value).toBe(1);
  });
});

describe('what is deleted', () => {
  /** A message every 10 ms, ten to a segment. */
  const small = { segmentBytes: 10_000, retentionMs: Infinity, retentionCheckMs: 100 };

  test('by size: whole segments, so that the limit stays exceeded by up to a segment', () => {
    const { log, system } = topic({ log: { ...small, retentionBytes: 25_000 }, consumers: [], arrivals: every(10, 60) });
    finish(system, 601);
    expect(log.partitions[0]).toMatchObject({ startOffset: 30, endOffset: 60 });
    expect(log.deleted).toBe(30);
  });

  test('by time: a segment with its latest message, the last one too; offsets go on', () => {
    const { log, system } = topic({ log: { ...small, retentionMs: 250 }, consumers: [], arrivals: [...every(10, 20), 1050] });
    const starts: number[] = [];
    system.simulation.every(100, () => starts.push(log.partitions[0].startOffset), 50);
    finish(system, 1100);
    expect(starts).toEqual([0, 0, 0, 0, 10, 20, 20, 20, 20, 20, 20]);
    expect(log.partitions[0].messages.map(({ offset }) => offset)).toEqual([20]);
  });

  test('what no group has read counts as lost, also when there is none', () => {
    const { log, system } = topic({ log: { ...small, retentionMs: 100 }, arrivals: every(10, 20), group: {}, consumers: [] });
    finish(system, 1000);
    expect(log.accounts()).toMatchObject({ lost: 20 });
    const alone = newSystem();
    const unread = new PartitionedLog(alone, { ...small, retentionMs: 100 });
    new Source(alone, { arrivals: constantArrivals(100), workMs: () => 1 }).to(unread);
    finish(alone, 505);
    expect(unread.accounts().lost).toBe(unread.deleted);
    expect(unread.deleted).toBeGreaterThan(20);
  });

  test('nothing while the broker is down', () => {
    const down = [{ atMs: 250, untilMs: 950, verb: 'crash', targets: ['log'] }];
    const { log, system } = topic({ log: { ...small, retentionMs: 100 }, consumers: [], arrivals: every(10, 20), interventions: down });
    finish(system, 940);
    expect(log.deleted).toBe(0);
  });
});

test('options that are none are refused', () => {
  const make = (options: PartitionedLogOptions) => () => new PartitionedLog(newSystem(), options);
  for (const bad of [0, -1, 1.5, Number.NaN, Infinity]) expect(make({ partitions: bad })).toThrow('number of partitions of log');
  for (const bad of [-1, Number.NaN, Infinity]) expect(make({ appendMs: bad })).toThrow('time to write a message of log');
  for (const bad of [0, -1, Number.NaN]) expect(make({ retentionCheckMs: bad })).toThrow('old segments of log');
  expect(make({ retentionMs: -1 })).toThrow('retentionMs of log');
  const { system } = topic({ log: { bytesOf: () => 0 }, arrivals: [1] });
  expect(() => system.simulation.runUntil(2)).toThrow('size of message 0');
});
