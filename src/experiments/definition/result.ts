// What a run gives: plain data that can cross a thread, be written to a file, and be read without the code that made it.

import type { Accounts, Intervention, Mark, SpokenValues, Trace } from '@by-the-slice/simulation';
import type { Values } from './parameters';

/** A measured number. `null`: there is none, for `reason` (too few samples, nothing completed). */
export interface Measured {
  value: number | null;
  unit: string;
  /** How many requests (keys, …) stand behind it. */
  samples?: number;
  reason?: string;
}

/** The closed form beside a metric. */
export interface Theory {
  value: number | null;
  /** The formula in words and signs: "W = 1 / (μ − λ)". */
  formula: string;
  source: string;
  /** Why it does not apply to these values. */
  reason?: string;
}

export interface Notice {
  /** Parameter or part of the link concerned. */
  about: string;
  /** A sentence for the reader. An experiment may leave places in braces, filled from `values`. */
  text: string;
  values?: SpokenValues;
}

export interface LineData {
  type: 'lines';
  /** Same length for all, 400 at the most. In the x unit. */
  x: number[];
  lines: { key: string; values: (number | null)[] }[];
}
export interface BarData {
  type: 'bars';
  categories: string[];
  bars: { key: string; values: (number | null)[] }[];
}
export type ChartData = LineData | BarData;

/** One row for each member of a fleet. */
export interface ResultTable {
  caption: string;
  columns: { key: string; label: string; unit: string }[];
  rows: { label: string; cells: (number | null)[] }[];
}

/** A setting of an experiment: all that decides a run. */
export interface Setup {
  values: Values;
  seed: number;
  interventions: Intervention[];
}

export interface Result extends Setup {
  id: string;
  horizonMs: number;
  metrics: Record<string, Measured>;
  theory: Record<string, Theory>;
  accounts: Record<string, Accounts>;
  table?: ResultTable;
  charts: Record<string, ChartData>;
  notices: Notice[];
  /** `index:target` of interventions that found no such part. */
  skipped: string[];
  marks: Mark[];
  events: number;
  /** Empty for a run that was made for its figures alone. */
  traceHash: string;
  modelHash: string;
  /** For a calculation: what its picture is drawn from, by `scene.draw`. Simulations are drawn from the trace. */
  drawing?: unknown;
  trace?: Trace;
  /** One paragraph that says what came out, for those who do not see the picture. */
  summary: string;
}
