// The way in to data that are kept in several places: it knows, or believes to know, who the primary is. It learns of a new one by that one's heartbeats, and
// then takes a while to switch (a virtual address, a proxy's health check) or until its clients' names expire.
// It stands where its clients are: what it hears and what it reaches depends on the network between it and the nodes.

import { type Fate, fates } from '../../measure/accounts';
import * as sentences from '../../record/sentences';
import { recordKinds } from '../../record/trace';
import { answer, type Call, type Caller, type Part } from '../call';
import type { Link, LinkOptions } from '../link';
import { milliseconds } from '../network/limits';
import { MessageWire } from '../network/messageWire';
import { NameCache, type NameCacheOptions } from '../network/nameCache';
import { ways } from '../network/wire';
import { wholeNumber } from '../options';
import type { System } from '../system';
import type { History } from './history';
import { ReadWriteBooks } from './readWriteBooks';

/** What a front needs of the group behind it. */
export interface Replicated {
  readonly name: string;
  readonly nodes: readonly Part[];
  readonly history: History;
  readonly isWrite: (call: Call) => boolean;
  /** Fronts obey earlier primaries too, and so whoever they heard last. */
  readonly isUnfenced?: boolean;
  /** The front wants to hear of new primaries. */
  addFront?(front: ReplicaFront): void;
}

export interface ReplicaFrontOptions {
  /** Default: router. */
  name?: string;
  label?: string;
  /** Where reads go: to the primary, in turn to the others, in turn to all, or always to the node of an index (the nearest). Default: primary. */
  reads?: 'primary' | 'replicas' | 'all' | number;
  /** Where writes go: to the primary, or always to the node of an index. Default: primary. */
  writes?: 'primary' | number;
  /** The links to the nodes, all alike or by index. */
  link?: LinkOptions | ((node: number) => LinkOptions);
  /** What stands before the nodes, one part each (a server that does their work, and then asks the node). Default: the nodes. */
  targets?: readonly Part[];
  /** From hearing of a new primary to sending there, in ms. Default 0. */
  switchMs?: number;
  /** Clients find the primary by a name, and remember the answer. */
  names?: NameCacheOptions;
}

export class ReplicaFront implements Part, Caller {
  readonly id: number;
  readonly name: string;
  readonly books: ReadWriteBooks;
  /** Whom it takes for the primary. */
  primary = 0;
  private term = 1;
  private heard = 0;
  private turn = 0;
  private readonly links: readonly Link[];
  private readonly news: readonly MessageWire<number>[];
  private readonly names: NameCache | undefined;
  private readonly switchMs: number;

  constructor(
    private readonly system: System,
    private readonly group: Replicated,
    private readonly options: ReplicaFrontOptions = {},
  ) {
    const { name = 'router', label = 'Router', link, targets = group.nodes, switchMs = 0, names, reads = 'primary' } = options;
    this.name = name;
    this.switchMs = milliseconds(name, 'time to switch', switchMs);
    const size = group.nodes.length;
    if (targets.length !== size) throw new RangeError(`${name} has ${targets.length} targets; it needs one for each of ${size} nodes.`);
    for (const node of [reads, options.writes]) {
      if (typeof node !== 'number' || wholeNumber(name, 'index of a node', node, 0) < size) continue;
      throw new RangeError(`${name} goes to node ${node}; there are ${size}, from 0.`);
    }
    this.books = new ReadWriteBooks(name);
    this.names = names && new NameCache(system, { name: `${name} names`, ...names });
    this.id = system.register({ name, kind: 'balancer', label, concurrency: 0, queueCapacity: 0, speed: 1 });
    const linkTo = (node: number): LinkOptions | undefined => (typeof link === 'function' ? link(node) : link);
    this.links = targets.map((target, node) => system.link(this.id, target, linkTo(node)));
    this.news = group.nodes.map(
      ({ id }, node) => new MessageWire<number>(system, this.id, id, linkTo(node) ?? {}, (_way, term) => this.hear(node, term)),
    );
    group.addFront?.(this);
    system.simulation.parts.push({ name, warm: () => this.books.warm(group.history), audit: () => this.books.audit() });
  }

  accept(call: Call): void {
    const { nowMs, recorder } = this.system.simulation;
    const isWrite = this.group.isWrite(call);
    recorder.request(nowMs, recordKinds.enter, this.id, call.request, call.link.from);
    this.books.open(isWrite);
    const child = this.system.childOf(call);
    child.caller = this;
    call.child = child;
    this.group.history.begin(child, isWrite, nowMs, isWrite || (this.options.reads ?? 'primary') === 'primary');
    this.links[isWrite ? this.writerFor(call) : this.readerFor(call)].send(child);
  }

  cancel(call: Call): void {
    const { child } = call;
    if (child === null) return;
    call.child = null;
    this.close(child, fates.abandoned);
    child.link.cancel(child);
  }

  reply(child: Call, fate: Fate): void {
    const call = child.parent as Call;
    this.close(child, fate);
    this.system.release(child);
    call.child = null;
    answer(call, fate);
  }

  /** A primary makes itself heard; its word has to reach this place. */
  announce(node: number, term: number): void {
    this.news[node].send(ways.back, term);
  }

  private primaryFor({ client }: Call): number {
    return this.names === undefined ? this.primary : this.names.answerFor(client, () => this.primary);
  }

  private writerFor(call: Call): number {
    const { writes = 'primary' } = this.options;
    return writes === 'primary' ? this.primaryFor(call) : writes;
  }

  private readerFor(call: Call): number {
    const { reads = 'primary' } = this.options;
    const size = this.group.nodes.length;
    if (typeof reads === 'number') return reads;
    if (reads === 'primary' || size === 1) return this.primaryFor(call);
    if (reads === 'replicas' && this.turn === this.primary) this.turn = (this.turn + 1) % size;
    const node = this.turn;
    this.turn = (this.turn + 1) % size;
    return node;
  }

  private hear(node: number, term: number): void {
    if (term < this.term && !this.group.isUnfenced) return;
    this.term = term;
    if (node === this.heard) return;
    this.heard = node;
    const { simulation } = this.system;
    if (this.switchMs === 0) this.switchTo(node);
    else simulation.at(simulation.nowMs + this.switchMs, () => this.heard === node && this.switchTo(node));
  }

  private switchTo(node: number): void {
    const { nowMs, recorder } = this.system.simulation;
    this.primary = node;
    recorder.say(nowMs, 'info', this.id, sentences.sendsWrites, { node: this.group.nodes[node].name });
  }

  private close(child: Call, fate: Fate): void {
    const isCompleted = fate === fates.completed;
    const operation = this.group.history.end(child, isCompleted, this.system.simulation.nowMs);
    this.books.close(operation?.isWrite === true, fate);
  }
}
