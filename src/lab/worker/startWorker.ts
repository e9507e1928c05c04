// Starts a worker. Call it in an effect or a handler, never while a module loads: the build has no workers.

import type { FromWorker, ToWorker } from './messages';

/** The little of a Worker that is used, so that tests can stand in for one. */
export interface WorkerLike {
  postMessage(message: ToWorker): void;
  terminate(): void;
  onmessage: ((event: { data: FromWorker }) => void) | null;
  onerror: ((event: { message?: string; preventDefault?(): void }) => void) | null;
}

export type StartWorker = () => WorkerLike;

export function startWorker(): WorkerLike {
  const worker = new Worker(new URL('./run.worker.ts', import.meta.url), { type: 'module' });
  return worker as unknown as WorkerLike;
}
