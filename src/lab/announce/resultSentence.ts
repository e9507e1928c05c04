// A run in one sentence: its main results, and with two sides which way they differ.

import { translate } from '@docusaurus/Translate';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { formatNumber } from '../../experiments/definition/number';
import type { Result } from '../../experiments/definition/result';
import { changeWord, difference } from '../results/compareText';

const mostResults = 4;

export function resultSentence(definition: ExperimentDefinition, a: Result, b: Result | null): string {
  return translate({ id: 'lab.announce.newRun', message: 'New run: {results}.' }, { results: mainResults(definition, a, b) });
}

export function endSentence(definition: ExperimentDefinition, a: Result, b: Result | null): string {
  return translate({ id: 'lab.announce.end', message: 'The run has ended: {results}.' }, { results: mainResults(definition, a, b) });
}

export function mainResults(definition: ExperimentDefinition, a: Result, b: Result | null): string {
  return Object.entries(definition.metrics)
    .filter(([id, metric]) => metric.main && a.metrics[id]?.value !== null)
    .slice(0, mostResults)
    .map(([id, metric]) => {
      const text = `${metric.short} ${formatNumber(a.metrics[id].value, metric.unit)}`;
      const change = b ? difference(metric, a.metrics[id].value, b.metrics[id]?.value ?? null) : null;
      if (!change || !b) return text;
      return translate(
        { id: 'lab.announce.compared', message: '{a}, on side B {b}, {change}' },
        { a: text, b: formatNumber(b.metrics[id].value, metric.unit), change: changeWord(change.word) },
      );
    })
    .join('; ');
}
