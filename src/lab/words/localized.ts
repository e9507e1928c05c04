// An experiment in the language of the page, and with it all that is told of it. The build lays down the translated texts (see src/build/plugin.ts): none at all
// for English, so that nothing is loaded for it.

import words from '@generated/course/default/words.json';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { inLanguage } from '../../experiments/definition/wording';

export function localized(definition: ExperimentDefinition): ExperimentDefinition {
  return inLanguage(definition, words);
}
