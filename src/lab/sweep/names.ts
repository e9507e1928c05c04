// Parameters and metrics in words: a swept value with its unit, a metric with as many digits as a reader needs.

import { translate } from '@docusaurus/Translate';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { formatDecimals, formatNumber, unitAfter } from '../../experiments/definition/number';
import { isNumeric, type SweptParameter, type SweptValue } from '../../experiments/definition/sweep';

export function parameterNamed({ parameters }: ExperimentDefinition, name: string): SweptParameter {
  return parameters[name] as SweptParameter;
}

/** All digits that a number has, five decimals at the most: for round numbers and for values that a reader chose. */
export function plainNumber(value: number): string {
  const text = String(Math.round(value * 1e5) / 1e5);
  const decimals = text.includes('.') && !text.includes('e') ? text.length - text.indexOf('.') - 1 : 0;
  return decimals === 0 ? formatNumber(value) : formatDecimals(value, decimals).replace('-', '−');
}

/** Without its unit, as under an axis. */
export function bareValue(parameter: SweptParameter, value: SweptValue): string {
  if (parameter.type === 'choice') return parameter.options[String(value)] ?? String(value);
  if (parameter.type === 'switch')
    return value === true ? translate({ id: 'lab.sweep.on', message: 'on' }) : translate({ id: 'lab.sweep.off', message: 'off' });
  return plainNumber(Number(value));
}

/** Percentages of parameters are given as 0 to 100. */
export function sweptText(parameter: SweptParameter, value: SweptValue): string {
  return bareValue(parameter, value) + (isNumeric(parameter) ? unitAfter(parameter.unit) : '');
}

/** "210 to 254", without the unit. */
export function rangeWords(low: number, high: number, unit: string): string {
  const factor = unit === '%' ? 100 : 1;
  return translate(
    { id: 'lab.sweep.range', message: '{low} to {high}' },
    { low: formatNumber(low * factor), high: formatNumber(high * factor) },
  );
}
