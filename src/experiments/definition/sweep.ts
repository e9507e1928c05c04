// A sweep: one parameter over its range, all else as it stands. Which values are tried, what must change so that each can run,
// and what many seeds say at a point. The page and the command line use the same.

import { exp, log, meanInterval } from '@by-the-slice/simulation';
import type { ExperimentDefinition } from './defineExperiment';
import type { ListParameter, NumberParameter, Parameter, Values } from './parameters';
import type { Setup } from './result';
import { horizonMsOf, horizonNotice, settle, shownParameters } from './settings';
import { theoryBeside } from './theoryBeside';

export type SweptParameter = Exclude<Parameter, ListParameter>;
export type SweptValue = number | string | boolean;
/** All that decides a run but its seed. */
export type SeedlessSetup = Omit<Setup, 'seed'>;

export interface SweepRange {
  from: number;
  to: number;
  /** How many values at the most; a range of whole numbers may have fewer. */
  points: number;
}

export interface SweepPoint extends SeedlessSetup {
  value: SweptValue;
  /** Sentences: what else had to change for this value, if anything. */
  changes: string[];
  /** The value itself cannot stand beside the others: there is no run here, and `changes` says why. */
  isPossible: boolean;
}

export interface SweepEstimate {
  mean: number;
  /** 95 % interval of the mean; null with fewer than two runs. */
  interval: { low: number; high: number } | null;
  lowest: number;
  highest: number;
  /** How many runs had a value, of how many. */
  runs: number;
  of: number;
}

export function isNumeric(parameter: Parameter): parameter is NumberParameter {
  return parameter.type === 'number' || parameter.type === 'integer';
}

export function canBeSwept(parameter: Parameter | undefined): parameter is SweptParameter {
  return parameter !== undefined && parameter.type !== 'list';
}

/** What can be swept with these values: what is shown for them, but for lists. */
export function sweptParameters(definition: ExperimentDefinition, values: Values): string[] {
  return shownParameters(definition, values).filter((name) => canBeSwept(definition.parameters[name]));
}

/** Which of them first: as the experiment says, or the first number. */
export function firstSwept({ sweep, parameters }: ExperimentDefinition, names: readonly string[]): string | undefined {
  if (sweep && names.includes(sweep.parameter)) return sweep.parameter;
  return names.find((name) => isNumeric(parameters[name])) ?? names[0];
}

/** As the experiment says, or its first main metric. */
export function firstMeasured({ sweep, metrics }: ExperimentDefinition): string {
  if (sweep && Object.hasOwn(metrics, sweep.metric)) return sweep.metric;
  const ids = Object.keys(metrics);
  return ids.find((id) => metrics[id].main) ?? ids[0];
}

export function firstRange({ sweep }: ExperimentDefinition, name: string, { min, max }: NumberParameter): Omit<SweepRange, 'points'> {
  const own = sweep?.parameter === name ? sweep : undefined;
  return { from: own?.from ?? min, to: own?.to ?? max };
}

/** From low to high without repetition; of a choice its options, of a switch off and on. */
export function sweptValues(parameter: SweptParameter, range: SweepRange): SweptValue[] {
  if (parameter.type === 'choice') return Object.keys(parameter.options);
  if (parameter.type === 'switch') return [false, true];
  return numbersOf(parameter, range);
}

function numbersOf(parameter: NumberParameter, { from, to, points }: SweepRange): number[] {
  const { min, max } = parameter;
  const within = (value: number): number => Math.min(max, Math.max(min, value));
  const [low, high] = [within(Math.min(from, to)), within(Math.max(from, to))];
  const values = Array.from({ length: Math.max(1, Math.floor(points)) }, (_, index) => {
    if (index === 0) return low;
    if (index === Math.floor(points) - 1) return high;
    const even = between(parameter, low, high, index / (points - 1));
    return Math.min(high, Math.max(low, rounded(parameter, even, (high - low) / (points - 1))));
  });
  const whole = parameter.type === 'integer' ? values.map(Math.round) : values;
  return [...new Set(whole)].sort((a, b) => a - b);
}

/** On a logarithmic track equal steps are equal factors. One that begins at zero is moved by one step. */
function between({ scale, step }: NumberParameter, low: number, high: number, share: number): number {
  if (scale !== 'log') return low + share * (high - low);
  const shift = low > 0 ? 0 : step - low;
  return exp(log(low + shift) + share * (log(high + shift) - log(low + shift))) - shift;
}

/** To the parameter's step, or finer where the range is narrow. */
function rounded({ min, step }: NumberParameter, value: number, gap: number): number {
  const stepped = step > 0 && gap >= step ? min + Math.round((value - min) / step) * step : Number(value.toPrecision(4));
  return Number(stepped.toPrecision(10));
}

export function sweepPoint(definition: ExperimentDefinition, base: SeedlessSetup, name: string, value: SweptValue): SweepPoint {
  const { values, interventions, notices } = settle(definition, { ...base, values: { ...base.values, [name]: value } });
  const shortened = horizonNotice(definition, values);
  const changes = [...notices, ...(shortened ? [shortened] : [])].map(({ text }) => text);
  return { value, values, interventions, changes, isPossible: values[name] === value };
}

/** The closed form at a point; null where there is none. */
export function theoryAt(definition: ExperimentDefinition, { values, interventions }: SeedlessSetup, metric: string): number | null {
  const theory = theoryBeside(definition, { values, interventions, seed: 1 }, horizonMsOf(definition, values));
  const value = theory[metric]?.value ?? null;
  return value !== null && Number.isFinite(value) ? value : null;
}

/** The order in which the shape of a curve shows soonest: both ends, the middle, the middles between. */
export function coarseFirst(count: number): number[] {
  const order = count > 1 ? [0, count - 1] : count === 1 ? [0] : [];
  const gaps: [number, number][] = [[0, count - 1]];
  for (const [low, high] of gaps) {
    const middle = Math.floor((low + high) / 2);
    if (middle <= low) continue;
    order.push(middle);
    gaps.push([low, middle], [middle, high]);
  }
  return order;
}

/** null: no run has a value. */
export function estimateOf(found: readonly (number | null | undefined)[]): SweepEstimate | null {
  const values = found.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  if (values.length === 0) return null;
  const { mean, low, high } = meanInterval(values);
  let [lowest, highest] = [Infinity, -Infinity];
  for (const value of values) [lowest, highest] = [Math.min(lowest, value), Math.max(highest, value)];
  return { mean, interval: values.length < 2 ? null : { low, high }, lowest, highest, runs: values.length, of: found.length };
}
