// A small experiment of the tests' own, and stand-ins for what a page has.

import type { ExperimentDefinition } from '../../src/experiments/definition/defineExperiment';
import { defineExperiment } from '../../src/experiments/definition/defineExperiment';
import { choice, integer, list, number } from '../../src/experiments/definition/parameters';
import { runExperiment } from '../../src/experiments/definition/run';
import type { Frames } from '../../src/lab/session/playback';
import type { Runs } from '../../src/lab/session/running';
import type { Job } from '../../src/lab/worker/runner';
import { constantArrivals, Server, Source } from '../../src/simulation/index';

export const tiny: ExperimentDefinition = defineExperiment({
  id: 'tiny',
  title: 'Tiny',
  question: 'Does it run?',
  kind: 'simulation',
  topics: [],
  clock: { unit: 's', horizon: ({ seconds }) => seconds, playSeconds: 5 },
  parameters: {
    rate: number({ label: 'Rate', unit: '/s', min: 1, max: 20, step: 0.5, default: 4 }),
    servers: integer({ label: 'Servers', min: 1, max: 4, default: 2 }),
    seconds: integer({ label: 'Length', unit: 's', min: 5, max: 100, default: 10 }),
    order: choice({ label: 'Order', options: { first: 'first come', last: 'last come' }, default: 'first' }),
    speeds: list(number({ label: 'speed', min: 0.1, max: 2, step: 0.1, default: 1 }), {
      label: 'Speeds',
      default: [],
      length: (values: { servers?: number }) => values.servers ?? 1,
    }),
  },
  run(values, { system, horizonMs, simulate }) {
    const server = new Server(system, { name: 'server', label: 'Server', queueCapacity: 50 });
    const source = new Source(system, { arrivals: constantArrivals(values.rate), workMs: (u) => 50 + 100 * u }).to(server);
    simulate();
    return { metrics: { opened: source.accounts().opened, horizon: horizonMs }, accounts: { requests: source.accounts() } };
  },
  metrics: {
    opened: { label: 'Opened', short: 'opened', unit: 'requests', main: true },
    horizon: { label: 'Horizon', short: 'horizon', unit: 'ms' },
  },
  charts: {},
  scenarios: { Busy: { values: { rate: 12 }, note: 'Busy.' } },
  claims: {},
  summary: (say) => `Opened ${say('opened')}.`,
  leavesOut: ['Everything.'],
});

/** Runs that are carried out when the test says so. */
export class HeldRuns implements Runs {
  readonly jobs: Job[] = [];
  rehearsed = 0;
  closed = false;

  constructor(private readonly definition: ExperimentDefinition = tiny) {}

  submit(job: Job): void {
    this.jobs.push(job);
  }

  async rehearse(): Promise<void> {
    this.rehearsed++;
  }

  close(): void {
    this.closed = true;
  }

  /** Carries out the job at `index` (the newest by default). */
  finish(index = this.jobs.length - 1): void {
    const job = this.jobs[index];
    job.onResults(
      job.requests.map(({ setup, record }) => runExperiment(this.definition, setup, { record })),
      1,
    );
  }
}

/** Frames that come when the test says so. */
export class HeldFrames implements Frames {
  private readonly callbacks = new Map<number, (nowMs: number) => void>();
  private last = 0;
  nowMs = 0;

  request(callback: (nowMs: number) => void): number {
    this.callbacks.set(++this.last, callback);
    return this.last;
  }

  cancel(handle: number): void {
    this.callbacks.delete(handle);
  }

  get waiting(): number {
    return this.callbacks.size;
  }

  pass(ms: number): void {
    this.nowMs += ms;
    const now = [...this.callbacks.values()];
    this.callbacks.clear();
    for (const callback of now) callback(this.nowMs);
  }
}
