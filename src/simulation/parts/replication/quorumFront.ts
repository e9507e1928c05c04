// Who asks the replicas on behalf of clients, waits for as many as the quorum needs, and takes the latest of what they say.
// It stands where its clients are, stamps writes by its own clock, and knows nothing of other fronts.

import { type Fate, fates } from '../../measure/accounts';
import { recordKinds } from '../../record/trace';
import { answer, type Call, type Caller, type Part } from '../call';
import { Clock, type ClockOptions } from '../faults/clock';
import type { Link, LinkOptions } from '../link';
import { positive } from '../options';
import type { System } from '../system';
import type { QuorumStore } from './quorumStore';
import { ReadWriteBooks } from './readWriteBooks';
import { isLater, type Stamp } from './versions';

export interface QuorumFrontOptions {
  /** Default: coordinator. */
  name?: string;
  label?: string;
  /** The links to the replicas, all alike or by index. */
  link?: LinkOptions | ((node: number) => LinkOptions);
  /** What stands before the replicas, one part each. Default: the replicas. */
  targets?: readonly Part[];
  /** It gives up on a call after so long, in ms; what it has sent is carried out all the same. Default: never. */
  timeoutMs?: number;
  clock?: ClockOptions;
}

/** A call that waits for replicas. */
interface Round {
  call: Call;
  isWrite: boolean;
  good: number;
  bad: number;
  key: number;
  /** The version that is written, or the latest that was found while somebody waited. */
  stamp: Stamp | undefined;
  /** What each replica was sent. */
  sent: readonly Call[];
  /** Replicas that have answered a read, with the version that each had, until somebody no longer waits. */
  answers: { node: number; found: Stamp | undefined }[];
  /** Nobody waits any more; late answers still say who is behind. */
  isOver: boolean;
}

/** Verbs: skew and drift (clock.ts). */
export class QuorumFront implements Part, Caller {
  readonly id: number;
  readonly name: string;
  readonly books: ReadWriteBooks;
  readonly clock: Clock;
  private readonly writer: number;
  private readonly links: readonly Link[];
  private readonly timeout: number;
  /** By the call that a replica holds. */
  private readonly rounds = new Map<Call, Round>();
  /** By the call that was accepted. */
  private readonly open = new Map<Call, Round>();

  constructor(
    private readonly system: System,
    private readonly store: QuorumStore,
    private readonly options: QuorumFrontOptions = {},
  ) {
    const { name = 'coordinator', label = 'Coordinator', link, targets = store.nodes, timeoutMs, clock } = options;
    const { simulation } = system;
    this.name = name;
    if (targets.length !== store.nodes.length) {
      throw new RangeError(`${name} has ${targets.length} targets; it needs one for each of ${store.nodes.length} replicas.`);
    }
    if (timeoutMs !== undefined) positive(name, 'timeout', timeoutMs);
    this.books = new ReadWriteBooks(name);
    this.clock = new Clock(simulation, name, clock);
    this.writer = store.nextWriter();
    this.timeout = simulation.on((index) => this.end(this.open.get(system.callAt(index)) as Round, fates.timedOut));
    this.id = system.register({ name, kind: 'balancer', label, concurrency: 0, queueCapacity: 0, speed: 1 }, this.clock.verbs);
    this.links = targets.map((target, node) => system.link(this.id, target, typeof link === 'function' ? link(node) : link));
    simulation.parts.push({ name, warm: () => this.books.warm(store.history), audit: () => this.books.audit() });
  }

