// Which part of a run is recorded request by request: all of it, unless it is very long; then the part around the cursor.

import type { RecordWindow, Trace } from '@by-the-slice/simulation';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { valuesAt } from '../../experiments/definition/live';
import type { Setup } from '../../experiments/definition/result';

const mostEvents = 400_000;

export function recordWindowFor(
  definition: ExperimentDefinition,
  setup: Pick<Setup, 'values' | 'interventions'>,
  horizonMs: number,
  cursorMs: number,
): RecordWindow {
  if (definition.kind !== 'simulation') return { detail: 'none' };
  const events = mostExpected(definition, setup);
  if (!(events > mostEvents)) return { detail: 'all' };
  const widthMs = (horizonMs * mostEvents) / events;
  const fromMs = Math.max(0, Math.min(cursorMs - widthMs / 4, horizonMs - widthMs));
  return { detail: 'all', fromMs, toMs: fromMs + widthMs };
}

/** A rate that rises in the middle counts as if it had been so from the start. */
function mostExpected(definition: ExperimentDefinition, { values, interventions }: Pick<Setup, 'values' | 'interventions'>): number {
  const events = [0, ...interventions.map(({ atMs }) => atMs)].map((atMs) => {
    return definition.expectedEvents?.(valuesAt(definition, values, interventions, atMs) as never) ?? 0;
  });
  return Math.max(...events);
}

/** Whether the cursor has left what was recorded. */
export function isOutside(trace: Trace | undefined, cursorMs: number): boolean {
  return trace !== undefined && (cursorMs < trace.fromMs || cursorMs > trace.toMs);
}
