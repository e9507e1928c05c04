// Many runs over several workers: as many as the machine has cores. Results come in the order in which they are ready.
// A worker that cannot start, cannot get its code or dies leaves its runs to the others; with none left, the page's own thread does them.

import type { Setup } from '../../experiments/definition/result';
import { answerHere } from './answerHere';
import { batchSize, poolSize } from './batch';
import { tooLong } from './line';
import type { FromWorker, ToWorker, Values } from './messages';
import type { StartWorker, WorkerLike } from './startWorker';

export interface PoolJob {
  id: string;
  /** Settled. */
  setup: Setup;
}

/** After `onDone` or `onFailure`, and after a cancel, nothing more is said. */
export interface PoolHandlers {
  /** `index` is the job's place in the list. Metrics by id, as in `Measured.value`. */
  onMetrics(index: number, metrics: Values): void;
  onProgress(done: number, of: number): void;
  onDone(): void;
  onFailure(message: string): void;
}

export interface PoolOptions {
  /** null: there are no workers here; the page's thread works, a job at a time. */
  start: StartWorker | null;
  /** Workers at the most. Default: the machine's cores. */
  size?: number;
  /** Does the work without a worker. Replaced in tests. */
  answerHere?: (message: ToWorker) => Promise<FromWorker>;
  /** A batch that takes longer is given up, and the rest with it. */
  patienceMs?: number;
  /** After a cancel, a worker that has not come free by then is ended: its run is a long one. */
  graceMs?: number;
}

/** One call of `carryOut`. */
interface Round {
  jobs: readonly PoolJob[];
  handlers: PoolHandlers;
  /** Places of jobs that nobody works at. */
  waiting: number[];
  done: number;
}

interface Batch {
  /** null: cancelled; the answer is thrown away. */
  round: Round | null;
  ticket: number;
  places: number[];
  timer: ReturnType<typeof setTimeout>;
}

interface Hand {
  worker: WorkerLike;
  batch: Batch | null;
  /** What a run took it last, in `timedRound`. */
  runMs: number;
  timedRound: Round | null;
}

export class RunPool {
  private hands: Hand[] = [];
  private round: Round | null = null;
  private ticket = 0;
  private broken: boolean;
  private closed = false;

  constructor(readonly options: PoolOptions) {
    this.broken = options.start === null;
  }

  /** Starts all jobs; a second call cancels the first. Gives the cancel. */
  carryOut(jobs: readonly PoolJob[], handlers: PoolHandlers): () => void {
    this.drop();
    if (this.closed) return () => {};
    const round: Round = { jobs, handlers, waiting: jobs.map((_, place) => place), done: 0 };
    this.round = round;
    if (jobs.length === 0) queueMicrotask(() => this.endIfDone(round));
    else this.handOut(round);
    return () => {
      if (this.round === round) this.drop();
    };
  }

  close(): void {
    this.closed = true;
    this.drop();
    for (const hand of [...this.hands]) this.dismiss(hand);
  }

  // ---- the hands ----

  private handOut(round: Round): void {
    this.startHands(round);
    for (const hand of [...this.hands]) if (!hand.batch) this.give(hand);
    if (this.hands.length === 0 && this.round === round) {
      this.broken = true;
      void this.workHere(round);
    }
  }

  private startHands(round: Round): void {
    const { start, size } = this.options;
    const wanted = Math.min(
      round.jobs.length,
      size ?? poolSize(typeof navigator === 'undefined' ? undefined : navigator.hardwareConcurrency),
    );
    while (start && !this.broken && this.hands.length < wanted) {
      try {
        this.welcome(start());
      } catch {
        return;
      }
    }
  }

  private welcome(worker: WorkerLike): void {
    const hand: Hand = { worker, batch: null, runMs: 0, timedRound: null };
    worker.onmessage = (event) => this.receive(hand, event.data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.lose(hand);
    };
    this.hands.push(hand);
  }

