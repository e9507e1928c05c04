// What crosses between the page and a worker. Everything is plain data.

import type { RecordWindow } from '@by-the-slice/simulation';
import type { Result, Setup } from '../../experiments/definition/result';

export interface RunRequest {
  id: string;
  setup: Setup;
  record: RecordWindow;
}

/** A setup whose metrics are all that is wanted. */
export type MeasureRequest = Pick<RunRequest, 'id' | 'setup'>;

/** run: the whole result. rehearse: the same, and nothing comes back. measure: only the metrics, for many runs in the background. */
export type ToWorker =
  | { kind: 'run' | 'rehearse'; ticket: number; requests: RunRequest[] }
  | { kind: 'measure'; ticket: number; requests: MeasureRequest[] };

export type Values = Record<string, number | null>;

export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'results'; ticket: number; results: Result[]; tookMs: number }
  | { kind: 'rehearsed'; ticket: number; tookMs: number }
  | { kind: 'measured'; ticket: number; metrics: Values[]; tookMs: number }
  | { kind: 'failed'; ticket: number; message: string }
  /** The experiment's code did not reach the worker. The page has it. */
  | { kind: 'unloaded'; ticket: number; message: string };
