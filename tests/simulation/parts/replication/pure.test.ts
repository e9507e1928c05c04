// The plain functions of replication, each by itself.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { electionTimeoutMs } from '../../../../src/simulation/parts/replication/elections';
import { agreeUpTo, isAtLeastAsUpToDate, missingFrom } from '../../../../src/simulation/parts/replication/logs';
import { majorityOf, quorumsMeet, reachedBy } from '../../../../src/simulation/parts/replication/quorums';
import {
  redisElectionDelayMs,
  redisElectionTimes,
  redisMayStand,
  redisRank,
  sentinelChoice,
} from '../../../../src/simulation/parts/replication/redisFailover';
import { compareVersions, isLater, mergeVersions } from '../../../../src/simulation/parts/replication/versions';
import '../../../cases';

describe('comparing logs', () => {
  test('a later last term knows more whatever the length, and with the same term the longer log does', () => {
    expect(isAtLeastAsUpToDate({ length: 1, lastTerm: 3 }, { length: 9, lastTerm: 2 })).toBe(true);
    expect(isAtLeastAsUpToDate({ length: 9, lastTerm: 2 }, { length: 1, lastTerm: 3 })).toBe(false);
    expect(isAtLeastAsUpToDate({ length: 4, lastTerm: 2 }, { length: 5, lastTerm: 2 })).toBe(false);
    expect(isAtLeastAsUpToDate({ length: 5, lastTerm: 2 }, { length: 5, lastTerm: 2 })).toBe(true);
    expect(isAtLeastAsUpToDate({ length: 0, lastTerm: 0 }, { length: 0, lastTerm: 0 })).toBe(true);
  });

  test("figure 7 of the Raft paper: who can be elected for the leader's log by whom", () => {
    // Terms of the logs (a) to (f) beside the leader for term 8.
    const logs = [
      [1, 1, 1, 4, 4, 5, 5, 6, 6],
      [1, 1, 1, 4],
      [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6],
      [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7],
      [1, 1, 1, 4, 4, 4, 4],
      [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3],
    ].map((terms) => ({ length: terms.length, lastTerm: terms[terms.length - 1] }));
    const leader = { length: 10, lastTerm: 6 };
    expect(logs.map((log) => isAtLeastAsUpToDate(leader, log))).toEqual([true, true, false, false, true, true]);
  });

  test('two logs agree up to their first difference', () => {
    expect(agreeUpTo([1, 2, 3, 4], [1, 2, 9, 4])).toBe(2);
    expect(agreeUpTo([1, 2], [1, 2, 3])).toBe(2);
    expect(agreeUpTo([], [1])).toBe(0);
  });

  test('what was promised and is not there is missing, in its order', () => {
    expect(missingFrom([4, 1, 2], [1, 2, 3, 4, 5])).toEqual([3, 5]);
    expect(missingFrom([], [])).toEqual([]);
  });
});

describe('quorums', () => {
  test('a majority is more than half', () => {
    expect([1, 2, 3, 4, 5, 100].map(majorityOf)).toEqual([1, 2, 2, 3, 3, 51]);
    for (const bad of [0, -1, 2.5, Number.NaN, Infinity]) expect(() => majorityOf(bad)).toThrow(RangeError);
  });

  test('quorums meet exactly when every choice of one shares a member with every choice of the other', () => {
    const choices = (members: number, size: number): number[] =>
      Array.from({ length: 1 << members }, (_, set) => set).filter((set) => set.toString(2).replaceAll('0', '').length === size);
    for (let members = 1; members <= 5; members++) {
      for (let a = 1; a <= members; a++) {
        for (let b = 1; b <= members; b++) {
          const doMeet = choices(members, a).every((one) => choices(members, b).every((other) => (one & other) !== 0));
          expect(quorumsMeet(members, a, b)).toBe(doMeet);
        }
      }
    }
    expect(() => quorumsMeet(3, 4, 1)).toThrow('A quorum of 4 is more than the 3 members');
    expect(() => quorumsMeet(3, 0, 1)).toThrow(RangeError);
  });

  test('what so many copies have reached is the largest position that so many are at or past', () => {
    expect([1, 2, 3].map((copies) => reachedBy(copies, [7, 3, 5]))).toEqual([7, 5, 3]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 7 }), fc.nat(6), (positions, pick) => {
        const copies = 1 + (pick % positions.length);
        const reached = reachedBy(copies, positions);
        expect(reached).toBe([...positions].sort((a, b) => b - a)[copies - 1]);
      }),
    );
    expect(() => reachedBy(4, [1, 2, 3])).toThrow('4 of 3');
    expect(() => reachedBy(0, [1])).toThrow(RangeError);
  });
});

