// Runs what the reader asks for: one run is in flight and one waits. A newer wish takes the place of the one that waits,
// so that a dragged slider is followed and never falls behind.

import type { Result } from '../../experiments/definition/result';
import { Line, type LineOptions } from './line';
import type { RunRequest } from './messages';

export interface Job {
  requests: RunRequest[];
  onResults(results: Result[], tookMs: number): void;
  onFailure(message: string): void;
}

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

  close(): void {
    this.closed = true;
    this.waiting = null;
    this.line.close();
  }

  private async carryOut(job: Job): Promise<void> {
    this.inFlight = true;
    const reply = await this.line.ask({ kind: 'run', ticket: ++this.ticket, requests: job.requests });
    if (this.closed) return;
    this.inFlight = false;
    const next = this.waiting;
    this.waiting = null;
    // The next run starts before this one's result is drawn: the worker need not wait for the page.
    if (next) void this.carryOut(next);
    if (reply.kind === 'results') job.onResults(reply.results, reply.tookMs);
    else if (reply.kind === 'failed') job.onFailure(reply.message);
  }
}