  private give(hand: Hand): void {
    const { round } = this;
    if (!round || round.waiting.length === 0 || !this.hands.includes(hand)) return;
    const size = batchSize(hand.timedRound === round ? hand.runMs : null, round.waiting.length, this.hands.length);
    const places = round.waiting.splice(0, size);
    const message = this.messageFor(round, places);
    const timer = setTimeout(() => this.giveUp(hand), this.options.patienceMs ?? 60_000);
    hand.batch = { round, ticket: message.ticket, places, timer };
    try {
      hand.worker.postMessage(message);
    } catch {
      this.lose(hand);
    }
  }

  private messageFor({ jobs }: Round, places: number[]): ToWorker {
    return { kind: 'measure', ticket: ++this.ticket, requests: places.map((place) => jobs[place]) };
  }

  private receive(hand: Hand, reply: FromWorker): void {
    const { batch } = hand;
    if (!batch || reply.kind === 'ready' || reply.ticket !== batch.ticket) return;
    if (reply.kind === 'unloaded') {
      this.lose(hand);
      return;
    }
    clearTimeout(batch.timer);
    hand.batch = null;
    if (reply.kind === 'measured') {
      hand.runMs = reply.tookMs / batch.places.length;
      hand.timedRound = batch.round;
    }
    // The worker has its next batch before this one is looked at: it need not wait for the page.
    this.give(hand);
    if (batch.round) this.take(batch.round, batch.places, reply);
  }

  /** The worker answers mistakes with messages, so an error event means that it did not load or is gone. */
  private lose(hand: Hand): void {
    const { batch } = hand;
    this.dismiss(hand);
    const { round } = this;
    if (!round) return;
    if (batch?.round === round) round.waiting.unshift(...batch.places);
    for (const other of [...this.hands]) if (!other.batch) this.give(other);
    if (this.hands.length > 0 || this.round !== round) return;
    this.broken = true;
    void this.workHere(round);
  }

  private giveUp(hand: Hand): void {
    const round = hand.batch?.round;
    this.dismiss(hand);
    if (round) this.fail(round, tooLong());
  }

  private dismiss(hand: Hand): void {
    if (hand.batch) clearTimeout(hand.batch.timer);
    hand.batch = null;
    hand.worker.onmessage = null;
    hand.worker.onerror = null;
    hand.worker.terminate();
    this.hands = this.hands.filter((other) => other !== hand);
  }

  // ---- the page's own thread ----

  /** A job at a time, with a turn of the event loop before each, so that the page can answer its reader. */
  private async workHere(round: Round): Promise<void> {
    const doHere = this.options.answerHere ?? answerHere;
    while (this.round === round && round.waiting.length > 0) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (this.round !== round) return;
      const places = round.waiting.splice(0, 1);
      this.take(round, places, await doHere(this.messageFor(round, places)));
    }
  }

  // ---- the round ----

  private take(round: Round, places: number[], reply: FromWorker): void {
    if (this.round !== round) return;
    if (reply.kind !== 'measured') {
      this.fail(round, 'message' in reply ? reply.message : tooLong());
      return;
    }
    for (const [at, place] of places.entries()) {
      round.handlers.onMetrics(place, reply.metrics[at]);
      if (this.round !== round) return;
    }
    round.done += places.length;
    round.handlers.onProgress(round.done, round.jobs.length);
    this.endIfDone(round);
  }

  private endIfDone(round: Round): void {
    if (this.round !== round || round.done < round.jobs.length) return;
    this.round = null;
    round.handlers.onDone();
  }

  private fail(round: Round, message: string): void {
    if (this.round !== round) return;
    this.drop();
    round.handlers.onFailure(message);
  }

  /** What is under way is short: its answer is thrown away. What is not short after all is ended. */
  private drop(): void {
    this.round = null;
    for (const hand of this.hands) {
      const { batch } = hand;
      if (!batch?.round) continue;
      batch.round = null;
      clearTimeout(batch.timer);
      batch.timer = setTimeout(() => this.replace(hand), this.options.graceMs ?? 200);
    }
  }

  private replace(hand: Hand): void {
    this.dismiss(hand);
    if (this.round) this.handOut(this.round);
  }
}
