// A topic of a log with partitions: a message gets the next offset of its partition and stays there, read or not, until it is too old
// or the partition too large. Readers are groups (consumerGroup.ts); each goes through the log at its own pace, and order holds
// within a partition only. Names and defaults follow Apache Kafka 3.9, one broker, without replicas.

import { phases } from '../../kernel/calendar';
import { type Accounts, type Fate, fates } from '../../measure/accounts';
import { StationBooks } from '../../measure/station';
import { recordKinds } from '../../record/trace';
import { answer, type Call, type Part } from '../call';
import { Condition, type Machine } from '../condition';
import { milliseconds } from '../network/limits';
import { positive, wholeNumber } from '../options';
import { kafkaPartition } from '../partitioning/kafkaPartition';
import type { System } from '../system';
import { Inbox } from './inbox';
import { beginsSegment, expiredSegments, type LogRetentionRules, type LogSegment, logRetentionRules } from './logRetention';

export interface PartitionedLogOptions extends LogRetentionRules {
  name?: string;
  label?: string;
  /** 1 or more. Default 1. */
  partitions?: number;
  /** Text by whose hash (murmur2) a message finds its partition; undefined: the next in turn. Default: the digits of the call's key. */
  keyText?: (call: Call) => string | undefined;
  /**
   * When the sender is answered. leader (acks=1): when the message is written; failed when the broker is down.
   * none (acks=0): at once, and whatever becomes of it. Default: leader.
   */
  acks?: 'none' | 'leader';
  /** From the arrival of a message until it is written and can be read, in ms. Default 0. */
  appendMs?: number;
  /** Size of a message, above 0. Default 1,000 each. */
  bytesOf?: (call: Call) => number;
  /** How often it looks for segments to delete, in ms. Default 5 minutes. */
  retentionCheckMs?: number;
}

/** One message, from its arrival until it is deleted and every group is through with it. */
export interface LogMessage {
  readonly request: number;
  readonly client: number;
  readonly key: number;
  readonly workMs: number;
  readonly requestClass: number;
  readonly partition: number;
  readonly bytes: number;
  readonly enteredMs: number;
  offset: number;
  /** Who waits to hear that it is written. */
  call: Call | null;
  /** What it is to each group, by the group's index; and how many of them are not through with it. */
  readonly readings: Reading[];
  unread: number;
  /** The worst that a group made of it. */
  fate: Fate;
}

/** A message as one group sees it. */
export interface Reading {
  readonly message: LogMessage;
  /** When it was written. */
  readonly enteredMs: number;
  deliveries: number;
  /** Consumers that have it in hand. */
  holders: number;
  /** What came of the work on it, at best. */
  fate: Fate | undefined;
  /** The group will not read it again: it is committed, deleted or skipped. */
  isPassed: boolean;
}

export interface LogPartition {
  /** Offset of the oldest message there is, and of the one that will be written next. */
  startOffset: number;
  endOffset: number;
  readonly segments: LogSegment[];
  readonly messages: LogMessage[];
}

/** What a log tells a group. */
export interface LogReader {
  appended(message: LogMessage): void;
  /** Messages before its start offset are no more; they are still in `messages`. */
  deleted(partition: number): void;
  crashed(): void;
  awoke(): void;
}

/**
 * Verbs: crash (what is written stays; what is being written is lost), restore, restart, pause, end pause.
 * The books: a message is inside from its arrival until every group is through with it, and ends as the least lucky of them says.
 * Without groups it is inside until it is deleted, and is lost then.
 */
export class PartitionedLog implements Part, Machine {
  readonly id: number;
  readonly name: string;
  readonly books: StationBooks;
  readonly condition: Condition;
  readonly partitions: readonly LogPartition[];
  readonly readers: LogReader[] = [];
  /** What comes from consumers. */
  readonly inbox: Inbox;
  /** Messages that were deleted, read or not. */
  deleted = 0;
  private readonly open = new Set<LogMessage>();
  /** Arrived and not yet written. */
  private readonly writing: { message: LogMessage; readyMs: number }[] = [];
  private readonly writer: number;
  private inTurn = 0;
  private readonly appendMs: number;
  private readonly rules: Required<LogRetentionRules>;

  constructor(
    readonly system: System,
    private readonly options: PartitionedLogOptions = {},
  ) {
    const { name = 'log', label = 'Log', retentionCheckMs = 300_000 } = options;
    const { simulation } = system;
    this.name = name;
    this.books = new StationBooks(name);
    this.rules = logRetentionRules(name, options);
    this.appendMs = milliseconds(name, 'time to write a message', options.appendMs ?? 0);
    this.partitions = Array.from({ length: wholeNumber(name, 'number of partitions', options.partitions ?? 1, 1) }, () => ({
      startOffset: 0,
      endOffset: 0,
      segments: [emptySegment(0)],
      messages: [],
    }));
    this.condition = new Condition(system, this);
    this.inbox = new Inbox(this.condition);
    const { slow, 'end slow': _, ...verbs } = this.condition.verbs;
    this.id = system.register({ name, kind: 'queue', label, concurrency: 0, queueCapacity: Infinity, speed: 1 }, verbs);
    this.writer = simulation.on(() => this.write());
    positive(name, 'time between two looks for old segments', retentionCheckMs);
    if (Math.min(this.rules.retentionMs, this.rules.retentionBytes) < Infinity) {
      simulation.every(retentionCheckMs, () => this.deleteOld(), retentionCheckMs, phases.normal);
    }
    simulation.parts.push({
      name,
      snapshot: () => this.snapshot(),
      warm: (nowMs) => {
        this.books.warm(nowMs, this.open);
        this.deleted = 0;
      },
      close: (horizonMs) => this.books.close(horizonMs, this.open),
      audit: () => this.books.audit(),
    });
  }

