// A plan of backups and what it is worth. Backups begin at given instants and take as long as there is to copy; retention removes
// what no rule keeps; then a disaster strikes, or damage is found that began long before. What is lost falls out of the run.
// Verbs: destroy (all live data is gone now); damage (data goes bad unnoticed) and end damage (it is noticed, and restored).

import { utcMs } from '../../kernel/civil';
import { Level } from '../../measure/level';
import * as sentences from '../../record/sentences';
import { partStates, recordKinds } from '../../record/trace';
import { positive } from '../options';
import type { System } from '../system';
import { type Backup, type BackupKind, type Recovery, type RestoreCosts, recoverAt } from './recovery';
import { applyRetention, type RetentionPolicy } from './retention';
import type { WrittenMb } from './writes';

export interface BackupPlanOptions {
  name?: string;
  label?: string;
  /** When to begin which backup; ascending. One that is due while another runs, or during a restore, is skipped. */
  schedule: readonly { atMs: number; kind: BackupKind }[];
  /** Size of the data, in MB. No backup is larger, however often the data was written over. */
  sizeMb: number;
  written: WrittenMb;
  backupMbPerSecond: number;
  restoreMbPerSecond: number;
  /** Of each backup, and of each one fetched, whatever its size, in ms. Default 0. */
  fixedMs?: number;
  /**
   * What an incremental backup builds on. chain: the one before it. differential: the last full one.
   * repository: nothing, though it copies only what changed since the one before (restic, Borg). Default: chain.
   */
  incremental?: 'chain' | 'differential' | 'repository';
  /** Applied after each backup. Default: everything is kept. */
  retention?: RetentionPolicy;
  /** Whether what a kept backup builds on is kept too. A script that deletes by age does not. Default true. */
  keepsBases?: boolean;
  /** When the run begins, in ms since 1970: retention counts in days and weeks. Default 2024-01-01T00:00Z, a Monday. */
  epochMs?: number;
}

/** A recovery that took place. */
export interface PlannedRecovery extends Recovery {
  cause: typeof sentences.destroyed | typeof sentences.damaged;
  lostMb: number;
  /** Nobody knew yet that the restored data was damaged. */
  isDamaged: boolean;
}

export class BackupPlan {
  readonly id: number;
  readonly name: string;
  /** All that were ever begun, in that order. */
  readonly backups: Backup[] = [];
  readonly recoveries: PlannedRecovery[] = [];
  /** Backups that were due and did not begin. */
  skipped = 0;
  /** Finished backups that are kept, and their size: what the plan costs. */
  readonly kept = new Level();
  readonly storedMb = new Level();
  /** Those that are finished and kept, in the order in which they were begun. */
  private stored: Backup[] = [];
  private running: Backup | undefined;
  private restoredAtMs = -Infinity;
  private damagedSinceMs = Infinity;
  private needsFull = true;
  private readonly epochMs: number;
  private readonly costs: RestoreCosts;
  private readonly levelKept: number;
  private readonly levelStored: number;

  constructor(
    private readonly system: System,
    private readonly options: BackupPlanOptions,
  ) {
    const { simulation } = system;
    const { sizeMb, restoreMbPerSecond, fixedMs = 0, label } = options;
    this.name = options.name ?? 'backups';
    this.epochMs = options.epochMs ?? utcMs(2024, 1, 1);
    positive(this.name, 'size of the data', sizeMb);
    positive(this.name, 'speed of backups', options.backupMbPerSecond);
    positive(this.name, 'speed of restores', restoreMbPerSecond);
    if (!(fixedMs >= 0 && fixedMs < Infinity))
      throw new RangeError(`A backup of ${this.name} takes ${fixedMs} ms besides; it must be 0 or more.`);
    this.costs = { restoreMbPerSecond, fixedMs, wholeMb: options.incremental === 'repository' ? sizeMb : undefined };
    applyRetention([], options.retention ?? {});
    this.id = system.register(
      { name: this.name, kind: 'database', label: label ?? 'Backups', concurrency: 0, queueCapacity: 0, speed: 1 },
      { destroy: () => this.destroy(), damage: () => this.damage(), 'end damage': () => this.findDamage() },
    );
    this.levelKept = simulation.recorder.levelIndex('backups kept');
    this.levelStored = simulation.recorder.levelIndex('backups MB');
    options.schedule.forEach(({ atMs, kind }, index) => {
      if (index > 0 && !(atMs > options.schedule[index - 1].atMs)) {
        throw new RangeError(`Backup ${index + 1} of ${this.name} is due at ${atMs} ms; each must be due after the one before.`);
      }
      simulation.at(atMs, () => this.begin(kind));
    });
    simulation.parts.push({
      name: this.name,
      warm: (nowMs) => {
        this.kept.warm(nowMs);
        this.storedMb.warm(nowMs);
      },
      close: (horizonMs) => this.close(horizonMs),
      audit: () => this.audit(),
    });
  }

  /** What a disaster at this instant, up to now, would have cost, with the backups of that time. */
  recoveryAt(atMs: number, damagedSinceMs = Infinity): Recovery {
    return recoverAt(this.backups, atMs, this.costs, damagedSinceMs);
  }

