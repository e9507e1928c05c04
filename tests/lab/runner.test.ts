import { describe, expect, it, vi } from 'vitest';
import type { Result } from '../../src/experiments/definition/result';
import { runExperiment } from '../../src/experiments/definition/run';
import { defaultValues } from '../../src/experiments/definition/settings';
import { loadExperiment } from '../../src/experiments/registry';
import { ExpectationRunner, type Expectations } from '../../src/lab/worker/expectation';
import type { FromWorker, ToWorker } from '../../src/lab/worker/messages';
import { Runner } from '../../src/lab/worker/runner';
import type { WorkerLike } from '../../src/lab/worker/startWorker';

/** A worker that answers when the test says so. */
class HeldWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  readonly asked: ToWorker[] = [];
  terminated = false;

  postMessage(message: ToWorker): void {
    this.asked.push(message);
  }
  terminate(): void {
    this.terminated = true;
  }
  reply(message: FromWorker): void {
    this.onmessage?.({ data: message });
  }
}

const setup = (seed: number) => ({ values: {}, seed, interventions: [] });
const request = (seed: number) => ({ id: 'tiny', setup: setup(seed), record: { detail: 'none' as const } });
const resultOf = (seed: number) => ({ seed }) as Result;
const answerFor = ({ ticket, requests }: ToWorker): FromWorker => ({
  kind: 'results',
  ticket,
  results: requests.map(({ setup }) => resultOf(setup.seed)),
  tookMs: 1,
});
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

function job(seed: number, seen: (number | string)[]) {
  return {
    requests: [request(seed)],
    onResults: ([result]: Result[]) => void seen.push(result.seed),
    onFailure: (message: string) => void seen.push(message),
  };
}

