// A thread that runs one contestant when asked: how long it took, its mean response, and how much memory the thread holds.

import { parentPort, workerData } from 'node:worker_threads';
import { type ContestantName, contestants } from './contestants';

export interface Lap {
  ms: number;
  mean: number;
}

const { run } = contestants[workerData as ContestantName];

parentPort?.on('message', ({ requests, seed }: { requests: number; seed: number }) => {
  const began = performance.now();
  const mean = run(requests, seed);
  const lap: Lap = { ms: performance.now() - began, mean };
  parentPort?.postMessage(lap);
});
