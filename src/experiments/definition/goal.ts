// A goal: conditions on a result and on the values behind it. The build proves that a goal can be reached; the page checks
// the reader's own experiment against it, by the same function.

import { spoken } from '@by-the-slice/simulation';
import { formatNumber } from './number';
import type { Values } from './parameters';
import { phrases } from './phrases';
import type { Measured } from './result';

export type Comparison = 'below' | 'above' | 'atMost' | 'atLeast' | 'is';

export interface Condition {
  about: 'metric' | 'value';
  /** Metric id or parameter name. */
  name: string;
  comparison: Comparison;
  /** In the metric's or parameter's own unit: 0.9 for 90 %. */
  bound: number | string | boolean;
  /** In words: "99th percentile of the response time below 250 ms". */
  text: string;
  unit: string;
  /** Words for the options of a choice. */
  options?: Record<string, string>;
}

export interface Goal {
  experiment: string;
  conditions: Condition[];
}

export interface ConditionVerdict {
  text: string;
  met: boolean;
  /** What there is now, in words. */
  now: string;
}

export function checkGoal(goal: Goal, values: Values, metrics: Record<string, Pick<Measured, 'value'>>): ConditionVerdict[] {
  return goal.conditions.map((condition) => {
    const found = condition.about === 'metric' ? (metrics[condition.name]?.value ?? null) : (values[condition.name] ?? null);
    return { text: condition.text, met: holds(condition, found), now: inWords(found, condition) };
  });
}

function holds({ comparison, bound }: Condition, found: Values[string] | null): boolean {
  if (comparison === 'is') return found === bound;
  if (typeof found !== 'number' || typeof bound !== 'number') return false;
  if (comparison === 'below') return found < bound;
  if (comparison === 'above') return found > bound;
  return comparison === 'atMost' ? found <= bound : found >= bound;
}

/** A value as the page says it. */
export function inWords(value: Values[string] | null, { unit, options }: Pick<Condition, 'unit' | 'options'>): string {
  if (value === null) return spoken(phrases.notMeasurable);
  if (typeof value === 'number') return formatNumber(value, unit);
  if (typeof value === 'boolean') return spoken(value ? phrases.on : phrases.off);
  return Array.isArray(value) ? value.join(', ') : (options?.[value] ?? value);
}