describe('versions', () => {
  test('by vector one is later only if its writer had seen the other', () => {
    expect(compareVersions([1, 0], [1, 0])).toBe('same');
    expect(compareVersions([1], [1, 0])).toBe('same');
    expect(compareVersions([1, 0], [1, 2])).toBe('before');
    expect(compareVersions([2, 2], [1, 2])).toBe('after');
    expect(compareVersions([2, 0], [1, 2])).toBe('concurrent');
    expect(compareVersions([], [])).toBe('same');
  });

  const vector = fc.array(fc.nat(3), { maxLength: 4 });

  test('the order is a partial order, and a merge has seen both and nothing more', () => {
    const mirrored = { same: 'same', before: 'after', after: 'before', concurrent: 'concurrent' };
    const isUpTo = (a: number[], b: number[]) => ['same', 'before'].includes(compareVersions(a, b));
    fc.assert(
      fc.property(vector, vector, vector, (a, b, c) => {
        expect(compareVersions(b, a)).toBe(mirrored[compareVersions(a, b)]);
        if (isUpTo(a, b) && isUpTo(b, c)) expect(isUpTo(a, c)).toBe(true);
        const merged = mergeVersions(a, b);
        expect(isUpTo(a, merged) && isUpTo(b, merged)).toBe(true);
        if (isUpTo(a, c) && isUpTo(b, c)) expect(isUpTo(merged, c)).toBe(true);
      }),
    );
  });

  test('last writer wins: of two different stamps exactly one is later, and the order has no circle', () => {
    const stamp = fc.record({ clockMs: fc.nat(2), writer: fc.nat(2), write: fc.nat(2) });
    fc.assert(
      fc.property(stamp, stamp, stamp, (a, b, c) => {
        const isSame = a.clockMs === b.clockMs && a.writer === b.writer && a.write === b.write;
        expect(Number(isLater(a, b)) + Number(isLater(b, a))).toBe(isSame ? 0 : 1);
        if (isLater(a, b) && isLater(b, c)) expect(isLater(a, c)).toBe(true);
      }),
    );
    expect(isLater({ clockMs: 2, writer: 0, write: 0 }, { clockMs: 1, writer: 9, write: 9 })).toBe(true);
  });
});

describe('election timeouts', () => {
  test('lie evenly between the two times', () => {
    expect(electionTimeoutMs(0, [150, 300])).toBe(150);
    expect(electionTimeoutMs(0.5, [150, 300])).toBe(225);
    expect(electionTimeoutMs(0.7, [150, 150])).toBe(150);
    for (const bad of [
      [0, 1],
      [2, 1],
      [Number.NaN, 1],
      [1, Infinity],
    ] as const) {
      expect(() => electionTimeoutMs(0.5, bad)).toThrow('An election timeout lies between');
    }
  });
});

describe("Redis' failover", () => {
  test('a replica waits half a second, up to another by chance, and a second for each that has more', () => {
    expect(redisElectionDelayMs(0, 0)).toBe(500);
    expect(redisElectionDelayMs(0.9999, 0)).toBe(999);
    expect(redisElectionDelayMs(0.5, 2)).toBe(2750);
    expect(() => redisElectionDelayMs(0.5, -1)).toThrow(RangeError);
  });

  test('the rank counts those with more data', () => {
    expect(redisRank(100, [100, 101, 99, 500])).toBe(2);
    expect(redisRank(100, [])).toBe(0);
  });

  test('votes count for twice the node timeout, at least two seconds, and another try comes after twice that', () => {
    expect(redisElectionTimes(15_000)).toEqual({ votingMs: 30_000, retryMs: 60_000 });
    expect(redisElectionTimes(500)).toEqual({ votingMs: 2000, retryMs: 4000 });
    expect(() => redisElectionTimes(-1)).toThrow(RangeError);
  });

  test('a replica that was away too long does not stand', () => {
    // 15 s of node timeout are taken off, then 10 s of pings and ten node timeouts are allowed.
    expect(redisMayStand({ disconnectedMs: 175_000 })).toBe(true);
    expect(redisMayStand({ disconnectedMs: 175_001 })).toBe(false);
    expect(redisMayStand({ disconnectedMs: 1e9, validityFactor: 0 })).toBe(true);
    expect(redisMayStand({ disconnectedMs: 14_000, nodeTimeoutMs: 15_000, validityFactor: 1, pingPeriodMs: 0 })).toBe(true);
    expect(redisMayStand({ disconnectedMs: 2001, nodeTimeoutMs: 1000, validityFactor: 1, pingPeriodMs: 0 })).toBe(false);
  });

  test('Sentinel takes the fit replica of smallest priority, then most data, then smallest run id', () => {
    expect(
      sentinelChoice(
        [
          { offset: 900, runId: 'a', priority: 100 },
          { offset: 100, runId: 'b', priority: 10 },
          { offset: 100, runId: 'c', priority: 0 },
        ],
        1000,
      ),
    ).toBe(1);
    expect(
      sentinelChoice(
        [
          { offset: 5, runId: 'b' },
          { offset: 7, runId: 'c' },
          { offset: 7, runId: 'A' },
        ],
        1000,
      ),
    ).toBe(2);
    expect(sentinelChoice([], 1000)).toBe(-1);
  });

  test('Sentinel passes over replicas that are down, disconnected, silent, or long without their primary', () => {
    const well = { offset: 1, runId: 'z' };
    const ahead = { offset: 9, runId: 'a' };
    for (const fault of [
      { isDown: true },
      { isDisconnected: true },
      { sinceAnswerMs: 5001 },
      { sinceInfoMs: 5001 },
      { withoutPrimaryMs: 301_001 },
      { priority: 0 },
    ]) {
      expect(sentinelChoice([{ ...ahead, ...fault }, well], 1000)).toBe(1);
    }
    expect(sentinelChoice([{ ...ahead, sinceAnswerMs: 5000, sinceInfoMs: 5000, withoutPrimaryMs: 301_000 }, well], 1000)).toBe(0);
    // While the primary is well, replicas are asked for their state less often.
    expect(sentinelChoice([{ ...ahead, sinceInfoMs: 30_000 }, well], 0)).toBe(0);
    expect(sentinelChoice([{ ...ahead, sinceInfoMs: 30_001 }, well], 0)).toBe(1);
  });
});
