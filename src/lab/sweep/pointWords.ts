// One point of the curve in words, as it is heard and read under the chart; and which points could not be as asked.

import { translate } from '@docusaurus/Translate';
import { formatNumber } from '../../experiments/definition/number';
import type { SweptParameter } from '../../experiments/definition/sweep';
import { type CurvePoint, type SidePoint, type SweepStudy, sidesOf } from './curve';
import type { CurveMetric } from './curveWords';
import { rangeWords, sweptText } from './names';

export type Band = 'interval' | 'range';

/** "Arrival rate 8 /s: A 231 ms, 210 to 254; theory 233 ms" */
export function pointWords(point: CurvePoint, parameter: SweptParameter, metric: CurveMetric, band: Band): string {
  const sides = sidesOf(point);
  const theories = new Set(sides.flatMap(([, { theory }]) => (theory === null ? [] : [formatNumber(theory, metric.unit)])));
  const found = sides.map(([side, at]) => sideWords(at, metric, band, sides.length > 1 ? `${side.toUpperCase()} ` : ''));
  // Two sides of one theory share its mention; two theories each have their own.
  const parts =
    theories.size > 1
      ? sides.map(([, at], index) => [found[index], ...theoryWords(at.theory, metric)].join(', '))
      : [...found, ...theoryWords(sides.find(([, { theory }]) => theory !== null)?.[1].theory ?? null, metric)];
  return `${parameter.label} ${sweptText(parameter, point.value)}: ${parts.join('; ')}`;
}

function theoryWords(theory: number | null, { unit }: CurveMetric): string[] {
  if (theory === null) return [];
  return [translate({ id: 'lab.sweep.theoryIs', message: 'theory {value}' }, { value: formatNumber(theory, unit) })];
}

function sideWords({ point, estimate }: SidePoint, { unit }: CurveMetric, band: Band, name: string): string {
  if (!point.isPossible) return name + translate({ id: 'lab.sweep.leftOut', message: 'left out' });
  if (!estimate) return name + translate({ id: 'lab.sweep.noValue', message: 'no value' });
  const { mean, interval, lowest, highest, runs, of } = estimate;
  const ends = band === 'range' ? { low: lowest, high: highest } : interval;
  const around = ends && ends.low !== ends.high ? `, ${rangeWords(ends.low, ends.high, unit)}` : '';
  const few = runs < of ? ` (${translate({ id: 'lab.sweep.runs', message: '{runs} of {of} runs' }, { runs, of })})` : '';
  return `${name}${formatNumber(mean, unit)}${around}${few}`;
}

interface Changed {
  /** Values at which it happened, in words. */
  at: string[];
  text: string;
  isLeftOut: boolean;
}

/** What had to be changed at some points, each reason once with its points. */
export function changedPoints({ plan }: SweepStudy, parameter: SweptParameter): Changed[] {
  const changes = new Map<string, Changed>();
  for (const { a, b } of plan.points)
    for (const [name, point] of [['', a] as const, ...(b ? [['B: ', b] as const] : [])])
      for (const text of point.changes) {
        // The same sentence with other numbers is the same reason.
        const key = `${name}${point.isPossible}${text.replace(/\d[\d.,]*/g, '#')}`;
        const known = changes.get(key);
        const value = sweptText(parameter, point.value);
        if (known) known.at.push(value);
        else changes.set(key, { at: [value], text: name + text, isLeftOut: !point.isPossible });
      }
  return [...changes.values()];
}

export function changedWords({ at, text, isLeftOut }: Changed): string {
  const where = at.length > 2 ? `${at[0]} – ${at[at.length - 1]}` : at.join(', ');
  return isLeftOut
    ? translate({ id: 'lab.sweep.changes.leftOut', message: 'Left out at {where}: {text}' }, { where, text })
    : translate({ id: 'lab.sweep.changes.changed', message: 'Changed at {where}: {text}' }, { where, text });
}
