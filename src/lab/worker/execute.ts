// Runs what was asked for. The worker and the page's own thread call this same function.

import type { Result } from '../../experiments/definition/result';
import { runExperiment } from '../../experiments/definition/run';
import { loadExperiment } from '../../experiments/registry';
import { NotLoaded } from '../page/notLoaded';
import type { FromWorker, RunRequest, ToWorker, Values } from './messages';

async function execute(requests: readonly RunRequest[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const { id, setup, record } of requests) {
    const definition = await loadExperiment(id).catch((cause: unknown) => {
      throw new NotLoaded(cause);
    });
    results.push(runExperiment(definition, setup, { record }));
  }
  return results;
}

/** Never throws: what goes wrong becomes a message. */
export async function answer({ kind, ticket, requests }: ToWorker): Promise<FromWorker> {
  try {
    const startedAt = performance.now();
    const results = await execute(requests);
    const tookMs = performance.now() - startedAt;
    return kind === 'run'
      ? { kind: 'results', ticket, results, tookMs }
      : { kind: 'measured', ticket, metrics: results.map(metricsOf), tookMs };
  } catch (error) {
    return { kind: error instanceof NotLoaded ? 'unloaded' : 'failed', ticket, message: messageOf(error) };
  }
}

function metricsOf(result: Result): Values {
  return Object.fromEntries(Object.entries(result.metrics).map(([id, metric]) => [id, metric.value]));
}

export function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}

/** Buffers that can change hands without being copied. */
export function transferables(message: FromWorker): ArrayBuffer[] {
  if (message.kind !== 'results') return [];
  return message.results.flatMap(({ trace }) =>
    trace ? [trace.timesMs, trace.kinds, trace.parts, trace.subjects, trace.values].map((column) => column.buffer as ArrayBuffer) : [],
  );
}
