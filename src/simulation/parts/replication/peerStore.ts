// Several primaries, each near its clients: every one takes writes, answers at once, and tells the others later. Nothing waits, and
// what two of them wrote at the same time is a conflict that somebody loses. Each node ships what it took itself, in order, until the
// others have it; after a cut they come to hold the same. Version vectors find the conflicts, clocks decide them.
// Sources: DeCandia et al., "Dynamo", SOSP 2007; Kulkarni et al., "Logical Physical Clocks", OPODIS 2014, for hybrid timestamps.

import type { EventHandle } from '../../kernel/calendar';
import { fates } from '../../measure/accounts';
import { recordKinds } from '../../record/trace';
import type { Call } from '../call';
import { MessageWire } from '../network/messageWire';
import { type WireOptions, ways } from '../network/wire';
import { positive, wholeNumber } from '../options';
import type { System } from '../system';
import { History } from './history';
import type { Replicated } from './replicaFront';
import { StoreNode, type StoreNodeOptions } from './storeNode';
import { compareVersions, isLater, mergeVersions, type Stamp, type VersionVector } from './versions';

export interface PeerStoreOptions {
  /** Nodes are named `name/1`, `name/2`, … Default: database. */
  name?: string;
  /** How many primaries, or what each is like. */
  nodes: number | readonly StoreNodeOptions[];
  /** The wire between two nodes, by index, the smaller first. Default: free. */
  wire?: WireOptions | ((one: number, other: number) => WireOptions);
  /** What stamps a write. clock: its node's clock, whatever that is worth. hybrid: never earlier than what the write replaces. Default: clock. */
  stamps?: 'clock' | 'hybrid';
  /** What the others have not confirmed is sent again after so long, in ms. Default 1000. */
  resendMs?: number;
  /** Which calls are writes. Default: those of class 0. */
  isWrite?: (call: Call) => boolean;
}

/** A write as it travels. */
interface Entry {
  key: number;
  stamp: Stamp;
  vector: VersionVector;
}

/** Entries of one origin from a position on, or the word how many of the receiver's own have come. */
type PeerMessage = { from: number; entries: readonly Entry[] } | { received: number };

/** The most entries in one message. */
const largestBatch = 100;

export class PeerStore implements Replicated {
  readonly name: string;
  readonly history = new History();
  readonly nodes: readonly PeerNode[];
  readonly isWrite: (call: Call) => boolean;
  readonly isHybrid: boolean;
  readonly resendMs: number;
  /** Numbers of the writes that were dropped somewhere for one that had not seen them, and for an older one by a wrong clock. */
  readonly lostToConflicts = new Set<number>();
  readonly lostToClocks = new Set<number>();
  private readonly wires: MessageWire<PeerMessage>[][] = [];

  constructor(system: System, options: PeerStoreOptions) {
    const { name = 'database', nodes, wire = {} } = options;
    const each = typeof nodes === 'number' ? Array<StoreNodeOptions>(wholeNumber(name, 'number of nodes', nodes, 1)).fill({}) : nodes;
    if (each.length < 1 || each.length > 100) throw new RangeError(`${name} has ${each.length} nodes; it must have 1 to 100.`);
    this.name = name;
    this.isHybrid = options.stamps === 'hybrid';
    this.resendMs = positive(name, 'time to send again', options.resendMs ?? 1000);
    this.isWrite = options.isWrite ?? (({ requestClass }) => requestClass === 0);
    this.nodes = each.map((node, index) => new PeerNode(system, this, index, each.length, node));
    for (let one = 0; one < each.length; one++) {
      this.wires[one] = [];
      for (let other = one + 1; other < each.length; other++) {
        const wireOptions = typeof wire === 'function' ? wire(one, other) : wire;
        this.wires[one][other] = new MessageWire<PeerMessage>(
          system,
          this.nodes[one].id,
          this.nodes[other].id,
          wireOptions,
          (way, message) => (way === ways.there ? this.nodes[other].receive(one, message) : this.nodes[one].receive(other, message)),
        );
      }
    }
  }

  /** @returns when it arrives; Infinity when it gets lost */
  post(from: number, to: number, message: PeerMessage, size: number): number {
    return from < to ? this.wires[from][to].send(ways.there, message, size) : this.wires[to][from].send(ways.back, message, size);
  }

  /** Keys on which a node differs from the first one, as things are now. */
  differences(index: number): number[] {
    const [first] = this.nodes;
    const other = this.nodes[index];
    const keys = new Set([...first.keys(), ...other.keys()]);
    return [...keys].filter((key) => first.read(key) !== other.read(key));
  }
}

/** One of the primaries. */
export class PeerNode extends StoreNode {
  private readonly values = new Map<number, Entry>();
  /** What it took itself, and how much of it each of the others has been sent and has confirmed. */
  private readonly own: Entry[] = [];
  private readonly sent: Float64Array;
  private readonly confirmed: Float64Array;
  /** How much of each of the others' it has. */
  private readonly received: Float64Array;
  private readonly resendHandler: number;
  private resend: EventHandle = 0;
  private isWaiting = false;

