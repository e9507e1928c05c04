// Where everything stands in the plot, in px: from the width there is, the words at the axes, and what must be in view.

import type { SweptParameter, SweptValue } from '../../experiments/definition/sweep';
import { categoriesOf, placeOnAxis, xTicks, yDomain, yTicks } from './axes';
import { type CurvePoint, sidesOf, type TheoryPoint } from './curve';
import { bareValue, plainNumber } from './names';
import type { Band } from './pointWords';

export interface PlotLayout {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  /** Of the plot, where the x axis lies. */
  bottom: number;
  x: (value: SweptValue) => number;
  y: (value: number) => number;
  xMarks: { value: SweptValue; text: string }[];
  yMarks: { at: number; text: string }[];
  /** Words under the axis do not fit side by side. */
  isSlanted: boolean;
  /** In degrees, where they are slanted: steeper where there are very many. */
  slantAngle: number;
  pointsInside: CurvePoint[];
}

interface LayoutOptions {
  parameter: SweptParameter;
  range: { from: number; to: number; points: number };
  metric: { unit: string };
  points: CurvePoint[];
  theories: TheoryPoint[][];
  onScreen: { value: SweptValue; y: number }[];
  band: Band;
}

const plotHeight = 200;
const letter = 7;
const longestWord = 20;
/** So that marks at the ends are whole. */
const inset = 9;

export function layoutOf(options: LayoutOptions, width: number): PlotLayout {
  const { parameter, range, metric } = options;
  const place = (value: SweptValue): number => placeOnAxis(parameter, range, value);
  const pointsInside = options.points.filter(({ value }) => isShare(place(value)));
  const domain = yDomain(
    pointsInside.flatMap((point) => valuesIn(point, options.band)),
    options.onScreen.filter(({ value }) => isShare(place(value))).map(({ y }) => y),
    options.theories.flatMap((line) => line.flatMap(({ y }) => (y === null ? [] : [y]))),
  );
  const yMarks = yTicks(domain, metric.unit, 5).map(({ at, written }) => ({ at, text: plainNumber(written) }));
  const numbers = 10 + letter * Math.max(2, ...yMarks.map(({ text }) => text.length));
  const slant = slantOf(parameter, width - numbers);
  const left = Math.max(numbers, slant?.left ?? 0);
  const right = Math.max(left + 1, width - 10);
  const inner = right - left - 2 * inset;
  const ticks = xTicks(parameter, range, Math.max(2, Math.floor(inner / 62)));
  const top = 14;
  const bottom = top + plotHeight;
  return {
    width,
    height: bottom + (slant?.height ?? 22),
    left,
    right,
    top,
    bottom,
    x: (value) => left + inset + place(value) * inner,
    y: (value) => bottom - ((value - domain[0]) / (domain[1] - domain[0])) * plotHeight,
    xMarks: ticks.map((value) => ({ value, text: shortened(bareValue(parameter, value)) })),
    yMarks,
    isSlanted: slant !== null,
    slantAngle: slant?.angle ?? 0,
    pointsInside,
  };
}

function isShare(place: number): boolean {
  return place > -1e-9 && place < 1 + 1e-9;
}

/** Px across and down for each letter of a slanted word, and how close two of them may stand. */
const slants = [
  { angle: 35, across: 5, down: 4, cell: 18 },
  { angle: 70, across: 2.4, down: 6, cell: 0 },
];

/** Room for words under the axis that do not fit side by side: below them, and left of the first ones. null: they fit. */
function slantOf(parameter: SweptParameter, width: number): { left: number; height: number; angle: number } | null {
  const lengths = categoriesOf(parameter).map((value) => shortened(bareValue(parameter, value)).length);
  const longest = Math.max(0, ...lengths);
  const cell = width / Math.max(1, lengths.length);
  if (lengths.length === 0 || longest * (letter - 0.5) < cell - 6) return null;
  const { angle, across, down } = slants.find((slant) => cell >= slant.cell) ?? slants[1];
  const left = Math.max(...lengths.map((length, index) => length * across - (index + 0.5) * cell + 4));
  return { left, height: 20 + longest * down, angle };
}

function shortened(text: string): string {
  return text.length > longestWord ? `${text.slice(0, longestWord - 1)}…` : text;
}

function valuesIn(point: CurvePoint, band: Band): number[] {
  return sidesOf(point).flatMap(([, { estimate }]) => {
    if (!estimate) return [];
    const ends = endsOf(estimate, band);
    return ends ? [ends.low, ends.high] : [estimate.mean];
  });
}

/** Ends of the band; null where there is none. An interval may reach below what can be: a wait is not less than nothing. */
export function endsOf(
  { mean, interval, lowest, highest }: { mean: number; interval: { low: number; high: number } | null; lowest: number; highest: number },
  band: Band,
): { low: number; high: number } | null {
  if (band === 'range') return { low: lowest, high: highest };
  if (!interval || !Number.isFinite(interval.low)) return null;
  return { low: lowest >= 0 ? Math.max(0, interval.low) : interval.low, high: Math.max(mean, interval.high) };
}
