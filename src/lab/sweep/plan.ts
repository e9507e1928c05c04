// What a sweep will run: its points on both sides, the jobs in the order in which the curve shows soonest, how long it takes.

import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import {
  coarseFirst,
  type SeedlessSetup,
  type SweepPoint,
  type SweepRange,
  sweepPoint,
  sweptValues,
} from '../../experiments/definition/sweep';
import type { Arrangement } from '../session/state';
import type { PoolJob } from '../worker/pool';
import { parameterNamed } from './names';

export type Sides = Pick<Arrangement, 'a' | 'b'>;

interface PlannedPoint {
  a: SweepPoint;
  b: SweepPoint | null;
}

export interface SweepPlan {
  parameter: string;
  range: SweepRange;
  seeds: number;
  /** The setup around the swept value. */
  base: Sides;
  points: PlannedPoint[];
}

/** Where a job's result belongs. */
interface Place {
  point: number;
  side: 'a' | 'b';
  /** `[0]` is seed 1. */
  run: number;
}

export function planOf(definition: ExperimentDefinition, base: Sides, parameter: string, range: SweepRange, seeds: number): SweepPlan {
  const values = sweptValues(parameterNamed(definition, parameter), range);
  const points = values.map((value) => ({
    a: sweepPoint(definition, base.a, parameter, value),
    b: base.b ? sweepPoint(definition, base.b, parameter, value) : null,
  }));
  return { parameter, range, seeds, base, points };
}

/** All seeds of a point together, ends and middle first: the curve has its shape long before it is whole. */
export function placesOf({ points, seeds }: SweepPlan): Place[] {
  return coarseFirst(points.length).flatMap((point) =>
    (['a', 'b'] as const)
      .filter((side) => points[point][side]?.isPossible)
      .flatMap((side) => Array.from({ length: seeds }, (_, run) => ({ point, side, run }))),
  );
}

export function jobAt(id: string, plan: SweepPlan, { point, side, run }: Place): PoolJob {
  const { values, interventions } = plan.points[point][side] as SweepPoint;
  return { id, setup: { values, interventions, seed: run + 1 } };
}

/** Whether the setup on screen is, but for the swept value, another one than the curve is of. */
export function isOlder(definition: ExperimentDefinition, { parameter, base }: Pick<SweepPlan, 'parameter' | 'base'>, now: Sides): boolean {
  const differs = (was: SeedlessSetup, is: SeedlessSetup): boolean => {
    const { values, interventions } = sweepPoint(definition, was, parameter, is.values[parameter] as number);
    return JSON.stringify([values, interventions]) !== JSON.stringify([is.values, is.interventions]);
  };
  if (now.b && !base.b) return true;
  return differs(base.a, now.a) || (now.b !== null && base.b !== null && differs(base.b, now.b));
}

/** Whether the reader has asked for other points than were run. */
export function isOtherPlan(plan: SweepPlan, was: SweepPlan): boolean {
  const key = ({ seeds, points }: SweepPlan): string => JSON.stringify([seeds, points.map(({ a }) => a.value)]);
  return key(plan) !== key(was);
}

// ---- how long it takes ----

const mostEvents = 2_000_000;

/** Work of one run, in a unit that only this experiment has. */
function workOf({ expectedEvents }: ExperimentDefinition, { values }: Pick<SeedlessSetup, 'values'>): number {
  const events = expectedEvents?.(values as never) ?? 1;
  return Math.max(1, Math.min(mostEvents, events));
}

export function workOfPlan(definition: ExperimentDefinition, plan: SweepPlan): number {
  const works = plan.points.flatMap(({ a, b }) => [a, b].flatMap((point) => (point?.isPossible ? [workOf(definition, point)] : [])));
  return plan.seeds * works.reduce((sum, work) => sum + work, 0);
}

/** An event takes less than this on any machine; the first run of a page, which loads its code, seems to take more. */
const mostMsPerEvent = 0.005;

/** ms for one unit of work, from a run on screen: recording makes that one slower, so this is rather too much than too little. */
export function msPerWork(definition: ExperimentDefinition, onScreen: SeedlessSetup, runMs: number, workers: number): number {
  const measured = runMs / workOf(definition, onScreen);
  return (definition.expectedEvents ? Math.min(measured, mostMsPerEvent) : measured) / workers;
}
