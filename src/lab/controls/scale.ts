// Between a slider's position (0 to 1) and a value, on a straight or a logarithmic track.

import type { NumberParameter } from '../../experiments/definition/parameters';

export const positions = 200;

export function positionOf(parameter: NumberParameter, value: number): number {
  const { min, max } = parameter;
  if (max <= min) return 0;
  if (parameter.scale !== 'log') return (value - min) / (max - min);
  const shift = shiftOf(parameter);
  return Math.log((value + shift) / (min + shift)) / Math.log((max + shift) / (min + shift));
}

export function valueAt(parameter: NumberParameter, position: number): number {
  const { min, max } = parameter;
  if (parameter.scale !== 'log') return snap(parameter, min + position * (max - min));
  const shift = shiftOf(parameter);
  return snap(parameter, (min + shift) * ((max + shift) / (min + shift)) ** position - shift);
}

/** A logarithmic track that begins at zero is moved by one step. */
function shiftOf({ min, step }: NumberParameter): number {
  return min > 0 ? 0 : step - min;
}

function snap({ type, min, max, step, scale }: NumberParameter, value: number): number {
  let snapped = value;
  if (type === 'integer') snapped = Math.round(value);
  else if (scale === 'log' && Math.abs(value) >= step * 100) snapped = Number(value.toPrecision(2));
  else if (step > 0) snapped = min + Math.round((value - min) / step) * step;
  return Math.min(max, Math.max(min, Number(snapped.toPrecision(10))));
}
