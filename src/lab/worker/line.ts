// One worker and the messages to it: one is answered at a time. When the worker cannot start, cannot get its code or dies, the same
// work is done on the page's own thread, from then on.

import { translate } from '@docusaurus/Translate';
import { answerHere } from './answerHere';
import { messageOf } from './messageOf';
import type { FromWorker, ToWorker } from './messages';
import type { StartWorker, WorkerLike } from './startWorker';

export interface LineOptions {
  /** null: there are no workers here. */
  start: StartWorker | null;
  /** Does the work without a worker. Replaced in tests. */
  answerHere?: (message: ToWorker) => Promise<FromWorker>;
  /** A run that takes longer is given up. */
  patienceMs?: number;
}

export class Line {
  private worker: WorkerLike | null = null;
  private broken: boolean;
  private pending: { message: ToWorker; settle: (reply: FromWorker) => void; timer: ReturnType<typeof setTimeout> } | null = null;
  private closed = false;

  constructor(private readonly options: LineOptions) {
    this.broken = options.start === null;
  }

  /** Whether the work is done on the page's own thread. */
  get onPageThread(): boolean {
    return this.broken;
  }

  /** Ask again only after the answer has come. */
  ask(message: ToWorker): Promise<FromWorker> {
    if (this.pending) throw new Error('The worker is asked one thing at a time.');
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.giveUp(), this.options.patienceMs ?? 60_000);
      this.pending = { message, settle: resolve, timer };
      this.send(message);
    });
  }

  close(): void {
    this.closed = true;
    this.worker?.terminate();
    this.worker = null;
    if (this.pending) clearTimeout(this.pending.timer);
    this.pending = null;
  }

  private send(message: ToWorker): void {
    const worker = this.workerOrNull();
    if (!worker) {
      this.answerHere(message);
      return;
    }
    try {
      worker.postMessage(message);
    } catch (error) {
      this.receive({ kind: 'failed', ticket: message.ticket, message: messageOf(error) });
    }
  }

  private answerHere(message: ToWorker): void {
    const doHere = this.options.answerHere ?? answerHere;
    // After a turn of the event loop, so that the page can first show that it is at work.
    setTimeout(() => void doHere(message).then((reply) => this.receive(reply)), 0);
  }

  private workerOrNull(): WorkerLike | null {
    if (this.broken || !this.options.start) return null;
    if (this.worker) return this.worker;
    try {
      const worker = this.options.start();
      worker.onmessage = (event) => this.receive(event.data);
      worker.onerror = (event) => {
        event.preventDefault?.();
        this.fallBack();
      };
      this.worker = worker;
      return worker;
    } catch {
      this.broken = true;
      return null;
    }
  }

  /** The worker answers mistakes with messages, so an error event means that it did not load or is gone. */
  private fallBack(): void {
    this.worker?.terminate();
    this.worker = null;
    this.broken = true;
    if (this.pending && !this.closed) this.answerHere(this.pending.message);
  }

  private giveUp(): void {
    const ticket = this.pending?.message.ticket ?? 0;
    this.worker?.terminate();
    this.worker = null;
    this.receive({
      kind: 'failed',
      ticket,
      message: tooLong(),
    });
  }

  private receive(reply: FromWorker): void {
    if (reply.kind === 'ready' || !this.pending || this.pending.message.ticket !== reply.ticket) return;
    if (reply.kind === 'unloaded' && !this.broken) {
      this.fallBack();
      return;
    }
    const { settle, timer } = this.pending;
    clearTimeout(timer);
    this.pending = null;
    settle(reply.kind === 'unloaded' ? { ...reply, kind: 'failed' } : reply);
  }
}

export function tooLong(): string {
  return translate({
    id: 'lab.worker.tooLong',
    message: 'The run took longer than a minute and was stopped. Try a shorter run or fewer requests.',
  });
}
