// From values to places in the plot, and the round numbers at its edges.

import { isNumeric, type SweepRange, type SweptParameter, type SweptValue, sweptValues } from '../../experiments/definition/sweep';
import { roundTicks } from '../charts/chartModel';
import { positionOf } from '../controls/scale';

/** Share of the width (0 to 1) at which a value stands; outside of that range for a value outside of the axis. */
export function placeOnAxis(parameter: SweptParameter, { from, to }: SweepRange, value: SweptValue): number {
  if (isNumeric(parameter)) {
    const [min, max] = [Math.min(from, to), Math.max(from, to)];
    return max === min ? 0.5 : positionOf({ ...parameter, min, max }, Number(value));
  }
  const all = categoriesOf(parameter);
  return (all.indexOf(value) + 0.5) / all.length;
}

export function categoriesOf(parameter: SweptParameter): SweptValue[] {
  return isNumeric(parameter) ? [] : sweptValues(parameter, { from: 0, to: 0, points: 0 });
}

export function xTicks(parameter: SweptParameter, { from, to }: SweepRange, count: number): SweptValue[] {
  if (!isNumeric(parameter)) return categoriesOf(parameter);
  const ends = [Math.min(from, to), Math.max(from, to)] as const;
  const ticks = parameter.scale === 'log' ? logTicks(ends, count) : roundTicks(ends, count);
  return parameter.type === 'integer' ? ticks.filter(Number.isInteger) : ticks;
}

/** 1, 2, 5, 10, 20 … with as many of them as there is room for; round steps where the range is less than a decade or so. */
function logTicks([low, high]: readonly [number, number], count: number): number[] {
  if (high < 6 * Math.max(low, high / 1e6)) return roundTicks([low, high], count);
  const within = (factors: readonly number[]): number[] => {
    const ticks: number[] = low <= 0 ? [low] : [];
    for (let unit = 1e-6; unit <= high; unit *= 10)
      for (const factor of factors) {
        const tick = Number((unit * factor).toPrecision(6));
        if (tick >= Math.max(low, high / 1e4) && tick <= high) ticks.push(tick);
      }
    return ticks;
  };
  const found = [[1, 2, 5], [1, 3], [1]].map(within);
  return found.find((ticks) => ticks.length <= count + 1) ?? found[2];
}

/** Ends of the y axis, in the metric's own unit. Measured and on screen is taken in; of theory, what does not squeeze them. */
export function yDomain(measured: readonly number[], onScreen: readonly number[], theory: readonly number[]): [number, number] {
  const known = [...(measured.length > 0 ? measured : calm(theory)), ...onScreen];
  if (known.length === 0) return [0, 1];
  let [low, high] = [Math.min(...known), Math.max(...known)];
  const roof = high + (high - Math.min(0, low)) * 0.25;
  for (const value of theory)
    if (value <= roof && value >= low - (roof - low) * 0.25) [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (low >= 0 && low <= 0.7 * high) low = 0;
  if (low === high) return low === 0 ? [0, 1] : [Math.min(0, low), Math.max(0, high)];
  const air = (high - low) * 0.06;
  return [low === 0 ? 0 : low - air, high + air];
}

/** Without the end that runs away to infinity. */
function calm(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.slice(0, Math.ceil(sorted.length * 0.9));
}

/** Ticks of the y axis in what is written: percentages as 0 to 100. */
export function yTicks([low, high]: readonly [number, number], unit: string, count: number): { at: number; written: number }[] {
  const factor = unit === '%' ? 100 : 1;
  return roundTicks([low * factor, high * factor], count).map((written) => ({ at: written / factor, written }));
}
