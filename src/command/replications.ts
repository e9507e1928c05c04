// The same run under many seeds, over the cores of the machine. A thread costs about half a second to start, so few or
// quick replications stay in this one. The estimates are the same either way: seeds are given out in order and put together in order.

import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import type { ExperimentDefinition } from '../experiments/definition/defineExperiment';
import { type Estimate, estimatesOf } from '../experiments/definition/replicate';
import type { Result } from '../experiments/definition/result';
import { measureExperiment } from '../experiments/definition/run';
import type { Settled } from '../experiments/definition/settings';
import type { ReplicationTask } from './replicationThread';

type Metrics = Result['metrics'];

/** Below this much work, in ms, threads do not pay. */
const worthThreadsMs = 2000;

export async function replicate(
  definition: ExperimentDefinition,
  setup: Settled,
  count: number,
  worthMs = worthThreadsMs,
): Promise<Record<string, Estimate>> {
  return estimatesOf(await runSeeds(definition, setup, count, worthMs));
}

/** The metrics of the seeds from `setup.seed` on, in their order. */
export async function runSeeds(
  definition: ExperimentDefinition,
  setup: Settled,
  count: number,
  worthMs = worthThreadsMs,
): Promise<Metrics[]> {
  const seeds = Array.from({ length: count }, (_, index) => setup.seed + index);
  const began = performance.now();
  const first = seeds.slice(0, 2).map((seed) => measureExperiment(definition, { ...setup, seed }));
  const rest = seeds.slice(2);
  const expectedMs = ((performance.now() - began) / Math.max(1, first.length)) * rest.length;
  const threads = expectedMs < worthMs ? 1 : Math.min(availableParallelism(), rest.length);
  if (threads < 2) return [...first, ...rest.map((seed) => measureExperiment(definition, { ...setup, seed }))];
  const tasks = Array.from({ length: threads }, (_, thread) => rest.filter((_seed, index) => index % threads === thread));
  const code = await threadCode();
  const found = await Promise.all(tasks.map((own) => inThread(code, { id: definition.id, setup, seeds: own })));
  return [...first, ...rest.map((_, index) => found[index % threads][Math.floor(index / threads)])];
}

/** A thread reads JavaScript only. */
async function threadCode(): Promise<string> {
  const entry = fileURLToPath(new URL('./replicationThread.ts', import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
  });
  return outputFiles[0].text;
}

function inThread(code: string, task: ReplicationTask): Promise<Metrics[]> {
  return new Promise((done, failed) => {
    const worker = new Worker(code, { eval: true, workerData: task });
    worker.once('message', done);
    worker.once('error', failed);
  });
}