  get inside(): number {
    return this.books.inside.value;
  }

  get isAwake(): boolean {
    return this.condition.factor > 0;
  }

  accounts(): Accounts {
    return this.books.accounts();
  }

  accept(call: Call): void {
    const { nowMs, recorder } = this.system.simulation;
    const message = this.messageOf(call);
    this.books.enter(nowMs);
    this.open.add(message);
    recorder.request(nowMs, recordKinds.enter, this.id, call.request, call.link.from);
    if (message.call === null) answer(call, fates.completed);
    if (!this.condition.isUp) {
      this.refuse(message, fates.failed);
      return;
    }
    this.writing.push({ message, readyMs: nowMs + this.appendMs });
    if (this.appendMs > 0) this.system.simulation.schedule(this.appendMs, this.writer);
    else this.write();
  }

  /** What was sent is written all the same. */
  cancel(call: Call): void {
    const waiting = this.writing.find(({ message }) => message.call === call);
    if (waiting !== undefined) waiting.message.call = null;
  }

  /** A group is through with a message. */
  settle(message: LogMessage, fate: Fate): void {
    message.fate = Math.max(message.fate, fate) as Fate;
    if (--message.unread === 0) this.leave(message, message.fate);
  }

  dropAll(): void {
    this.inbox.clear();
    for (const reader of this.readers) reader.crashed();
    for (let next = this.writing.shift(); next !== undefined; next = this.writing.shift()) this.refuse(next.message, fates.lost);
  }

  changeSpeed(factor: number): void {
    if (factor === 0) return;
    this.write();
    for (const reader of this.readers) reader.awoke();
    this.inbox.wake();
  }

  private messageOf(call: Call): LogMessage {
    const { acks = 'leader', bytesOf, keyText } = this.options;
    const { request, client, key, workMs, requestClass } = call;
    const text = keyText === undefined ? String(key) : keyText(call);
    const count = this.partitions.length;
    return {
      ...{ request, client, key, workMs, requestClass },
      partition: text === undefined ? this.inTurn++ % count : kafkaPartition(text, count),
      bytes: bytesOf === undefined ? 1000 : positive(this.name, `size of message ${request}`, bytesOf(call)),
      enteredMs: this.system.simulation.nowMs,
      offset: -1,
      call: acks === 'none' ? null : call,
      readings: [],
      unread: 0,
      fate: fates.completed,
    };
  }

  /** Nobody hears of what is not written when nobody waits to hear. */
  private refuse(message: LogMessage, fate: Fate): void {
    const { call } = message;
    this.leave(message, call === null ? fates.lost : fate);
    if (call !== null) answer(call, fate);
  }

  /** Whatever is due, in the order in which it came. */
  private write(): void {
    const { nowMs } = this.system.simulation;
    while (this.isAwake && this.writing.length > 0 && this.writing[0].readyMs <= nowMs) {
      this.append((this.writing.shift() as { message: LogMessage }).message);
    }
  }

  private append(message: LogMessage): void {
    const { nowMs, recorder } = this.system.simulation;
    const partition = this.partitions[message.partition];
    let segment = partition.segments[partition.segments.length - 1];
    if (beginsSegment(segment, message.bytes, nowMs, this.rules)) {
      segment = emptySegment(partition.endOffset);
      partition.segments.push(segment);
    }
    if (segment.bytes === 0) segment.firstMs = nowMs;
    segment.bytes += message.bytes;
    segment.latestMs = nowMs;
    message.offset = partition.endOffset++;
    partition.messages.push(message);
    message.unread = this.readers.length;
    for (const _ of this.readers) {
      message.readings.push({ message, enteredMs: nowMs, deliveries: 0, holders: 0, fate: undefined, isPassed: false });
    }
    recorder.request(nowMs, recordKinds.wait, this.id, message.request, this.inside);
    for (const reader of this.readers) reader.appended(message);
    const { call } = message;
    message.call = null;
    if (call !== null) answer(call, fates.completed);
  }

  private deleteOld(): void {
    if (!this.isAwake) return;
    const { nowMs } = this.system.simulation;
    this.partitions.forEach((partition, index) => {
      const { segments, messages } = partition;
      const expired = expiredSegments(segments, nowMs, this.rules);
      if (expired === 0) return;
      if (expired === segments.length) segments.push(emptySegment(partition.endOffset));
      segments.splice(0, expired);
      const count = segments[0].baseOffset - partition.startOffset;
      partition.startOffset += count;
      for (const reader of this.readers) reader.deleted(index);
      const gone = messages.splice(0, count);
      this.deleted += count;
      if (this.readers.length === 0) for (const message of gone) this.leave(message, fates.lost);
    });
  }

  private leave(message: LogMessage, fate: Fate): void {
    const { nowMs, recorder } = this.system.simulation;
    this.open.delete(message);
    this.books.leave(nowMs, message.enteredMs, fate);
    recorder.request(nowMs, recordKinds.leave, this.id, message.request, fate);
  }

  private snapshot(): void {
    const { nowMs, recorder } = this.system.simulation;
    let place = 0;
    for (const { request, offset } of this.open) {
      recorder.snapshot(nowMs, recordKinds.enter, this.id, request, -1);
      if (offset >= 0) recorder.snapshot(nowMs, recordKinds.wait, this.id, request, ++place);
    }
  }
}

function emptySegment(baseOffset: number): LogSegment {
  return { baseOffset, bytes: 0, firstMs: Number.NaN, latestMs: Number.NaN };
}
