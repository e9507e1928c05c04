// What the build hands to a page: plain data, computed before anybody reads it. Made by src/build, shown by src/lab, and
// readable without the experiment's code.

import type { Accounts } from '@by-the-slice/simulation';
import type { ExperimentKind } from './defineExperiment';
import type { Goal } from './goal';
import type { Setup } from './result';

export interface TwinSetup extends Setup {
  sideB?: Pick<Setup, 'values' | 'interventions'>;
  cursorMs?: number;
}

export interface TwinValue {
  name: string;
  label: string;
  /** With its unit, or the words of the choice. */
  text: string;
  /** Differs from the default. */
  changed: boolean;
}

export interface TwinMetric {
  id: string;
  label: string;
  short: string;
  main: boolean;
  text: string;
  samples?: number;
  help?: string;
  /** Side B's, when there is one. */
  textB?: string;
  theory?: { text: string; formula: string; source: string; reason?: string };
}

export interface TwinPicture {
  svg: string;
  width: number;
  height: number;
}

/** The default run of an `<Experiment>` tag, as the HTML shows it before (or without) any code. */
export interface Twin {
  id: string;
  title: string;
  question: string;
  kind: ExperimentKind;
  setup: TwinSetup;
  values: TwinValue[];
  interventions: string[];
  /** Length of the run in words; absent where there is no clock. */
  horizon?: string;
  metrics: TwinMetric[];
  accounts: Record<string, Accounts>;
  table?: { caption: string; columns: string[]; rows: { label: string; cells: string[] }[] };
  summary: string;
  summaryB?: string;
  /** Simulated time of the picture; absent for a calculation. */
  pictureAtMs?: number;
  picture?: TwinPicture;
  /** The same for a narrow screen. */
  narrowPicture?: TwinPicture;
  scenarios: { name: string; note: string; fragment: string }[];
  leavesOut: string[];
  modelHash: string;
  resultHash: string;
}

/** A number in the prose. */
export interface ComputedNumber {
  /** Rounded, without its unit. */
  text: string;
  unit: string;
  /** Where it comes from: "mean of 20 runs, ± 0.4 ms (95 % interval)". */
  basis: string;
  /** As measured, not rounded. */
  mean: number;
  halfWidth: number;
}

export interface CheckedClaim {
  sentence: string;
  detail: string;
}

/** A link that sets an experiment of the same page to a state. */
export interface TryLink {
  experiment: string;
  /** Without `#`. */
  fragment: string;
  setup: TwinSetup;
  /** What it sets, one entry a setting that differs from the default. */
  sets: string[];
}

/** Where to look in the experiment for what explains an outcome: found by the build in the run of seed 1. */
export interface Moment {
  /** "At 41.2 s the longest line of this run: 63 requests at Server." */
  sentence: string;
  /** Sets the experiment to that run, with the clock at that instant. */
  link: TryLink;
}

/** One point of the curve that a reader is asked to sketch. */
export interface SketchPoint {
  x: number;
  /** As the experiment gives it: the mean of 20 runs, half the width of its 95 % interval. In the unit of the axis. */
  y: number;
  halfWidth: number;
  /** What explains the curve here. */
  moment?: Moment;
}

export interface SketchAxis {
  label: string;
  unit: string;
}

/** A curve to be sketched. Shares are in percent here, on both axes. */
export interface SketchAnswer {
  type: 'sketch';
  x: SketchAxis;
  /** `top` is where the grid ends; it starts at 0. */
  y: SketchAxis & { top: number };
  points: SketchPoint[];
  basis: string;
}

/** How an answer is given and what is right. `goal` is answered by the reader's own experiment. */
export type Answer =
  | { type: 'number'; unit: string; right: ComputedNumber; label: string; moment?: Moment }
  | { type: 'choice'; choices: string[]; right: number; proof?: CheckedClaim; moment?: Moment }
  | SketchAnswer
  | { type: 'goal'; goal: Goal; solution: TryLink }
  | { type: 'open' };

export interface AskedQuestion {
  /** Unique within the site; the reader's answer is stored under it. */
  key: string;
  text: string;
  answer: Answer;
}

/** A run that a page proposes, as a worksheet prints it. */
export interface ProposedRun {
  what: 'run';
  /** The words of the link. */
  text: string;
  experiment: string;
  sets: string[];
  compares: boolean;
  fragment: string;
  /** What to write down: the main metrics, in short, with their units. */
  measures: string[];
}

/** What a page asks its reader to do, in its order: what a worksheet and the reader's record are made of. */
export type Exercise = ProposedRun | { what: 'predict' | 'question'; asked: AskedQuestion; why: string[] };

export interface PageExercises {
  /** start/opening-night */
  id: string;
  title: string;
  /** Address of the page within the site. */
  path: string;
  exercises: Exercise[];
}