describe('the runner', () => {
  it('has one run in flight and one waiting; the latest wins', async () => {
    const worker = new HeldWorker();
    const runner = new Runner({ start: () => worker });
    const seen: (number | string)[] = [];
    for (const seed of [1, 2, 3, 4]) runner.submit(job(seed, seen));
    expect(worker.asked.length).toBe(1);
    worker.reply(answerFor(worker.asked[0]));
    await turn();
    expect(worker.asked.length).toBe(2);
    worker.reply(answerFor(worker.asked[1]));
    await turn();
    expect(seen).toEqual([1, 4]);
    expect(runner.busy).toBe(false);
  });

  it('rehearses until the worker is warm, and delivers nothing of it', async () => {
    const worker = new HeldWorker();
    const runner = new Runner({ start: () => worker });
    void runner.rehearse([request(1)]);
    for (let done = 0; runner.busy && done < 20; done++) {
      worker.reply({ kind: 'rehearsed', ticket: worker.asked[done].ticket, tookMs: 50 });
      await turn();
    }
    expect(worker.asked.map(({ kind }) => kind)).toEqual(Array(5).fill('rehearse'));
  });

  it('ends a rehearsal for what is asked for', async () => {
    const worker = new HeldWorker();
    const runner = new Runner({ start: () => worker });
    const seen: (number | string)[] = [];
    void runner.rehearse([request(1)]);
    runner.submit(job(2, seen));
    worker.reply({ kind: 'rehearsed', ticket: worker.asked[0].ticket, tookMs: 1 });
    await turn();
    expect(worker.asked.map(({ kind }) => kind)).toEqual(['rehearse', 'run']);
    worker.reply(answerFor(worker.asked[1]));
    await turn();
    expect(seen).toEqual([2]);
  });

  it('does not rehearse on the page’s own thread', async () => {
    const answerHere = vi.fn(async (message: ToWorker) => answerFor(message));
    await new Runner({ start: null, answerHere }).rehearse([request(1)]);
    expect(answerHere).not.toHaveBeenCalled();
  });

  it('goes on without a worker when none can start', async () => {
    const answerHere = vi.fn(async (message: ToWorker) => answerFor(message));
    const start = () => {
      throw new Error('blocked');
    };
    const runner = new Runner({ start, answerHere });
    const seen: (number | string)[] = [];
    runner.submit(job(1, seen));
    await turn();
    expect(seen).toEqual([1]);
    expect(runner.onPageThread).toBe(true);
    expect(answerHere).toHaveBeenCalledOnce();
  });

  it('does the same run itself when the worker dies under it', async () => {
    const worker = new HeldWorker();
    const runner = new Runner({ start: () => worker, answerHere: async (message) => answerFor(message) });
    const seen: (number | string)[] = [];
    runner.submit(job(7, seen));
    worker.onerror?.({});
    await turn();
    expect(seen).toEqual([7]);
    expect(worker.terminated).toBe(true);
    runner.submit(job(8, seen));
    await turn();
    expect(seen).toEqual([7, 8]);
  });

  it('does the run itself when the experiment does not reach the worker', async () => {
    const worker = new HeldWorker();
    const runner = new Runner({ start: () => worker, answerHere: async (message) => answerFor(message) });
    const seen: (number | string)[] = [];
    runner.submit(job(7, seen));
    worker.reply({ kind: 'unloaded', ticket: worker.asked[0].ticket, message: 'No network.' });
    await turn();
    expect(seen).toEqual([7]);
    expect(worker.terminated).toBe(true);
  });

  it('says so when the page does not have the experiment either', async () => {
    const answerHere = async ({ ticket }: ToWorker): Promise<FromWorker> => ({ kind: 'unloaded', ticket, message: 'No network.' });
    const runner = new Runner({ start: null, answerHere });
    const seen: (number | string)[] = [];
    runner.submit(job(7, seen));
    await turn();
    expect(seen).toEqual(['No network.']);
    expect(runner.busy).toBe(false);
  });

  it('hands on what went wrong as a message', async () => {
    const worker = new HeldWorker();
    const runner = new Runner({ start: () => worker });
    const seen: (number | string)[] = [];
    runner.submit(job(1, seen));
    worker.reply({ kind: 'failed', ticket: worker.asked[0].ticket, message: 'It broke.' });
    await turn();
    expect(seen).toEqual(['It broke.']);
  });

  it('gives up a run that takes too long and starts afresh', async () => {
    const workers: HeldWorker[] = [];
    const start = () => {
      workers.push(new HeldWorker());
      return workers[workers.length - 1];
    };
    const runner = new Runner({ start, patienceMs: 1 });
    const seen: (number | string)[] = [];
    runner.submit(job(1, seen));
    await turn();
    expect(seen[0]).toContain('stopped');
    runner.submit(job(2, seen));
    expect(workers.length).toBe(2);
  });

  it('says nothing more once closed', async () => {
    const worker = new HeldWorker();
    const runner = new Runner({ start: () => worker });
    const seen: (number | string)[] = [];
    runner.submit(job(1, seen));
    runner.close();
    worker.reply(answerFor(worker.asked[0]));
    await turn();
    expect(seen).toEqual([]);
    expect(worker.terminated).toBe(true);
  });

  it('runs a registered experiment on the page thread by the same function', async () => {
    const definition = await loadExperiment('one-server');
    const whole = { values: defaultValues(definition), seed: 4, interventions: [] };
    const runner = new Runner({ start: null });
    const [result] = await new Promise<Result[]>((resolve, reject) =>
      runner.submit({ requests: [{ id: 'one-server', setup: whole, record: { detail: 'all' } }], onResults: resolve, onFailure: reject }),
    );
    expect(result.traceHash).toBe(runExperiment(definition, whole).traceHash);
  });
});

describe('the range to expect', () => {
  it('runs the seeds one at a time and gives lowest and highest', async () => {
    const worker = new HeldWorker();
    const runner = new ExpectationRunner({ start: () => worker }, [1, 2, 3]);
    let found: Expectations | null = null;
    runner.start('tiny', setup(9), (expected) => {
      found = expected;
    });
    for (const value of [5, 2, 8]) {
      const asked = worker.asked[worker.asked.length - 1];
      worker.reply({ kind: 'measured', ticket: asked.ticket, metrics: [{ wait: value, none: null }], tookMs: 1 });
      await turn();
    }
    expect(worker.asked.map(({ requests }) => requests[0].setup.seed)).toEqual([1, 2, 3]);
    expect(found).toEqual({ wait: { low: 2, high: 8, mean: 5, runs: 3, of: 3 } });
  });

  it('is dropped when the values change', async () => {
    const worker = new HeldWorker();
    const runner = new ExpectationRunner({ start: () => worker }, [1, 2]);
    const deliver = vi.fn();
    runner.start('tiny', setup(9), deliver);
    runner.drop();
    worker.reply({ kind: 'measured', ticket: worker.asked[0].ticket, metrics: [{ wait: 1 }], tookMs: 1 });
    await turn();
    expect(worker.asked.length).toBe(1);
    expect(deliver).not.toHaveBeenCalled();
  });
});