  accept(call: Call): void {
    const { store } = this;
    const { simulation } = this.system;
    const { nowMs } = simulation;
    const isWrite = store.isWrite(call);
    simulation.recorder.request(nowMs, recordKinds.enter, this.id, call.request, call.link.from);
    this.books.open(isWrite);
    const operation = store.history.begin(call, isWrite, nowMs);
    const sent = this.links.map((_, node) => this.childFor(call, node));
    const { key } = call;
    const round: Round = { call, isWrite, good: 0, bad: 0, key, stamp: undefined, sent, answers: [], isOver: false };
    if (isWrite) {
      const clockMs = this.clock.nowMs();
      store.history.take(operation.write, nowMs, clockMs);
      round.stamp = { clockMs, writer: this.writer, write: operation.write };
    }
    this.open.set(call, round);
    const { timeoutMs } = this.options;
    call.calleeTimer = timeoutMs === undefined ? 0 : simulation.schedule(timeoutMs, this.timeout, call.index);
    // Answers may come at once: everything is settled before the first is asked.
    for (const child of sent) this.ask(child, round, isWrite ? round.stamp : undefined);
    for (const child of sent) this.links[child.target].send(child);
  }

  cancel(call: Call): void {
    const round = this.open.get(call);
    if (round === undefined) return;
    this.close(round, fates.abandoned);
    for (const child of round.sent) {
      if (this.rounds.get(child) !== round) continue;
      this.rounds.delete(child);
      this.store.answered(child);
      child.link.cancel(child);
    }
  }

  reply(child: Call, fate: Fate): void {
    const { store } = this;
    const round = this.rounds.get(child);
    const found = store.answered(child)?.found;
    this.rounds.delete(child);
    if (round !== undefined && fate === fates.completed && !round.isWrite) this.compare(round, child, found);
    this.system.release(child);
    if (round === undefined) return;
    if (fate === fates.completed) round.good++;
    else round.bad++;
    if (round.isOver) return;
    const needed = round.isWrite ? store.writers : store.readers;
    if (round.good >= needed) this.end(round, fates.completed);
    else if (this.links.length - round.bad < needed) this.end(round, fates.failed);
  }

  private childFor(call: Call, node: number): Call {
    const child = this.system.childOf(call);
    // It may outlive the call that it helps.
    child.parent = null;
    child.caller = this;
    child.target = node;
    return child;
  }

  private ask(child: Call, round: Round, stamp: Stamp | undefined): void {
    this.rounds.set(child, round);
    this.store.ask(child, { key: round.key, stamp, found: undefined });
  }

  /** A replica has told what it has. Later than all before? Or, when the read is over, behind? */
  private compare(round: Round, child: Call, found: Stamp | undefined): void {
    if (round.isOver) {
      this.repair(round, child, child.target, found);
      return;
    }
    round.answers.push({ node: child.target, found });
    if (found !== undefined && (round.stamp === undefined || isLater(found, round.stamp))) round.stamp = found;
  }

  /** @param asked any call of the same request */
  private repair({ key, stamp }: Round, asked: Call, node: number, found: Stamp | undefined): void {
    const isBehind = stamp !== undefined && (found === undefined || isLater(stamp, found));
    if (!this.store.repairsReads || !isBehind) return;
    this.store.repairs++;
    const child = this.childFor(asked, node);
    this.store.ask(child, { key, stamp, found: undefined });
    this.links[node].send(child);
  }

  private end(round: Round, fate: Fate): void {
    const { call, answers, isWrite } = round;
    this.close(round, fate);
    if (fate === fates.completed && !isWrite) for (const { node, found } of answers) this.repair(round, call, node, found);
    answer(call, fate);
  }

  private close(round: Round, fate: Fate): void {
    const { simulation } = this.system;
    const { call, isWrite, stamp } = round;
    round.isOver = true;
    this.open.delete(call);
    simulation.cancel(call.calleeTimer);
    const { history } = this.store;
    const operation = history.operationOf(call);
    if (operation !== undefined && !isWrite) operation.write = stamp?.write ?? -1;
    history.end(call, fate === fates.completed, simulation.nowMs);
    this.books.close(isWrite, fate);
    simulation.recorder.request(simulation.nowMs, recordKinds.leave, this.id, call.request, fate);
  }
}
