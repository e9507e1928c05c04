// A group of consumers that share the work on a log: each partition is read by one of them, and the group keeps, for each, the offset
// of the first message that it is not through with. When that offset is written decides what a crash costs: before the work, and
// messages are lost; after it, and they come again. Names and defaults follow the consumer of Apache Kafka 3.9.

import { type Accounts, type Fate, fates } from '../../measure/accounts';
import { Level } from '../../measure/level';
import { StationBooks } from '../../measure/station';
import { Tally } from '../../measure/tally';
import * as sentences from '../../record/sentences';
import { recordKinds } from '../../record/trace';
import type { Call } from '../call';
import { milliseconds } from '../network/limits';
import { positive, wholeNumber } from '../options';
import { type CoordinatorOptions, GroupCoordinator } from './groupCoordinator';
import type { Effects } from './messageConsumer';
import type { LogMessage, LogReader, PartitionedLog, Reading } from './partitionedLog';

export interface ConsumerGroupOptions extends CoordinatorOptions {
  name?: string;
  effects: Effects;
  /**
   * When the offset is committed. before: as soon as messages are fetched (at most once). after: when all that were fetched are done;
   * each: when one is done (both at least once). auto: with a poll, when the last time was `autoCommitMs` ago (at least once, too,
   * since what earlier polls gave is done by then). Exactly one effect is either of the last three with `effects` that are idempotent.
   * Default: auto.
   */
  commit?: 'before' | 'after' | 'each' | 'auto';
  /** Default 5 s. */
  autoCommitMs?: number;
  /** The most messages that one poll gives. Default 500. */
  maxPollRecords?: number;
  /** Least time from one poll to the next, in ms. Default 0: a consumer polls when it is through, and waits for what comes. */
  pollEveryMs?: number;
  /** Where reading goes on when what comes next was deleted: at the oldest message there is, or at the end. Default: latest. */
  autoOffsetReset?: 'earliest' | 'latest';
  /** Tries before a message goes to the dead letters. Default: never, and what comes after it in its partition waits. */
  mostTries?: number;
  /** Default 100. */
  retryAfterMs?: number;
  /** Work of finding out that a message was handled before, in ms. Default 1. */
  repeatWorkMs?: number;
  /** Messages that can never be handled: the work is done and fails. Default: none. */
  isPoison?: (message: Pick<Call, 'request' | 'key' | 'requestClass'>) => boolean;
}

/** Where to read in a partition. */
export type Position = readonly [partition: number, offset: number];

export interface Fetched {
  readings: readonly Reading[];
  /** Where to go on, of those positions that have moved. */
  positions: readonly Position[];
}

interface Waiting {
  wanted: readonly Position[];
  reply: (fetched: Fetched) => void;
}

/**
 * It has read the log before: at the start, all that there is (nothing) is committed.
 * The books: a message is open from being written until the group will not read it again and nobody works on it any more. Completed:
 * the work was done. Failed: it is among the dead letters. Lost: deleted or skipped before the work was done, or committed by somebody
 * who crashed before he had done it.
 */
export class ConsumerGroup implements LogReader {
  readonly name: string;
  readonly books: StationBooks;
  readonly coordinator: GroupCoordinator;
  /** From being written until the books are closed, of completed messages. */
  readonly age = new Tally();
  readonly deadLetters: number[] = [];
  /** By partition: the first offset that is not committed, and how far it is from there to the end, deleted messages included. */
  readonly committed: Float64Array;
  readonly lag: readonly Level[];
  /** Deliveries beyond the first of each message. */
  redelivered = 0;
  /** Commits of consumers that were no longer in the group. */
  refusedCommits = 0;
  /** Of its static members: each is for one. */
  readonly instanceIds = new Set<string>();
  private readonly index: number;
  /** By partition: whatever lies before will not be read again. */
  private readonly passed: Float64Array;
  private readonly open = new Set<Reading>();
  /** Consumers that wait for messages, by their part's number. */
  private readonly waiting = new Map<number, Waiting>();
  private readonly levels: readonly number[];
  private readonly maxPollRecords: number;

