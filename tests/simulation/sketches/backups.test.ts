// Sketch of the experiment backups: a plan, a disaster at any moment, and what the run says was lost.

import { describe, expect, test } from 'vitest';
import { BackupPlan, System, steadyWrites } from '../../../src/simulation/index';

const hour = 3_600_000;
const day = 24 * hour;

function run({ everyHours, disasterAt }: { everyHours: number; disasterAt: number }) {
  const system = new System({ seed: 1 });
  const count = Math.floor((14 * 24) / everyHours);
  const plan = new BackupPlan(system, {
    schedule: Array.from({ length: count }, (_, index) => ({
      atMs: (index + 1) * everyHours * hour,
      kind: index % 7 === 0 ? ('full' as const) : ('incremental' as const),
    })),
    sizeMb: 100_000,
    written: steadyWrites(500),
    backupMbPerSecond: 50,
    restoreMbPerSecond: 100,
    retention: { last: 14 },
  });
  system.intervene([{ atMs: disasterAt, verb: 'destroy', targets: ['backups'] }]);
  system.simulation.runUntil(14 * day);
  system.simulation.audit();
  return plan.recoveries[0];
}

describe('backups', () => {
  test('what is lost is the time since the last finished backup began, whenever the disaster comes', () => {
    for (const disasterAt of [5.3 * day, 7 * day + 1, 9.99 * day]) {
      const daily = run({ everyHours: 24, disasterAt });
      expect(daily.lostMs).toBeGreaterThan(0);
      expect(daily.lostMs).toBeLessThan(day + 40 * 60_000);
      const sixHourly = run({ everyHours: 6, disasterAt });
      expect(sixHourly.lostMs).toBeLessThanOrEqual(daily.lostMs);
      expect(daily.restoreMs).toBeGreaterThan(0);
    }
  });

  test('before the first backup is finished nothing helps', () => {
    expect(run({ everyHours: 24, disasterAt: 12 * hour }).usedBackup).toBeNull();
  });
});
