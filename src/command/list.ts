// `list`: every experiment with its kind and parameters.

import type { Parameter } from '../experiments/definition/parameters';
import { experimentLoaders, loadExperiment } from '../experiments/registry';

export async function list(words: string[]): Promise<void> {
  const experiments = await Promise.all(Object.keys(experimentLoaders).map(loadExperiment));
  if (words.includes('--json')) {
    console.log(
      JSON.stringify(
        experiments.map(({ id, title, question, kind, parameters, metrics, scenarios }) => ({
          id,
          title,
          question,
          kind,
          parameters,
          metrics: Object.keys(metrics),
          scenarios: Object.keys(scenarios),
        })),
        null,
        1,
      ),
    );
    return;
  }
  for (const { id, title, kind, parameters } of experiments) {
    console.log(`${id} (${kind}): ${title}`);
    for (const [name, parameter] of Object.entries(parameters)) console.log(`  ${name}=${describe(parameter)}  ${parameter.label}`);
  }
}

function describe(parameter: Parameter): string {
  if (parameter.type === 'choice') return Object.keys(parameter.options).join('|');
  if (parameter.type === 'switch') return 'on|off';
  const range = parameter.type === 'list' ? parameter.element : parameter;
  return `${range.min}…${range.max}${parameter.type === 'list' ? ',…' : ''}`;
}
