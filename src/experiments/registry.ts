// Every experiment, by id. Adding one is one line here; its code is loaded only by a page that shows it.

import type { ExperimentDefinition } from './definition/defineExperiment';

export const experimentLoaders: Record<string, () => Promise<{ default: ExperimentDefinition }>> = {
  'one-server': () => import('./one-server'),
  'vertical-scaling': () => import('./vertical-scaling'),
  'horizontal-scaling': () => import('./horizontal-scaling'),
  'scaling-budget': () => import('./scaling-budget'),
  autoscaler: () => import('./autoscaler'),
  'load-balancing': () => import('./load-balancing'),
  'health-checks': () => import('./health-checks'),
  'l4-vs-l7': () => import('./l4-vs-l7'),
  locations: () => import('./locations'),
  sharding: () => import('./sharding'),
  chaos: () => import('./chaos'),
};

export async function loadExperiment(id: string): Promise<ExperimentDefinition> {
  if (!Object.hasOwn(experimentLoaders, id))
    throw new Error(`There is no experiment "${id}". Known: ${Object.keys(experimentLoaders).join(', ')}.`);
  return (await experimentLoaders[id]()).default;
}
