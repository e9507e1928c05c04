// What crosses between the page and a worker. Everything is plain data.

import type { RecordWindow } from '@by-the-slice/simulation';
import type { Result, Setup } from '../../experiments/definition/result';

export interface RunRequest {
  id: string;
  setup: Setup;
  record: RecordWindow;
}

/** run: the whole result. measure: only its metrics, for many runs in the background. */
export interface ToWorker {
  kind: 'run' | 'measure';
  ticket: number;
  requests: RunRequest[];
}

export type Values = Record<string, number | null>;

export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'results'; ticket: number; results: Result[]; tookMs: number }
  | { kind: 'measured'; ticket: number; metrics: Values[]; tookMs: number }
  | { kind: 'failed'; ticket: number; message: string }
  /** The experiment's code did not reach the worker. The page has it. */
  | { kind: 'unloaded'; ticket: number; message: string };
