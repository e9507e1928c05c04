// The metrics of an experiment as the panel lists them: the main ones first.

import type { ExperimentDefinition, MetricDefinition } from '../../experiments/definition/defineExperiment';

export type ListedMetric = MetricDefinition & { id: string };

export function metricsOf({ metrics }: Pick<ExperimentDefinition, 'metrics'>): ListedMetric[] {
  const all = Object.entries(metrics).map(([id, metric]) => ({ id, ...metric }));
  return [...all.filter(({ main }) => main), ...all.filter(({ main }) => !main)];
}