  constructor(
    readonly log: PartitionedLog,
    readonly options: ConsumerGroupOptions,
  ) {
    const { name = 'group', maxPollRecords = 500 } = options;
    const { simulation } = log.system;
    this.name = name;
    if (log.accounts().opened > 0) throw new Error(`The group ${name} must be there before the first message comes to ${log.name}.`);
    this.books = new StationBooks(name);
    this.maxPollRecords = wholeNumber(name, 'most messages of a poll', maxPollRecords, 1);
    checkOptions(name, options);
    this.coordinator = new GroupCoordinator(name, log, options);
    const count = log.partitions.length;
    this.committed = new Float64Array(count);
    this.passed = new Float64Array(count);
    this.lag = log.partitions.map(() => new Level());
    this.levels = this.lag.map((_, partition) => simulation.recorder.levelIndex(`${name} lag ${partition}`));
    this.index = log.readers.push(this) - 1;
    simulation.parts.push({
      name,
      warm: (nowMs) => this.warm(nowMs),
      close: (horizonMs) => {
        this.books.close(horizonMs, this.open);
        for (const level of [...this.lag, this.coordinator.rebalancing]) level.close(horizonMs);
      },
      audit: () => this.books.audit(),
    });
  }

  /** Whether its consumers commit by the clock, with a poll, and before they let go of a partition. */
  get commitsWithPolls(): boolean {
    return (this.options.commit ?? 'auto') === 'auto';
  }

  /** The lag of all partitions together. */
  get totalLag(): number {
    return this.lag.reduce((sum, { value }) => sum + value, 0);
  }

  accounts(): Accounts {
    return this.books.accounts();
  }

  /** Gives what there is from these positions on, the first partitions first; or, when there is nothing, what comes next. */
  fetch(consumer: number, wanted: readonly Position[], reply: (fetched: Fetched) => void): void {
    this.waiting.delete(consumer);
    const found = this.read(wanted);
    if (found.positions.length > 0) reply(found);
    else this.waiting.set(consumer, { wanted, reply });
  }

  /** @returns whether it counts: only what a member of this generation says does */
  commit(id: string, generation: number, positions: readonly Position[]): boolean {
    if (!this.coordinator.hears(id, generation)) {
      this.refusedCommits++;
      return false;
    }
    for (const [partition, offset] of positions) {
      this.committed[partition] = offset;
      this.pass(partition, offset);
      this.showLag(partition);
    }
    return true;
  }

  /** A consumer has fetched it. */
  hold(reading: Reading): void {
    reading.holders++;
  }

  /** The work begins, for the first time at this consumer. */
  deliver(reading: Reading): void {
    if (reading.deliveries++ > 0) this.redelivered++;
  }

  /** A consumer is through with it; with no fate, it has let it go undone. */
  release(reading: Reading, fate?: Fate): void {
    const { request } = reading.message;
    reading.holders--;
    if (fate === fates.completed) this.options.effects.apply(request);
    else if (fate === fates.failed) this.bury(request);
    if (fate !== undefined && reading.fate !== fates.completed) reading.fate = fate;
    if (reading.isPassed) this.settle(reading);
  }

  appended(message: LogMessage): void {
    const reading = message.readings[this.index];
    const { partition } = message;
    this.open.add(reading);
    this.books.enter(reading.enteredMs);
    this.showLag(partition);
    for (const [consumer, { wanted, reply }] of this.waiting) {
      if (wanted.some(([one]) => one === partition)) this.fetch(consumer, wanted, reply);
    }
  }

  deleted(partition: number): void {
    const before = this.books.book.counts[fates.lost];
    this.pass(partition, this.log.partitions[partition].startOffset);
    this.sayLost(partition, before, sentences.groupLost);
  }

