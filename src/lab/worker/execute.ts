// Runs what was asked for. The worker and, where there is none, the page's own thread call this same function.

import { columnNames } from '@by-the-slice/simulation';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import type { Result } from '../../experiments/definition/result';
import { measureExperiment, runExperiment } from '../../experiments/definition/run';
import { loadExperiment } from '../../experiments/registry';
import { NotLoaded } from '../page/notLoaded';
import { messageOf } from './messageOf';
import type { FromWorker, MeasureRequest, ToWorker, Values } from './messages';

/** Never throws: what goes wrong becomes a message. */
export async function answer(message: ToWorker): Promise<FromWorker> {
  const { ticket } = message;
  try {
    const startedAt = performance.now();
    const took = () => performance.now() - startedAt;
    if (message.kind === 'measure') {
      const metrics = await each(message.requests, (definition, { setup }) => valuesOf(measureExperiment(definition, setup)));
      return { kind: 'measured', ticket, metrics, tookMs: took() };
    }
    const results = await each(message.requests, (definition, { setup, record }) => runExperiment(definition, setup, { record }));
    return message.kind === 'run' ? { kind: 'results', ticket, results, tookMs: took() } : { kind: 'rehearsed', ticket, tookMs: took() };
  } catch (error) {
    return { kind: error instanceof NotLoaded ? 'unloaded' : 'failed', ticket, message: messageOf(error) };
  }
}

async function each<R extends MeasureRequest, T>(
  requests: readonly R[],
  carryOut: (definition: ExperimentDefinition, request: R) => T,
): Promise<T[]> {
  const found: T[] = [];
  for (const request of requests) {
    const definition = await loadExperiment(request.id).catch((cause: unknown) => {
      throw new NotLoaded(cause);
    });
    found.push(carryOut(definition, request));
  }
  return found;
}

function valuesOf(metrics: Result['metrics']): Values {
  const values: Values = {};
  for (const id of Object.keys(metrics)) values[id] = metrics[id].value;
  return values;
}

/** Buffers that can change hands without being copied. */
export function transferables(message: FromWorker): ArrayBuffer[] {
  if (message.kind !== 'results') return [];
  return message.results.flatMap(({ trace }) => (trace ? columnNames.map((name) => trace[name].buffer as ArrayBuffer) : []));
}
