// Work at given instants, one run at a time or not: the rules of the Kubernetes CronJob, and those of plain cron.
// Instants are handed in; whoever reads cron expressions is elsewhere. An instant comes to nothing when a run is still active and the
// policy minds, when no scheduler is awake, or when it is too late; each such instant is counted.
// Source: kubernetes/kubernetes pkg/controller/cronjob/cronjob_controllerv2.go and utils.go (controller v2, since 1.21).

import { type EventHandle, phases } from '../../kernel/calendar';
import { type Accounts, Book, type Fate, fates } from '../../measure/accounts';
import { Level } from '../../measure/level';
import * as sentences from '../../record/sentences';
import { partStates, recordKinds } from '../../record/trace';
import type { Call, Caller, Part } from '../call';
import type { Link, LinkOptions } from '../link';
import type { System } from '../system';
import type { LeaderCandidate } from './leaderLock';
import { firstAfter, unmetInstants } from './unmetInstants';

/**
 * What an instant does while a run is active.
 * allow: starts another. forbid: lets it be; when the run ends, the latest instant is made up for, if it is not too late (CronJob).
 * skip: lets it be for good. replace: stops the run. queue: as forbid, but every instant is made up for, the earliest first.
 */
export type OverlapPolicy = 'allow' | 'forbid' | 'skip' | 'replace' | 'queue';

export interface ScheduledJobOptions {
  name: string;
  label?: string;
  /** Ascending, in ms. */
  instantsMs: readonly number[];
  /** Work of a run in ms: of the call to the part, or, when there is none, the time that it takes. */
  workMs: (dueMs: number, run: number) => number;
  /** Default: allow, as a CronJob's. */
  overlap?: OverlapPolicy;
  /** An instant is not made up for later than this. Default: for ever. */
  startingDeadlineMs?: number;
  /** What a scheduler does that finds more than 100 instants unmet: start (since Kubernetes 1.21) or refuse (before, and in its manual). */
  afterManyMissed?: 'start' | 'refuse';
  /** Whether a scheduler looks back at what it missed. Plain cron does not. Default true. */
  catchesUp?: boolean;
  /** The schedulers, of which one that leads starts runs. Without any, the job has one of its own, which can crash. */
  schedulers?: readonly LeaderCandidate[];
  /** Number of the first run as a request: above those of other sources that send to the same part. Default 0. */
  firstRequest?: number;
}

/** What became of the instants so far. */
export interface InstantAccounts {
  passed: number;
  started: number;
  /** A run was active. */
  skipped: number;
  /** No scheduler was awake, or it refused. */
  missed: number;
  /** May still be made up for. */
  waiting: number;
}

interface Run {
  call: Call | undefined;
  timer: EventHandle;
}

const manyMissed = 100;
/** What became of an instant: 0 while nothing did. */
const skipped = 1;
const started = 2;

export class ScheduledJob implements Caller {
  readonly id: number;
  readonly name: string;
  /** The runs: replaced ones are abandoned. */
  readonly book: Book;
  /** Runs that are active. */
  readonly running = new Level();
  /** Starts while another run was active. */
  overlaps = 0;
  /** Greatest delay of a start behind its instant, in ms. */
  latestStartMs = 0;
  private link: Link | undefined;
  private isDown = false;
  private lastStartMs = -Infinity;
  /** What became of each instant. */
  private readonly fatesOfInstants: Uint8Array;
  private readonly active: Run[] = [];
  private readonly overlap: OverlapPolicy;

  constructor(
    private readonly system: System,
    private readonly options: ScheduledJobOptions,
  ) {
    const { name, label, instantsMs, startingDeadlineMs = Infinity, schedulers = [] } = options;
    this.name = name;
    this.book = new Book(name);
    this.overlap = options.overlap ?? 'allow';
    if (!(startingDeadlineMs >= 0))
      throw new RangeError(`The starting deadline of ${name} is ${startingDeadlineMs} ms; it must be 0 or more.`);
    instantsMs.forEach((atMs, index) => {
      const isLater = index === 0 ? atMs >= 0 : atMs > instantsMs[index - 1];
      if (!isLater || atMs === Infinity) {
        throw new RangeError(`Instant ${index + 1} of ${name} is ${atMs} ms; instants begin from 0, and each comes after the one before.`);
      }
    });
    this.fatesOfInstants = new Uint8Array(instantsMs.length);
    const { simulation } = system;
    const own = { crash: () => this.setDown(true), restore: () => this.setDown(false) };
    const part = { name, kind: 'source', label: label ?? name, concurrency: 0, queueCapacity: 0, speed: 1 } as const;
    this.id = system.register(part, schedulers.length === 0 ? own : {});
    for (const { whenLeading } of schedulers) whenLeading.push(() => this.sync());
    simulation.parts.push({
      name,
      warm: (nowMs) => this.running.warm(nowMs),
      close: (horizonMs) => this.running.close(horizonMs),
      audit: () => this.audit(),
    });
    const handler = simulation.on((index) => {
      this.planInstant(handler, index + 1);
      this.sync();
    });
    this.planInstant(handler, 0);
  }

  /** Each run is a call to this part. */
  to(part: Part, options?: LinkOptions): this {
    this.link = this.system.link(this.id, part, options);
    return this;
  }

  reply(call: Call, fate: Fate): void {
    const run = this.active.find((each) => each.call === call) as Run;
    this.system.release(call);
    this.end(run, fate);
    this.makeUp();
  }

  accounts(): Accounts {
    return this.book.accounts(this.active.length);
  }

