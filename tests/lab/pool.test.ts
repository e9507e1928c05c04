import { describe, expect, it } from 'vitest';
import { runExperiment } from '../../src/experiments/definition/run';
import { defaultValues } from '../../src/experiments/definition/settings';
import { loadExperiment } from '../../src/experiments/registry';
import { batchSize, poolSize } from '../../src/lab/worker/batch';
import type { FromWorker, ToWorker, Values } from '../../src/lab/worker/messages';
import { type PoolHandlers, type PoolJob, type PoolOptions, RunPool } from '../../src/lab/worker/pool';
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
  /** Answers the batch it was given last, as if each run had taken `runMs`. */
  finish(runMs = 1): void {
    const asked = this.asked[this.asked.length - 1];
    this.onmessage?.({ data: answerFor(asked, runMs) });
  }
  get seeds(): number[] {
    return this.asked.flatMap(({ requests }) => requests.map(({ setup }) => setup.seed));
  }
}

const jobs = (count: number): PoolJob[] =>
  Array.from({ length: count }, (_, index) => ({ id: 'tiny', setup: { values: {}, seed: index + 1, interventions: [] } }));
const answerFor = ({ ticket, requests }: ToWorker, runMs = 1): FromWorker => ({
  kind: 'measured',
  ticket,
  metrics: requests.map(({ setup }) => ({ seed: setup.seed })),
  tookMs: runMs * requests.length,
});
const turn = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms));

function heldPool(options: Partial<PoolOptions> = {}) {
  const workers: HeldWorker[] = [];
  const start = () => {
    workers.push(new HeldWorker());
    return workers[workers.length - 1];
  };
  return { workers, pool: new RunPool({ start, size: 2, ...options }) };
}

/** Notes all that the pool says. */
class Notes implements PoolHandlers {
  readonly metrics = new Map<number, Values>();
  readonly progress: number[] = [];
  readonly ends: string[] = [];
  said = 0;

  onMetrics(index: number, metrics: Values): void {
    this.said++;
    if (this.metrics.has(index)) throw new Error(`Job ${index} came twice.`);
    this.metrics.set(index, metrics);
  }
  onProgress(done: number): void {
    this.progress.push(done);
  }
  onDone(): void {
    this.ends.push('done');
  }
  onFailure(message: string): void {
    this.ends.push(message);
  }
}

function finishAll(workers: HeldWorker[], runMs = 1): void {
  let before = -1;
  const total = () => workers.reduce((sum, { asked }) => sum + asked.length, 0);
  while (total() !== before) {
    before = total();
    for (const worker of workers) if (!worker.terminated) worker.finish(runMs);
  }
}

describe('the pool', () => {
  it('starts its workers at the first call, spreads the runs over them and gives each result to its job', () => {
    const { workers, pool } = heldPool();
    expect(workers.length).toBe(0);
    const notes = new Notes();
    pool.carryOut(jobs(50), notes);
    expect(workers.length).toBe(2);
    finishAll(workers);
    expect(workers.every(({ seeds }) => seeds.length > 10)).toBe(true);
    expect([...notes.metrics].every(([index, metrics]) => metrics.seed === index + 1)).toBe(true);
    expect(notes.metrics.size).toBe(50);
    expect(notes.progress[notes.progress.length - 1]).toBe(50);
    expect(notes.ends).toEqual(['done']);
  });

  it('keeps its workers for the next call', () => {
    const { workers, pool } = heldPool();
    for (let round = 0; round < 3; round++) {
      const notes = new Notes();
      pool.carryOut(jobs(5), notes);
      finishAll(workers);
      expect(notes.ends).toEqual(['done']);
    }
    expect(workers.length).toBe(2);
  });

  it('starts no more workers than there are jobs', () => {
    const { workers, pool } = heldPool({ size: 8 });
    pool.carryOut(jobs(3), new Notes());
    expect(workers.length).toBe(3);
  });

  it('is done at once, but not before the call has returned, when there is nothing to do', async () => {
    const { pool } = heldPool();
    const notes = new Notes();
    pool.carryOut([], notes);
    expect(notes.ends).toEqual([]);
    await turn();
    expect(notes.ends).toEqual(['done']);
  });

  it('hands out many short runs at once, long ones singly', () => {
    const { workers, pool } = heldPool({ size: 1 });
    pool.carryOut(jobs(400), new Notes());
    expect(workers[0].asked[0].requests.length).toBe(1);
    workers[0].finish(2);
    expect(workers[0].asked[1].requests.length).toBe(40);
    workers[0].finish(500);
    expect(workers[0].asked[2].requests.length).toBe(1);
  });

  it('asks for metrics only', () => {
    const { workers, pool } = heldPool();
    pool.carryOut(jobs(1), new Notes());
    expect(workers[0].asked[0].kind).toBe('measure');
  });
});

