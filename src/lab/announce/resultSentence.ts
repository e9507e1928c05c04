// A run in one sentence: its main results, and with two sides which way they differ.

import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { formatNumber } from '../../experiments/definition/number';
import type { Result } from '../../experiments/definition/result';
import { difference } from '../results/compareText';

export function resultSentence(definition: ExperimentDefinition, a: Result, b: Result | null): string {
  const parts = Object.entries(definition.metrics)
    .filter(([id, metric]) => metric.main && a.metrics[id]?.value !== null)
    .slice(0, 4)
    .map(([id, metric]) => {
      const text = `${metric.short} ${formatNumber(a.metrics[id].value, metric.unit)}`;
      const change = b ? difference(metric, a.metrics[id].value, b.metrics[id]?.value ?? null) : null;
      return change && b ? `${text}, on side B ${formatNumber(b.metrics[id].value, metric.unit)}, ${change.word}` : text;
    });
  return `New run: ${parts.join('; ')}.`;
}
