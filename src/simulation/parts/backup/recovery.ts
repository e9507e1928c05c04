// What can be restored, and how much is lost: found by looking at the backups that exist when it happens, not by a formula.
// A backup helps only when it is finished, still kept, older than the damage, and so is every backup that it builds on.

/** full: everything. incremental: what changed since the backup it builds on. */
export type BackupKind = 'full' | 'incremental';

export interface Backup {
  /** Place in the list of all backups ever begun. */
  index: number;
  kind: BackupKind;
  /** The state of the data that it holds is that of this instant: when it began. */
  takenMs: number;
  /** Infinity while it has not finished, and when it never will. */
  doneMs: number;
  /** Infinity while it is kept. */
  removedMs: number;
  sizeMb: number;
  /** Index of the backup that it builds on; -1 for none. */
  base: number;
}

export interface RestoreCosts {
  restoreMbPerSecond: number;
  /** Of each backup that must be fetched, whatever its size, in ms. Default 0. */
  fixedMs?: number;
  /** When given, one backup is all that is fetched, and this is its size: what a repository without chains does. */
  wholeMb?: number;
}

/** What was wrong with the newest backup that had been begun; `newest` when it served, `none` when there was none at all. */
export type RecoveryReason = 'newest' | 'unfinished' | 'damaged' | 'removed' | 'chain broken' | 'none';

export interface Recovery {
  atMs: number;
  /** From the state that was restored to the disaster; Infinity when everything is lost. */
  lostMs: number;
  /** How long the restore takes; Infinity when there is nothing to restore. */
  restoreMs: number;
  usedBackup: Backup | null;
  reason: RecoveryReason;
}

/**
 * The best recovery at an instant. Backups taken from `damagedSinceMs` on hold damaged data and are passed over.
 * @param backups in the order in which they were begun
 */
export function recoverAt(backups: readonly Backup[], atMs: number, costs: RestoreCosts, damagedSinceMs = Infinity): Recovery {
  let reason: RecoveryReason | undefined;
  for (let index = backups.length - 1; index >= 0; index--) {
    const backup = backups[index];
    if (backup.takenMs > atMs) continue;
    const found = conditionOf(backups, backup, atMs, damagedSinceMs);
    reason ??= found;
    if (found !== 'newest') continue;
    return { atMs, lostMs: atMs - backup.takenMs, restoreMs: restoreTime(backups, backup, costs), usedBackup: backup, reason };
  }
  return { atMs, lostMs: Infinity, restoreMs: Infinity, usedBackup: null, reason: reason ?? 'none' };
}

function conditionOf(backups: readonly Backup[], backup: Backup, atMs: number, damagedSinceMs: number): RecoveryReason {
  // Done in the very instant of a disaster is not done: what is done to the system comes first.
  if (backup.doneMs >= atMs) return 'unfinished';
  if (backup.removedMs < atMs) return 'removed';
  if (backup.takenMs >= damagedSinceMs) return 'damaged';
  for (let link = backups[backup.base]; link !== undefined; link = backups[link.base]) if (link.removedMs < atMs) return 'chain broken';
  return 'newest';
}

function restoreTime(backups: readonly Backup[], backup: Backup, { restoreMbPerSecond, fixedMs = 0, wholeMb }: RestoreCosts): number {
  if (wholeMb !== undefined) return fixedMs + (wholeMb / restoreMbPerSecond) * 1000;
  let totalMs = 0;
  for (let link: Backup | undefined = backup; link !== undefined; link = backups[link.base]) {
    totalMs += fixedMs + (link.sizeMb / restoreMbPerSecond) * 1000;
  }
  return totalMs;
}
