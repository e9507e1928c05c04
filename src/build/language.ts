// The language of a build, inside the code that expands pages and answers for them: its words, and its digits.

import { digitsOf } from '../digits';
import type { ExperimentDefinition } from '../experiments/definition/defineExperiment';
import { commonMessages, inLanguage, type Messages, messagesIn, messagesOf, runMessages, speak } from '../experiments/definition/wording';
import { writeNumbersIn } from '../picture/digits';
import { buildSentences, deeds } from './sentences';

export interface Language {
  locale: string;
  /** What differs from English, by id. */
  words: Messages;
}

/** What is said of any experiment. */
function shared(): Messages {
  return { ...commonMessages(), ...messagesIn({ build: buildSentences, deed: deeds }) };
}

/** Every text for translators. */
export function allMessages(definitions: readonly ExperimentDefinition[]): Messages {
  const own = definitions.map((definition) => ({ ...messagesOf(definition), ...runMessages(definition) }));
  return Object.assign(shared(), ...own);
}

/** From now on all that the build tells is told in that language. */
export function speakAs({ locale, words }: Language): void {
  writeNumbersIn(digitsOf(locale));
  speak(shared(), words);
}

/** The same, and the definition in that language. */
export function speakingOf(definition: ExperimentDefinition, language: Language): ExperimentDefinition {
  speakAs(language);
  return inLanguage(definition, language.words);
}