describe('a cancelled call', () => {
  it('says nothing more, and a worker that comes free in time is used again', () => {
    const { workers, pool } = heldPool();
    const [first, second] = [new Notes(), new Notes()];
    const cancel = pool.carryOut(jobs(20), first);
    workers[0].finish();
    const saidBefore = first.said;
    cancel();
    pool.carryOut(jobs(4), second);
    finishAll(workers);
    expect(first.said).toBe(saidBefore);
    expect(first.ends).toEqual([]);
    expect(second.metrics.size).toBe(4);
    expect(second.ends).toEqual(['done']);
    expect(workers.length).toBe(2);
  });

  it('ends the workers whose run goes on for long, and starts others for what comes next', async () => {
    const { workers, pool } = heldPool({ graceMs: 1 });
    pool.carryOut(jobs(20), new Notes())();
    const notes = new Notes();
    pool.carryOut(jobs(4), notes);
    await turn(20);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, true, false, false]);
    finishAll(workers);
    expect(notes.ends).toEqual(['done']);
  });

  it('is what a second call makes of the first; the old cancel then cancels nothing', () => {
    const { workers, pool } = heldPool();
    const [first, second] = [new Notes(), new Notes()];
    const cancelFirst = pool.carryOut(jobs(6), first);
    pool.carryOut(jobs(6), second);
    cancelFirst();
    finishAll(workers);
    expect(first.ends).toEqual([]);
    expect(second.ends).toEqual(['done']);
  });

  it('can be cancelled from within its own handlers', () => {
    const { workers, pool } = heldPool();
    const notes = new Notes();
    const cancel = pool.carryOut(jobs(60), { ...handlersOf(notes), onMetrics: () => cancel() });
    finishAll(workers);
    expect(notes.progress).toEqual([]);
    expect(notes.ends).toEqual([]);
  });
});

const handlersOf = (notes: Notes): PoolHandlers => ({
  onMetrics: (index, metrics) => notes.onMetrics(index, metrics),
  onProgress: (done) => notes.onProgress(done),
  onDone: () => notes.onDone(),
  onFailure: (message) => notes.onFailure(message),
});