  instants(): InstantAccounts {
    const { instantsMs } = this.options;
    const { nowMs } = this.system.simulation;
    const passed = firstAfter(instantsMs, nowMs);
    const result = { passed, started: 0, skipped: 0, missed: 0, waiting: 0 };
    const { first, end } = this.unmet();
    const firstWaiting = this.refuses(end - first) ? end : this.overlap === 'queue' ? first : Math.max(first, end - 1);
    for (let index = 0; index < passed; index++) {
      if (this.fatesOfInstants[index] === started) result.started++;
      else if (index >= firstWaiting && index < end) result.waiting++;
      else if (this.fatesOfInstants[index] === skipped) result.skipped++;
      else result.missed++;
    }
    return result;
  }

  private get isAwake(): boolean {
    const { schedulers = [] } = this.options;
    return schedulers.length === 0 ? !this.isDown : schedulers.some(({ isLeading }) => isLeading);
  }

  private refuses(unmetCount: number): boolean {
    return this.options.afterManyMissed === 'refuse' && unmetCount > manyMissed;
  }

  private planInstant(handler: number, index: number): void {
    const { instantsMs } = this.options;
    if (index < instantsMs.length) this.system.simulation.scheduleAt(instantsMs[index], handler, index);
  }

  private unmet(): { first: number; end: number } {
    const { instantsMs, startingDeadlineMs, catchesUp = true } = this.options;
    const { nowMs } = this.system.simulation;
    const range = unmetInstants(instantsMs, { lastStartMs: this.lastStartMs, nowMs, startingDeadlineMs });
    if (catchesUp) return range;
    const isNow = range.end > range.first && instantsMs[range.end - 1] === nowMs;
    return { first: isNow ? range.end - 1 : range.end, end: range.end };
  }

  /** A scheduler looks at the job: at an instant, when a run has ended, when it wakes. */
  private sync(): void {
    if (!this.isAwake) return;
    const { instantsMs } = this.options;
    const { first, end } = this.unmet();
    if (first === end) return;
    if (end - first > manyMissed) {
      const { nowMs, recorder } = this.system.simulation;
      recorder.say(nowMs, 'warn', this.id, sentences.manyMissed, { most: manyMissed });
      if (this.refuses(end - first)) return;
    }
    const index = this.overlap === 'queue' ? first : end - 1;
    if (this.active.length > 0 && !this.makesWay(end - 1)) return;
    this.start(index, instantsMs[index]);
  }

  /** Whether an instant may start a run although another is active. */
  private makesWay(index: number): boolean {
    const { overlap } = this;
    if (overlap === 'allow') return true;
    if (overlap === 'replace') {
      for (const run of [...this.active]) this.replaceRun(run);
      return true;
    }
    this.fatesOfInstants[index] = skipped;
    if (overlap === 'skip') this.lastStartMs = this.options.instantsMs[index];
    return false;
  }

  private start(index: number, dueMs: number): void {
    const { simulation } = this.system;
    const { nowMs, recorder } = simulation;
    const number = this.book.opened++;
    this.fatesOfInstants[index] = started;
    this.lastStartMs = dueMs;
    if (this.active.length > 0) this.overlaps++;
    this.latestStartMs = Math.max(this.latestStartMs, nowMs - dueMs);
    const workMs = this.options.workMs(dueMs, number);
    if (!(workMs >= 0 && workMs < Infinity))
      throw new RangeError(`Run ${number + 1} of ${this.name} takes ${workMs} ms; it must be 0 or more.`);
    const run: Run = { call: undefined, timer: 0 };
    this.active.push(run);
    this.running.set(nowMs, this.active.length);
    if (this.link === undefined) {
      const finish = (): void => {
        this.end(run, fates.completed);
        this.makeUp();
      };
      run.timer = simulation.at(nowMs + workMs, finish, phases.completion);
      return;
    }
    const call = this.system.newCall();
    call.request = this.options.firstRequest === undefined ? this.system.nextRequest() : this.options.firstRequest + number;
    call.attempt = 0;
    call.client = 0;
    call.key = 0;
    call.requestClass = 0;
    call.workMs = workMs;
    call.caller = this;
    run.call = call;
    recorder.request(nowMs, recordKinds.open, this.id, call.request, workMs);
    this.link.send(call);
  }

  private end(run: Run, fate: Fate): void {
    this.active.splice(this.active.indexOf(run), 1);
    this.running.set(this.system.simulation.nowMs, this.active.length);
    this.book.close(fate);
  }

  private makeUp(): void {
    if (this.overlap === 'forbid' || this.overlap === 'queue') this.sync();
  }

  private replaceRun(run: Run): void {
    this.end(run, fates.abandoned);
    if (run.call !== undefined) run.call.link.cancel(run.call);
    else this.system.simulation.cancel(run.timer);
  }

  private setDown(isDown: boolean): void {
    const { nowMs, recorder } = this.system.simulation;
    if (this.isDown === isDown) return;
    this.isDown = isDown;
    recorder.coarse(nowMs, recordKinds.state, this.id, isDown ? partStates.down : partStates.up, isDown ? 0 : 1);
    if (!isDown) this.sync();
  }

  private audit(): void {
    this.accounts();
    const { passed, ...kinds } = this.instants();
    const sum = kinds.started + kinds.skipped + kinds.missed + kinds.waiting;
    if (sum !== passed || kinds.started !== this.book.opened) {
      throw new Error(`The instants of ${this.name} do not balance: ${passed} passed, ${JSON.stringify(kinds)}, ${this.book.opened} runs.`);
    }
  }
}
