// An experiment: what can be varied, how it runs, what is shown, what must be true, what is left out. One plain file each.

import type { Accounts, Intervention, System } from '@by-the-slice/simulation';
import type { SceneOptions } from '../../picture/scene';
import type { ResponseCharts } from './measures';
import type { Parameters, Values, ValuesOf } from './parameters';
import type { ChartData, Notice, Result, ResultTable, Theory } from './result';

export type ExperimentKind = 'simulation' | 'calculation' | 'session';

export interface Clock<P extends Parameters = Parameters> {
  /** What the reader sees on the player; simulated time itself is in ms. */
  unit: 'ms' | 's' | 'min' | 'h' | 'd';
  /** Length of a run, in `unit`: a number, or by the parameters' values. */
  horizon: number | ((values: ValuesOf<P>) => number);
  /** How long the run takes to watch at speed 1. */
  playSeconds: number;
}

export interface MetricDefinition {
  /** Full words: "99th percentile of the response time". */
  label: string;
  /** As in the results strip: "p99". */
  short: string;
  unit: '' | 'ms' | 's' | '%' | '/s' | 'requests' | 'keys' | 'servers' | '×';
  better?: 'lower' | 'higher';
  /** One sentence of explanation. */
  help?: string;
  /** In the strip of main results (at most six); the others stand in the full table. */
  main?: boolean;
}

export interface ChartDefinition {
  title: string;
  /** Can be read alone. */
  caption: string;
  /** Values in '%' are shares from 0 to 1, as in metrics; the chart shows them times 100. */
  x: { label: string; unit: string };
  y: { label: string; unit: string };
  /** Words for each line or bar by key; `theory` draws it dashed in the theory's color. */
  series: Record<string, { label: string; theory?: boolean }>;
  /** The x axis is the run's clock: the cursor is drawn on it. */
  followsClock?: boolean;
}

/** What an experiment's `run` is given. */
export interface RunContext<P extends Parameters = Parameters> {
  system: System;
  seed: number;
  horizonMs: number;
  /** For what is drawn over time. Where only metrics are wanted it keeps nothing, so no metric can come from it. */
  charts: ResponseCharts;
  /**
   * Says how a parameter marked `live` changes in the middle of the run: one line each, before `simulate`. `set` is called with all
   * values as they then stand; `values` keeps those of the start.
   */
  live(name: keyof P & string, set: (now: ValuesOf<P>) => void): void;
  /** Carries out the interventions and lets the system run to the horizon. Call it once, when all parts are made. */
  simulate(): void;
}

/** What an experiment's `run` gives back; the frame adds hashes, notices and the summary. */
export interface Outcome {
  /** By metric id. NaN or null where there is none. */
  metrics: Record<string, number | null>;
  /** Samples behind a metric, by metric id. */
  samples?: Record<string, number>;
  accounts?: Record<string, Accounts>;
  table?: ResultTable;
  charts?: Record<string, ChartData>;
  /** Of a calculation: plain data for `scene.draw`. */
  drawing?: unknown;
}

/** One of an experiment's `sentences` by name, its places filled; `more` are those that are neither metric nor parameter. */
export type Tell = (sentence: string, more?: Record<string, string | number>) => string;

/** Some settings of an experiment; the rest are its defaults. */
export interface PartialSetup {
  values?: Values;
  interventions?: Intervention[];
}

export interface Scenario extends PartialSetup {
  /** What it is called on the page where that is not its name: in another language. Tags and tests know it by its name. */
  title?: string;
  /** One sentence: what to look for. */
  note: string;
}

/** A sentence that must hold for every one of 20 seeds. */
export interface InvariantClaim {
  sentence: string;
  setups?: PartialSetup[];
  always: (result: Result) => boolean;
}

/** A sentence about two settings: it holds when the paired 95 % interval of a − b over 20 seeds lies on the right side of zero. */
export interface ComparisonClaim {
  sentence: string;
  a: PartialSetup;
  b: PartialSetup;
  measure: (result: Result) => number;
  expect: 'a below b' | 'a above b';
  /** With 3: a × 3 is still below b (or a is above 3 × b). Default 1. */
  byFactor?: number;
}
export type Claim = InvariantClaim | ComparisonClaim;

export interface ExperimentDefinition<P extends Parameters = Parameters> {
  id: string;
  title: string;
  /** The question that the experiment answers, one line. */
  question: string;
  kind: ExperimentKind;
  /** Words of the catalogue. */
  topics: string[];
  clock?: Clock<NoInfer<P>>;
  parameters: P;
  /** Brings values that do not fit together into order. Total and idempotent. */
  constrain?(values: ValuesOf<P>): { values: ValuesOf<P>; notices: Notice[] };
  /** Events that a run will take, roughly; the horizon is shortened before a run passes 2 million. */
  expectedEvents?(values: ValuesOf<P>): number;
  run(values: ValuesOf<P>, context: RunContext<P>): Outcome;
  metrics: Record<string, MetricDefinition>;
  charts: Record<string, ChartDefinition>;
  /** Closed forms by metric id. An entry with `reason` says why there is none for these values. */
  theory?(values: ValuesOf<P>, horizonMs: number): Record<string, Theory>;
  /** Theory stands beside the result even when the reader intervened. Default: it is hidden, with the reason. */
  theoryHoldsUnderInterventions?: boolean;
  scene?: SceneOptions;
  /** What a sweep shows first, and over which range. Default: the first number against the first main metric, over its whole range. */
  sweep?: { parameter: string; metric: string; from?: number; to?: number };
  scenarios: Record<string, Scenario>;
  claims: Record<string, Claim>;
  /**
   * One paragraph on a result: a text in which {name} stands for a metric with its unit, or for a parameter's value. Where it depends
   * on values, a function: `say` gives a metric, `tell` one of `sentences` filled in the same way. What it writes itself stays English.
   */
  summary: string | ((say: (metric: string) => string, values: ValuesOf<P>, tell: Tell) => string);
  /** For translators: the sentences of the summary by name, and all that `theory` and `constrain` may give as a reason or notice. */
  sentences?: Record<string, string>;
  /** The model card: what a real system has and this model does not. */
  leavesOut: string[];
}

/** Checks nothing at run time; gives the parameters their types. */
export function defineExperiment<const P extends Parameters>(definition: ExperimentDefinition<P>): ExperimentDefinition {
  return definition as unknown as ExperimentDefinition;
}