  crashed(): void {
    this.waiting.clear();
  }

  awoke(): void {
    this.coordinator.awoke();
  }

  private read(wanted: readonly Position[]): Fetched {
    const readings: Reading[] = [];
    const positions: Position[] = [];
    for (const [partition, position] of wanted) {
      const { startOffset, endOffset, messages } = this.log.partitions[partition];
      const from = position < startOffset ? this.reset(partition) : position;
      const until = Math.min(endOffset, from + this.maxPollRecords - readings.length);
      for (let offset = from; offset < until; offset++) readings.push(messages[offset - endOffset + messages.length].readings[this.index]);
      if (until !== position) positions.push([partition, until]);
    }
    return { readings, positions };
  }

  /** What should be read next is gone. */
  private reset(partition: number): number {
    const { startOffset, endOffset } = this.log.partitions[partition];
    if (this.options.autoOffsetReset === 'earliest') return startOffset;
    const before = this.books.book.counts[fates.lost];
    this.pass(partition, endOffset);
    this.sayLost(partition, before, sentences.groupSkipped);
    return endOffset;
  }

  /** Nothing before `until` will be read again. */
  private pass(partition: number, until: number): void {
    const { endOffset, messages } = this.log.partitions[partition];
    for (let offset = this.passed[partition]; offset < until; offset++) {
      const reading = messages[offset - endOffset + messages.length].readings[this.index];
      reading.isPassed = true;
      this.settle(reading);
    }
    this.passed[partition] = Math.max(this.passed[partition], until);
  }

  /** Its books are closed once the work is done, or nobody is there who could still do it. */
  private settle(reading: Reading): void {
    const { fate = fates.lost, holders, enteredMs, message } = reading;
    if (!this.open.has(reading) || (fate === fates.lost && holders > 0)) return;
    const { nowMs } = this.log.system.simulation;
    this.open.delete(reading);
    this.books.leave(nowMs, enteredMs, fate);
    if (fate === fates.completed) this.age.record(nowMs - enteredMs);
    this.log.settle(message, fate);
  }

  private bury(request: number): void {
    const { nowMs, recorder } = this.log.system.simulation;
    this.deadLetters.push(request);
    recorder.say(nowMs, 'warn', this.log.id, sentences.groupDeadLetter, { group: this.name }, request);
  }

  private sayLost(partition: number, before: number, what: string): void {
    const { nowMs, recorder } = this.log.system.simulation;
    const count = this.books.book.counts[fates.lost] - before;
    if (count === 0) return;
    const values = { group: this.name, partition, count };
    recorder.mark(nowMs, 'note', this.log.id, what, values);
    recorder.say(nowMs, 'warn', this.log.id, what, values);
  }

  private showLag(partition: number): void {
    const { nowMs, recorder } = this.log.system.simulation;
    const lag = this.log.partitions[partition].endOffset - this.committed[partition];
    this.lag[partition].set(nowMs, lag);
    recorder.coarse(nowMs, recordKinds.level, this.log.id, this.levels[partition], lag);
  }

  private warm(nowMs: number): void {
    this.books.warm(nowMs, this.open);
    this.age.reset();
    for (const level of [...this.lag, this.coordinator.rebalancing]) level.warm(nowMs);
    this.redelivered = 0;
    this.refusedCommits = 0;
    this.coordinator.rebalances = 0;
  }
}

function checkOptions(name: string, options: ConsumerGroupOptions): void {
  const { autoCommitMs = 5000, pollEveryMs = 0, retryAfterMs = 100, repeatWorkMs = 1, mostTries } = options;
  positive(name, 'time between commits', autoCommitMs);
  milliseconds(name, 'time between polls', pollEveryMs);
  positive(name, 'time to the next try', retryAfterMs);
  milliseconds(name, 'work of a repeat', repeatWorkMs);
  if (mostTries !== undefined) wholeNumber(name, 'most tries', mostTries, 1);
}
