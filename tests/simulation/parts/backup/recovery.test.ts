import { describe, expect, test } from 'vitest';
import { type Backup, recoverAt } from '../../../../src/simulation/parts/backup/recovery';
import { countedWrites, steadyWrites } from '../../../../src/simulation/parts/backup/writes';

/** A full backup at 0 and incremental ones at 100, 200, 300, each done 10 ms later, of 1000, 100, 200 and 300 MB. */
function chain(changes: Partial<Backup>[] = []): Backup[] {
  return [0, 1, 2, 3].map((index) => ({
    index,
    kind: index === 0 ? 'full' : 'incremental',
    takenMs: index * 100,
    doneMs: index * 100 + 10,
    removedMs: Infinity,
    sizeMb: index === 0 ? 1000 : index * 100,
    base: index - 1,
    ...changes[index],
  }));
}

const costs = { restoreMbPerSecond: 100 };
const told = (backups: Backup[], atMs: number, damagedSinceMs?: number) => {
  const { usedBackup, lostMs, reason } = recoverAt(backups, atMs, costs, damagedSinceMs);
  return [usedBackup?.index ?? null, lostMs, reason];
};

describe('a recovery', () => {
  test('uses the newest backup that is finished, and loses what came after it began', () => {
    expect(told(chain(), 250)).toEqual([2, 50, 'newest']);
    expect(told(chain(), 205)).toEqual([1, 105, 'unfinished']);
    expect(told(chain(), 210)).toEqual([1, 110, 'unfinished']);
    expect(told(chain(), 211)).toEqual([2, 11, 'newest']);
  });

  test('loses everything before the first backup is finished', () => {
    expect(recoverAt(chain(), 10, costs)).toEqual({
      atMs: 10,
      lostMs: Infinity,
      restoreMs: Infinity,
      usedBackup: null,
      reason: 'unfinished',
    });
    expect(told([], 10)).toEqual([null, Infinity, 'none']);
    expect(told(chain([{ takenMs: 20, doneMs: 30 }]).slice(0, 1), 10)).toEqual([null, Infinity, 'none']);
  });

  test('fetches the whole chain, the full backup and every one since', () => {
    expect(recoverAt(chain(), 350, costs).restoreMs).toBe((1000 + 100 + 200 + 300) * 10);
    expect(recoverAt(chain(), 350, { ...costs, fixedMs: 5 }).restoreMs).toBe(16_000 + 20);
    expect(recoverAt(chain(), 350, { ...costs, fixedMs: 5, wholeMb: 1100 }).restoreMs).toBe(11_005);
  });

  test('passes over backups that were taken of damaged data', () => {
    expect(told(chain(), 350, 250)).toEqual([2, 150, 'damaged']);
    expect(told(chain(), 350, 200)).toEqual([1, 250, 'damaged']);
    expect(told(chain(), 350, 0)).toEqual([null, Infinity, 'damaged']);
    expect(told(chain(), 350, 301)).toEqual([3, 50, 'newest']);
  });

  test('has no use for a backup whose chain is broken', () => {
    const broken = chain([{}, { removedMs: 320 }]);
    expect(told(broken, 320)).toEqual([3, 20, 'newest']);
    expect(told(broken, 321)).toEqual([0, 321, 'chain broken']);
    expect(told(chain([{ removedMs: 320 }]), 350)).toEqual([null, Infinity, 'chain broken']);
    expect(told(chain([{}, {}, {}, { removedMs: 320 }]), 350)).toEqual([2, 150, 'removed']);
    expect(told(chain([{}, {}, {}, { removedMs: 320 }]), 320)).toEqual([3, 20, 'newest']);
  });
});

describe('writes', () => {
  test('may be steady', () => {
    expect(steadyWrites(50)(2 * 3_600_000)).toBe(100);
  });

  test('may be counted by the interval, spread evenly over each', () => {
    const written = countedWrites(1000, [10, 0, 30]);
    expect([0, 500, 1000, 1500, 2000, 2100, 3000, 9000].map(written)).toEqual([0, 5, 10, 10, 10, 13, 40, 40]);
    expect(countedWrites(1000, [])(5)).toBe(0);
  });

  test.each([-1, Number.NaN, Infinity])('of %s MB are refused', (bad) => {
    expect(() => steadyWrites(bad)).toThrow(`The writes are ${bad} MB an hour`);
    expect(() => countedWrites(10, [1, bad])).toThrow(`The writes of interval 2 are ${bad} MB`);
    expect(() => countedWrites(bad, [1])).toThrow(RangeError);
  });
});
