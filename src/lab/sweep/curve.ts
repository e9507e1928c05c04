// The curve of one metric: what was found at each point on each side, beside it the closed form, finer than the points.

import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import {
  estimateOf,
  isNumeric,
  type SeedlessSetup,
  type SweepEstimate,
  type SweepPoint,
  type SweepRange,
  type SweptValue,
  sweepPoint,
  sweptValues,
  theoryAt,
} from '../../experiments/definition/sweep';
import type { SideName } from '../session/state';
import type { Values } from '../worker/messages';
import { parameterNamed } from './names';
import type { SweepPlan } from './plan';

/** A sweep with what came of it so far. */
export interface SweepStudy {
  plan: SweepPlan;
  /** By point and side, by seed; holes where nothing has come. */
  found: Record<SideName, Values[]>[];
  tookMs: number;
}

export interface SidePoint {
  point: SweepPoint;
  /** How many of its runs have come. */
  came: number;
  estimate: SweepEstimate | null;
  theory: number | null;
}

export interface CurvePoint {
  value: SweptValue;
  a: SidePoint;
  b: SidePoint | null;
}

/** All points, with or without results. */
export function curveOf(definition: ExperimentDefinition, { plan, found }: SweepStudy, metric: string): CurvePoint[] {
  const side = (point: SweepPoint, found: Values[]): SidePoint => {
    // Skips the holes: workers answer out of order.
    const values = found.flatMap((run) => [run[metric]]);
    const theory = point.isPossible ? theoryAt(definition, point, metric) : null;
    return { point, came: values.length, estimate: estimateOf(values), theory };
  };
  return plan.points.map(({ a, b }, index) => ({
    value: a.value,
    a: side(a, found[index].a),
    b: b ? side(b, found[index].b) : null,
  }));
}

export function sidesOf({ a, b }: CurvePoint): [SideName, SidePoint][] {
  return b
    ? [
        ['a', a],
        ['b', b],
      ]
    : [['a', a]];
}

export interface TheoryPoint {
  value: SweptValue;
  y: number | null;
}

const finePoints = 81;

/** The closed form over the range; empty where there is none at all. */
export function theoryLine(
  definition: ExperimentDefinition,
  base: SeedlessSetup,
  name: string,
  range: SweepRange,
  metric: string,
): TheoryPoint[] {
  if (!definition.theory) return [];
  const parameter = parameterNamed(definition, name);
  // Finer than the parameter's own step: a smooth line asks for no run.
  const fine = isNumeric(parameter) && parameter.type === 'number' ? { ...parameter, step: 0 } : parameter;
  const line = sweptValues(fine, { ...range, points: finePoints }).map((value) => {
    const point = sweepPoint(definition, base, name, value);
    return { value, y: point.isPossible ? theoryAt(definition, point, metric) : null };
  });
  return line.some(({ y }) => y !== null) ? line : [];
}

export function isSameLine(left: readonly TheoryPoint[], right: readonly TheoryPoint[]): boolean {
  return left.length === right.length && left.every(({ y }, index) => y === right[index].y);
}

/** Points that a line joins: it passes over those that have not come yet, and breaks where there is no value. */
export function joined(points: readonly CurvePoint[], side: SideName): CurvePoint[][] {
  const pieces: CurvePoint[][] = [[]];
  for (const point of points) {
    const at = point[side];
    if (at?.estimate) pieces[pieces.length - 1].push(point);
    else if (at && (at.came > 0 || !at.point.isPossible)) pieces.push([]);
  }
  return pieces.filter((piece) => piece.length > 0);
}
