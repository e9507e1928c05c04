// One of several does the work: a lock with a lease. A candidate trusts no clock but its own: it takes over when the record has not changed
// for a whole lease by its own watch. So clocks may be wrong by any amount; only their rates may differ by no more than lease to renew
// deadline. The lock does not fence: one that was paused works on.
// Source: Kubernetes client-go tools/leaderelection/leaderelection.go (2026-07).

import type { EventHandle } from '../../kernel/calendar';
import { keyedUniform } from '../../kernel/random';
import * as sentences from '../../record/sentences';
import { partStates, recordKinds } from '../../record/trace';
import { positive } from '../options';
import type { System } from '../system';

/** The record that all candidates read and write, in a store that is always there and does one thing at a time. */
export class LeaderLock {
  holder = '';
  /** What its holder promised: whole seconds. */
  leaseMs = 0;
  /** Grows with every write. */
  version = 0;
  /** Grows with every change of the holder: a token that can fence off an earlier one. */
  transitions = 0;
  /** How long none, one, and two or more believed to lead, in ms, up to the last change. */
  readonly leadingMs = new Float64Array(3);
  /** How many believe it now. */
  leaders = 0;
  private sinceMs = 0;

  write(holder: string, leaseMs: number): void {
    if (holder !== this.holder && holder !== '') this.transitions++;
    this.holder = holder;
    this.leaseMs = leaseMs;
    this.version++;
  }

  /** Somebody begins (1) or ceases (-1) to believe; 0 brings the times up to now. */
  count(nowMs: number, change: -1 | 0 | 1): void {
    this.leadingMs[Math.min(this.leaders, 2)] += nowMs - this.sinceMs;
    this.sinceMs = nowMs;
    this.leaders += change;
  }
}

export interface LeaderCandidateOptions {
  name: string;
  label?: string;
  /** Without a change for so long, others may take over. Counts in whole seconds. Default 15 s. */
  leaseMs?: number;
  /** A leader that cannot renew for so long gives up. Default 10 s. */
  renewDeadlineMs?: number;
  /** Between two tries; for those who wait, up to 2.2 times as long. Default 2 s. */
  retryMs?: number;
  /** How fast its clock runs: 1.5 for one that gains half an hour in an hour. Default 1. */
  clockRate?: number;
  /** When it begins to try. Default 0. */
  startMs?: number;
}

const jitterFactor = 1.2;

/** Someone who would lead. Verbs: crash, restore; pause and end pause; cut and end cut (from the store); stop (hands the lock back). */
export class LeaderCandidate {
  readonly id: number;
  readonly name: string;
  /** What it believes of itself; others may know better. */
  isLeading = false;
  /** Times that it began to lead. */
  terms = 0;
  /** Called when it begins to lead. */
  readonly whenLeading: (() => void)[] = [];
  private readonly leaseMs: number;
  private readonly renewDeadlineMs: number;
  private readonly retryMs: number;
  private readonly clockRate: number;
  private readonly jitterKey: number;
  private readonly handler: number;
  private timer: EventHandle = 0;
  private isDown = false;
  private isPaused = false;
  private hasMissedTimer = false;
  private isCut = false;
  private tries = 0;
  /** A process that starts again is somebody else to the lock. */
  private lives = 0;
  private observedVersion = -1;
  private observedMs = 0;
  private roundStartMs = -1;

  constructor(
    private readonly system: System,
    readonly lock: LeaderLock,
    { name, label, leaseMs = 15_000, renewDeadlineMs = 10_000, retryMs = 2000, clockRate = 1, startMs = 0 }: LeaderCandidateOptions,
  ) {
    this.name = name;
    this.retryMs = positive(name, 'time between tries', retryMs);
    this.renewDeadlineMs = positive(name, 'renew deadline', renewDeadlineMs);
    this.leaseMs = Math.floor(positive(name, 'lease', leaseMs) / 1000) * 1000;
    this.clockRate = positive(name, 'clock rate', clockRate);
    if (!(leaseMs > renewDeadlineMs && renewDeadlineMs > jitterFactor * retryMs)) {
      throw new RangeError(
        `${name} has a lease of ${leaseMs} ms, a renew deadline of ${renewDeadlineMs} ms and tries every ${retryMs} ms; the lease must be longer than the deadline, and that longer than ${jitterFactor} times the gap.`,
      );
    }
    const { simulation } = system;
    this.jitterKey = simulation.random.key(`${name} jitter`);
    this.handler = simulation.on(() => this.wake());
    this.id = system.register(
      { name, kind: 'server', label: label ?? name, concurrency: 0, queueCapacity: 0, speed: 1 },
      {
        crash: () => this.crash(),
        restore: () => this.restore(),
        pause: () => this.pause(true),
        'end pause': () => this.pause(false),
        cut: () => this.setCut(true),
        'end cut': () => this.setCut(false),
        stop: () => this.stop(),
      },
    );
    this.timer = simulation.scheduleAt(startMs, this.handler);
    simulation.parts.push({ name, close: (horizonMs) => lock.count(horizonMs, 0) });
  }

