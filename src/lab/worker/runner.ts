// Runs what the reader asks for: one run is in flight and one waits. A newer wish takes the place of the one that waits,
// so that a dragged slider is followed and never falls behind. While nobody asks, it may rehearse.

import type { Result } from '../../experiments/definition/result';
import { Line, type LineOptions } from './line';
import type { RunRequest } from './messages';

export interface Job {
  requests: RunRequest[];
  onResults(results: Result[], tookMs: number): void;
  onFailure(message: string): void;
}

/** As much as it takes an engine of JavaScript to see what is worth compiling well; `rehearsalMs` of the worker. */
const rehearsals = 8;
const rehearsalMs = 250;

export class Runner {
  private readonly line: Line;
  private inFlight = false;
  private waiting: Job | null = null;
  private ticket = 0;
  private closed = false;

  constructor(options: LineOptions) {
    this.line = new Line(options);
  }

  get onPageThread(): boolean {
    return this.line.onPageThread;
  }

  /** Whether something runs or waits. */
  get busy(): boolean {
    return this.inFlight;
  }

  submit(job: Job): void {
    if (this.closed) return;
    if (this.inFlight) this.waiting = job;
    else void this.carryOut(job);
  }

  /**
   * Does the same runs over again, for nobody: a program that has just begun is slow, and the reader's next run finds it warm.
   * Stops for what is asked for. Not begun on the page's own thread.
   */
  async rehearse(requests: RunRequest[]): Promise<void> {
    if (this.closed || this.inFlight) return;
    this.inFlight = true;
    let spentMs = 0;
    for (let done = 0; done < rehearsals && spentMs < rehearsalMs && !this.waiting && !this.line.onPageThread; done++) {
      const reply = await this.line.ask({ kind: 'rehearse', ticket: ++this.ticket, requests });
      if (this.closed) return;
      if (reply.kind !== 'rehearsed') break;
      spentMs += reply.tookMs;
    }
    this.goOn();
  }

  close(): void {
    this.closed = true;
    this.waiting = null;
    this.line.close();
  }

  private async carryOut(job: Job): Promise<void> {
    this.inFlight = true;
    const reply = await this.line.ask({ kind: 'run', ticket: ++this.ticket, requests: job.requests });
    if (this.closed) return;
    // The next run starts before this one's result is drawn: the worker need not wait for the page.
    this.goOn();
    if (reply.kind === 'results') job.onResults(reply.results, reply.tookMs);
    else if (reply.kind === 'failed') job.onFailure(reply.message);
  }
  private goOn(): void {
    this.inFlight = false;
    const next = this.waiting;
    this.waiting = null;
    if (next) void this.carryOut(next);
  }
}
