// A thread of `replicate`: runs its share of the seeds and hands back what estimates need.

import { parentPort, workerData } from 'node:worker_threads';
import { measureExperiment } from '../experiments/definition/run';
import type { Settled } from '../experiments/definition/settings';
import { loadExperiment } from '../experiments/registry';

export interface ReplicationTask {
  id: string;
  setup: Settled;
  seeds: readonly number[];
}

async function main({ id, setup, seeds }: ReplicationTask): Promise<void> {
  const definition = await loadExperiment(id);
  parentPort?.postMessage(seeds.map((seed) => measureExperiment(definition, { ...setup, seed })));
}

void main(workerData as ReplicationTask);
