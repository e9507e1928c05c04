// An experiment in the language of the page, and with it all that is told of it. The build lays down the translated texts (see src/build/plugin.ts): none at all
// for English, so that nothing is loaded for it.

import { speakIn } from '@by-the-slice/simulation';
import words from '@generated/course/default/words.json';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { localized as inWords } from '../../experiments/definition/wording';

const phrases = new Map(Object.entries(words.phrases));

export function localized(definition: ExperimentDefinition): ExperimentDefinition {
  speakIn(phrases.size === 0 ? null : phrases);
  return inWords(definition, words.texts);
}