  constructor(
    system: System,
    private readonly store: PeerStore,
    index: number,
    private readonly peers: number,
    options: StoreNodeOptions,
  ) {
    super(system, `${store.name}/${index + 1}`, index, options);
    this.sent = new Float64Array(peers);
    this.confirmed = new Float64Array(peers);
    this.received = new Float64Array(peers);
    const again = (): void => this.sendAgain();
    this.resendHandler = system.simulation.on(() => this.whenAwake(again));
  }

  /** Number of the write that is the value of a key here, or -1. */
  read(key: number): number {
    return this.values.get(key)?.stamp.write ?? -1;
  }

  keys(): Iterable<number> {
    return this.values.keys();
  }

  receive(from: number, message: PeerMessage): void {
    if (this.condition.isPaused) this.whenAwake(() => this.hear(from, message));
    else if (this.isUp) this.hear(from, message);
  }

  protected override serve(call: Call): void {
    const operation = this.store.history.operationOf(call);
    const isWrite = operation?.isWrite ?? this.store.isWrite(call);
    if (!isWrite && operation !== undefined) operation.write = this.read(call.key);
    if (isWrite) {
      const write = this.write(call, operation?.write);
      if (operation !== undefined) operation.write = write;
    }
    this.finish(call, fates.completed);
  }

  protected override crashed(): void {
    this.system.simulation.cancel(this.resend);
    this.isWaiting = false;
  }

  protected override restored(): void {
    this.sendAgain();
  }

  private write(call: Call, opened: number | undefined): number {
    const { history, isHybrid } = this.store;
    const write = opened !== undefined && history.takenMs[opened] === Infinity ? opened : history.openWrite(call, this.nowMs);
    const current = this.values.get(call.key);
    let clockMs = this.clock.nowMs();
    // A microsecond more than what it replaces, as the counter of a hybrid clock.
    if (isHybrid && current !== undefined) clockMs = Math.max(clockMs, current.stamp.clockMs + 0.001);
    const vector = Array.from({ length: this.peers }, (_, writer) => (current?.vector[writer] ?? 0) + (writer === this.index ? 1 : 0));
    const entry: Entry = { key: call.key, stamp: { clockMs, writer: this.index, write }, vector };
    history.take(write, this.nowMs, clockMs);
    this.own.push(entry);
    this.merge(entry);
    for (let to = 0; to < this.peers; to++) if (to !== this.index) this.ship(to);
    return write;
  }

  /** Takes over a version or keeps its own: the same on every node, in whatever order they come. */
  private merge(entry: Entry): void {
    const { values, store } = this;
    const current = values.get(entry.key);
    if (current === undefined) {
      values.set(entry.key, entry);
      return;
    }
    const order = compareVersions(entry.vector, current.vector);
    if (order === 'same') return;
    const wins = isLater(entry.stamp, current.stamp);
    values.set(entry.key, { ...(wins ? entry : current), vector: mergeVersions(entry.vector, current.vector) });
    const loser = wins ? current : entry;
    if (order === 'concurrent') store.lostToConflicts.add(loser.stamp.write);
    else if (wins !== (order === 'after')) store.lostToClocks.add(loser.stamp.write);
  }

  /** Sends one of the others what it has not been sent, as much as fits into a message. */
  private ship(to: number): void {
    const from = this.sent[to];
    const entries = this.own.slice(from, from + largestBatch);
    if (entries.length === 0) return;
    this.sent[to] = from + entries.length;
    const arrivalMs = this.store.post(this.index, to, { from, entries }, entries.length);
    this.drawFlights(to, entries, arrivalMs);
    if (this.isWaiting) return;
    this.isWaiting = true;
    this.resend = this.system.simulation.schedule(this.clock.truly(this.store.resendMs), this.resendHandler);
  }

  private sendAgain(): void {
    this.isWaiting = false;
    for (let to = 0; to < this.peers; to++) {
      if (to === this.index || this.confirmed[to] === this.own.length) continue;
      this.sent[to] = this.confirmed[to];
      this.ship(to);
    }
  }

  private hear(from: number, message: PeerMessage): void {
    if ('received' in message) {
      if (message.received <= this.confirmed[from]) return;
      this.confirmed[from] = message.received;
      if (this.sent[from] <= message.received) {
        this.sent[from] = message.received;
        this.ship(from);
      }
      return;
    }
    const { history, nodes } = this.store;
    // What leaves a gap is dropped, and what is known already is passed over: it will be sent again, or has been.
    for (let at = this.received[from] - message.from; at >= 0 && at < message.entries.length; at++) {
      this.merge(message.entries[at]);
      this.noteCopy(history.requests[message.entries[at].stamp.write], nodes[from].id);
      this.received[from]++;
    }
    this.store.post(this.index, from, { received: this.received[from] }, 1);
  }

  private drawFlights(to: number, entries: readonly Entry[], arrivalMs: number): void {
    if (arrivalMs === Infinity) return;
    const { recorder } = this.system.simulation;
    const { history, nodes } = this.store;
    for (const { stamp } of entries) {
      recorder.request(this.nowMs, recordKinds.flight, nodes[to].id, history.requests[stamp.write], arrivalMs);
    }
  }
}