describe('when something breaks', () => {
  it('the runs of a worker that dies go to the others', () => {
    const { workers, pool } = heldPool();
    const notes = new Notes();
    pool.carryOut(jobs(30), notes);
    workers[0].onerror?.({});
    expect(workers[0].terminated).toBe(true);
    finishAll(workers);
    expect(notes.metrics.size).toBe(30);
    expect(notes.ends).toEqual(['done']);
  });

  it('goes to a worker that had already run out of work, too', () => {
    const { workers, pool } = heldPool();
    const notes = new Notes();
    pool.carryOut(jobs(2), notes);
    workers[0].finish();
    workers[1].onerror?.({});
    workers[0].finish();
    expect(notes.metrics.size).toBe(2);
    expect(notes.ends).toEqual(['done']);
  });

  it('does the rest on the page thread, a run at a time, when the last worker has died', async () => {
    const sizes: number[] = [];
    const answerHere = async (message: ToWorker) => {
      sizes.push(message.requests.length);
      return answerFor(message);
    };
    const { workers, pool } = heldPool({ answerHere });
    const notes = new Notes();
    pool.carryOut(jobs(8), notes);
    workers[0].finish();
    for (const worker of workers) worker.onerror?.({});
    await turn(60);
    expect(notes.metrics.size).toBe(8);
    expect(notes.ends).toEqual(['done']);
    expect(sizes).toEqual(Array(7).fill(1));
  });

  it('lets the page work between two runs on its thread, and stops when cancelled', async () => {
    const turns: number[] = [];
    const pool = new RunPool({ start: null, answerHere: async (message) => answerFor(message) });
    const notes = new Notes();
    const cancel = pool.carryOut(jobs(200), notes);
    const tick = () => {
      turns.push(notes.metrics.size);
      if (turns.length < 4) setTimeout(tick, 0);
      else cancel();
    };
    setTimeout(tick, 0);
    await turn(40);
    expect(Math.max(...turns)).toBeLessThan(20);
    expect(notes.metrics.size).toBeLessThan(20);
    expect(notes.ends).toEqual([]);
  });

  it('works with those workers that could start, and without any', async () => {
    let started = 0;
    const worker = new HeldWorker();
    const start = () => {
      if (started++ > 0) throw new Error('blocked');
      return worker;
    };
    const notes = new Notes();
    new RunPool({ start, size: 4 }).carryOut(jobs(9), notes);
    finishAll([worker]);
    expect(notes.ends).toEqual(['done']);

    const none = new Notes();
    const blocked = () => {
      throw new Error('blocked');
    };
    new RunPool({ start: blocked, answerHere: async (message) => answerFor(message) }).carryOut(jobs(3), none);
    await turn(30);
    expect(none.ends).toEqual(['done']);
  });

  it('the runs of a worker that the experiment does not reach go to the page thread in the end', async () => {
    const { workers, pool } = heldPool({ answerHere: async (message) => answerFor(message) });
    const notes = new Notes();
    pool.carryOut(jobs(3), notes);
    for (const worker of workers)
      worker.onmessage?.({ data: { kind: 'unloaded', ticket: worker.asked[0].ticket, message: 'No network.' } });
    await turn(30);
    expect(workers.every(({ terminated }) => terminated)).toBe(true);
    expect(notes.metrics.size).toBe(3);
    expect(notes.ends).toEqual(['done']);
  });

  it('ends with the message of a run that failed', () => {
    const { workers, pool } = heldPool();
    const notes = new Notes();
    pool.carryOut(jobs(9), notes);
    workers[1].onmessage?.({ data: { kind: 'failed', ticket: workers[1].asked[0].ticket, message: 'It broke.' } });
    workers[0].finish();
    expect(notes.ends).toEqual(['It broke.']);
    expect(notes.said).toBe(0);
  });

  it('gives up when a worker stays silent', async () => {
    const { workers, pool } = heldPool({ patienceMs: 1 });
    const notes = new Notes();
    pool.carryOut(jobs(9), notes);
    await turn(20);
    expect(notes.ends.length).toBe(1);
    expect(notes.ends[0]).toContain('stopped');
    expect(workers[0].terminated).toBe(true);
  });

  it('takes no answer twice, nor one to a question it did not ask', () => {
    const { workers, pool } = heldPool({ size: 1 });
    const notes = new Notes();
    pool.carryOut(jobs(2), notes);
    workers[0].onmessage?.({ data: { kind: 'ready' } });
    workers[0].onmessage?.({ data: { kind: 'measured', ticket: 999, metrics: [{ seed: 7 }], tookMs: 1 } });
    expect(notes.said).toBe(0);
    const first = workers[0].asked[0];
    workers[0].onmessage?.({ data: answerFor(first) });
    workers[0].onmessage?.({ data: answerFor(first) });
    expect(notes.said).toBe(1);
  });
});

describe('a closed pool', () => {
  it('has no worker left, says nothing and starts nothing', async () => {
    const { workers, pool } = heldPool();
    const notes = new Notes();
    pool.carryOut(jobs(9), notes);
    pool.close();
    expect(workers.every(({ terminated }) => terminated)).toBe(true);
    pool.carryOut(jobs(9), notes);
    await turn();
    expect(workers.length).toBe(2);
    expect(notes.said).toBe(0);
    expect(notes.ends).toEqual([]);
  });
});

describe('real runs', () => {
  it('give the metrics of the same run made directly', async () => {
    const definition = await loadExperiment('one-server');
    const setup = { values: { ...defaultValues(definition), seconds: 30 }, interventions: [] };
    const notes = new Notes();
    await new Promise<void>((resolve, reject) => {
      new RunPool({ start: null }).carryOut(
        [1, 2].map((seed) => ({ id: definition.id, setup: { ...setup, seed } })),
        { ...handlersOf(notes), onDone: resolve, onFailure: reject },
      );
    });
    const direct = runExperiment(definition, { ...setup, seed: 2 });
    expect(notes.metrics.get(1)?.waitMs).toBe(direct.metrics.waitMs.value);
  });
});

describe('the size of a batch', () => {
  it.each([
    { runMs: null, waiting: 300, workers: 2, size: 1 },
    { runMs: 8, waiting: 300, workers: 2, size: 10 },
    { runMs: 8, waiting: 12, workers: 2, size: 3 },
    { runMs: 8, waiting: 1, workers: 2, size: 1 },
    { runMs: 4000, waiting: 300, workers: 2, size: 1 },
    { runMs: 0, waiting: 1000, workers: 2, size: 64 },
    { runMs: 1, waiting: 0, workers: 2, size: 0 },
  ])('$size for runs of $runMs ms with $waiting waiting', ({ runMs, waiting, workers, size }) => {
    expect(batchSize(runMs, waiting, workers)).toBe(size);
  });

  it('the pool has as many workers as cores, eight at the most, and two when nobody says', () => {
    expect([1, 2, 4, 16, 0, undefined, Number.NaN].map(poolSize)).toEqual([1, 2, 4, 8, 1, 2, 2]);
  });
});
