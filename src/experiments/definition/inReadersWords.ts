// A result as a run in a worker gives it, in English, once more in the language of the page: what it says in words, and no number.

import { speaks, spoken } from '@by-the-slice/simulation';
import type { ExperimentDefinition } from './defineExperiment';
import { phrases } from './phrases';
import type { Measured, Result, Theory } from './result';
import { horizonNotice } from './settings';
import { spokenCharts, spokenTable, withSpokenLabels } from './spokenParts';
import { summaryOf } from './summary';

/** The very same where no other language is set. `definition`: in the words of that language. */
export function inReadersWords(definition: ExperimentDefinition, result: Result): Result {
  if (!speaks()) return result;
  const notice = horizonNotice(definition, result.values);
  const metrics = mapped(result.metrics, withReason);
  return {
    ...result,
    metrics,
    theory: mapped(result.theory, inWords),
    charts: spokenCharts(result.charts),
    ...(result.table ? { table: spokenTable(result.table) } : {}),
    notices: notice ? [notice] : [],
    summary: summaryOf(definition, metrics, result),
    ...(result.trace ? { trace: withSpokenLabels(result.trace) } : {}),
  };
}

function inWords(theory: Theory): Theory {
  const { formula, source, reason } = theory;
  return { ...theory, formula: spoken(formula), source: spoken(source), ...(reason === undefined ? {} : { reason: spoken(reason) }) };
}

function withReason(measured: Measured): Measured {
  if (measured.reason === undefined) return measured;
  const { samples } = measured;
  return { ...measured, reason: samples === undefined ? spoken(phrases.nothingMeasured) : spoken(phrases.fewSamples, { samples }) };
}

function mapped<T>(record: Record<string, T>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