  private begin(wanted: BackupKind): void {
    const { simulation } = this.system;
    const { nowMs } = simulation;
    const { sizeMb, written, backupMbPerSecond, fixedMs = 0, incremental = 'chain' } = this.options;
    if (this.running !== undefined || nowMs < this.restoredAtMs) {
      this.skipped++;
      simulation.recorder.say(nowMs, 'warn', this.id, this.running ? sentences.backupDueBackup : sentences.backupDueRestore);
      return;
    }
    const before = wanted === 'full' || this.needsFull ? undefined : this.lastKept(incremental === 'differential');
    const changedMb = before === undefined ? sizeMb : Math.min(sizeMb, written(nowMs) - written(before.takenMs));
    const backup: Backup = {
      index: this.backups.length,
      kind: before === undefined ? 'full' : 'incremental',
      takenMs: nowMs,
      doneMs: Infinity,
      removedMs: Infinity,
      sizeMb: changedMb,
      base: before === undefined || incremental === 'repository' ? -1 : before.index,
    };
    this.backups.push(backup);
    this.running = backup;
    simulation.at(nowMs + fixedMs + (changedMb / backupMbPerSecond) * 1000, () => this.complete(backup));
  }

  private lastKept(isFull: boolean): Backup | undefined {
    return this.backups.findLast(
      ({ kind, doneMs, removedMs }) => doneMs < Infinity && removedMs === Infinity && (!isFull || kind === 'full'),
    );
  }

  private complete(backup: Backup): void {
    if (this.running !== backup) return;
    const { nowMs, recorder } = this.system.simulation;
    this.running = undefined;
    this.needsFull = false;
    backup.doneMs = nowMs;
    this.stored.push(backup);
    this.change(1, backup.sizeMb);
    recorder.say(nowMs, 'info', this.id, sentences.backupDone, { kind: backup.kind, number: backup.index + 1 });
    this.retain();
  }

  private retain(): void {
    const { retention, keepsBases = true } = this.options;
    if (retention === undefined) return;
    const { nowMs } = this.system.simulation;
    const snapshots = this.stored.map((backup) => ({ atMs: this.epochMs + backup.takenMs, backup }));
    const { keep, remove } = applyRetention(snapshots, retention);
    const needed = new Set<number>();
    if (keepsBases) {
      for (const { snapshot } of keep) for (let base = snapshot.backup.base; base >= 0; base = this.backups[base].base) needed.add(base);
    }
    for (const { backup } of remove) {
      if (needed.has(backup.index)) continue;
      backup.removedMs = nowMs;
      this.change(-1, -backup.sizeMb);
    }
    if (remove.length > 0) this.stored = this.stored.filter(({ removedMs }) => removedMs === Infinity);
  }

  private destroy(): void {
    this.recover(sentences.destroyed, Infinity);
  }

  private damage(): void {
    const { nowMs } = this.system.simulation;
    this.damagedSinceMs = Math.min(this.damagedSinceMs, nowMs);
  }

  private findDamage(): void {
    if (this.damagedSinceMs < Infinity) this.recover(sentences.damaged, this.damagedSinceMs);
  }

  /** The backup that ran is lost with the data it copied. After the restore the next one begins a new chain. */
  private recover(cause: PlannedRecovery['cause'], knownDamageMs: number): void {
    const { simulation } = this.system;
    const { nowMs, recorder } = simulation;
    const recovery = this.recoveryAt(nowMs, knownDamageMs);
    const { usedBackup, restoreMs, lostMs } = recovery;
    const isDamaged = usedBackup !== null && usedBackup.takenMs >= this.damagedSinceMs;
    const { written } = this.options;
    const lostMb = usedBackup === null ? Infinity : written(nowMs) - written(usedBackup.takenMs);
    this.recoveries.push({ ...recovery, cause, lostMb, isDamaged });
    this.running = undefined;
    this.needsFull = true;
    if (!isDamaged) this.damagedSinceMs = Infinity;
    const [what, inFull] =
      usedBackup === null ? [sentences.nothingLeft, sentences.nothingLeftWhy] : [sentences.dataLost, sentences.dataLostWhy];
    const values = { cause, minutes: Math.round(lostMs / 60_000), reason: recovery.reason };
    recorder.coarse(nowMs, recordKinds.state, this.id, partStates.down, 0);
    recorder.mark(nowMs, 'crash', this.id, what, values);
    recorder.say(nowMs, 'error', this.id, inFull, values);
    const restoredAtMs = nowMs + (restoreMs < Infinity ? restoreMs : 0);
    this.restoredAtMs = restoredAtMs;
    simulation.at(restoredAtMs, () => {
      if (this.restoredAtMs !== restoredAtMs) return;
      recorder.coarse(restoredAtMs, recordKinds.state, this.id, partStates.up, 1);
      recorder.mark(restoredAtMs, 'restore', this.id, sentences.dataRestored);
    });
  }

  private change(count: 1 | -1, sizeMb: number): void {
    const { nowMs, recorder } = this.system.simulation;
    this.kept.add(nowMs, count);
    this.storedMb.add(nowMs, sizeMb);
    recorder.coarse(nowMs, recordKinds.level, this.id, this.levelKept, this.kept.value);
    recorder.coarse(nowMs, recordKinds.level, this.id, this.levelStored, this.storedMb.value);
  }

  private close(horizonMs: number): void {
    this.kept.close(horizonMs);
    this.storedMb.close(horizonMs);
  }

  private audit(): void {
    let kept = 0;
    for (const { doneMs, removedMs } of this.backups) if (doneMs < Infinity && removedMs === Infinity) kept++;
    if (kept !== this.kept.value) throw new Error(`${this.name} counts ${this.kept.value} backups, but ${kept} are kept.`);
  }
}