  private wake(): void {
    this.timer = 0;
    if (this.isPaused) this.hasMissedTimer = true;
    else if (this.isLeading) this.renew();
    else this.acquire();
  }

  private acquire(): void {
    if (!this.tryLock()) {
      const gap = 1 + jitterFactor * keyedUniform(this.jitterKey, this.lives, this.tries++);
      this.wakeIn(this.retryMs * gap);
      return;
    }
    this.terms++;
    this.roundStartMs = -1;
    this.lead(true, sentences.leads);
    this.wakeIn(0);
    for (const listener of this.whenLeading) listener();
  }

  /** A round of tries to renew: one is enough, and the next round is due a gap later; none until the deadline, and it steps down. */
  private renew(): void {
    const { nowMs } = this.system.simulation;
    if (this.roundStartMs < 0) this.roundStartMs = nowMs;
    const spentMs = (nowMs - this.roundStartMs) * this.clockRate;
    // A millionth less: what is left might be too little to move the clock.
    if (spentMs > this.renewDeadlineMs - 1e-6) {
      this.lead(false, sentences.notRenewed);
      this.wakeIn(this.retryMs);
    } else if (this.tryLock()) {
      this.roundStartMs = -1;
      this.wakeIn(this.retryMs);
    } else this.wakeIn(Math.min(this.retryMs, this.renewDeadlineMs - spentMs));
  }

  /** Takes or renews the lock unless it is out of reach, or somebody else's and fresh. */
  private tryLock(): boolean {
    const { lock } = this;
    const { nowMs } = this.system.simulation;
    if (this.isCut) return false;
    if (lock.version !== this.observedVersion) this.observe();
    const isFresh = this.observedMs + lock.leaseMs / this.clockRate > nowMs;
    if (lock.holder !== '' && lock.holder !== this.identity && isFresh) return false;
    lock.write(this.identity, this.leaseMs);
    this.observe();
    return true;
  }

  private observe(): void {
    this.observedVersion = this.lock.version;
    this.observedMs = this.system.simulation.nowMs;
  }

  private get identity(): string {
    return `${this.name}_${this.lives}`;
  }

  private lead(isLeading: boolean, what: string): void {
    const { nowMs, recorder } = this.system.simulation;
    this.isLeading = isLeading;
    this.lock.count(nowMs, isLeading ? 1 : -1);
    recorder.coarse(nowMs, recordKinds.level, this.id, recorder.levelIndex('leads'), isLeading ? 1 : 0);
    recorder.mark(nowMs, 'note', this.id, what);
    recorder.say(nowMs, isLeading ? 'info' : 'warn', this.id, what);
  }

  private wakeIn(ownMs: number): void {
    this.timer = this.system.simulation.schedule(ownMs / this.clockRate, this.handler);
  }

  private crash(): void {
    if (this.isDown) return;
    this.isDown = true;
    if (this.timer !== 0) this.system.simulation.cancel(this.timer);
    this.hasMissedTimer = false;
    this.isPaused = false;
    if (this.isLeading) this.lead(false, sentences.leaderCrashed);
    this.turn(partStates.down);
  }

  private restore(): void {
    if (!this.isDown) return;
    this.isDown = false;
    this.lives++;
    this.observedVersion = -1;
    this.turn(partStates.up);
    this.wakeIn(0);
  }

  /** A pause of the process: it notices nothing, and goes on where it was. */
  private pause(isPaused: boolean): void {
    if (this.isDown) return;
    this.isPaused = isPaused;
    this.turn(isPaused ? partStates.paused : partStates.up, isPaused ? 0 : 1);
    if (isPaused || !this.hasMissedTimer) return;
    this.hasMissedTimer = false;
    this.wake();
  }

  private setCut(isCut: boolean): void {
    this.isCut = isCut;
  }

  /** Ends in good order: the lock is free for whoever tries next. */
  private stop(): void {
    if (this.isLeading && !this.isCut && this.lock.holder === this.identity) this.lock.write('', 1000);
    this.crash();
  }

  private turn(state: number, factor = state === partStates.up ? 1 : 0): void {
    const { nowMs, recorder } = this.system.simulation;
    recorder.coarse(nowMs, recordKinds.state, this.id, state, factor);
  }
}
