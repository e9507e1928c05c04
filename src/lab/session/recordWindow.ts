// Which part of a run is recorded request by request: all of it, unless it is very long; then the part around the cursor.

import type { RecordWindow, Trace } from '@by-the-slice/simulation';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import type { Values } from '../../experiments/definition/parameters';

const mostEvents = 400_000;

export function recordWindowFor(definition: ExperimentDefinition, values: Values, horizonMs: number, cursorMs: number): RecordWindow {
  if (definition.kind !== 'simulation') return { detail: 'none' };
  const events = definition.expectedEvents?.(values as never) ?? 0;
  if (!(events > mostEvents)) return { detail: 'all' };
  const widthMs = (horizonMs * mostEvents) / events;
  const fromMs = Math.max(0, Math.min(cursorMs - widthMs / 4, horizonMs - widthMs));
  return { detail: 'all', fromMs, toMs: fromMs + widthMs };
}

/** Whether the cursor has left what was recorded. */
export function isOutside(trace: Trace | undefined, cursorMs: number): boolean {
  return trace !== undefined && (cursorMs < trace.fromMs || cursorMs > trace.toMs);
}
