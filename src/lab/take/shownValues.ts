// Values without those that have no effect and are not on screen.

import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import type { Values } from '../../experiments/definition/parameters';
import { shownParameters } from '../../experiments/definition/settings';

export function shownValues(definition: ExperimentDefinition, values: Values): Values {
  return Object.fromEntries(shownParameters(definition, values).map((name) => [name, values[name]]));
}
