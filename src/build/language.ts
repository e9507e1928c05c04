// The language of a build, inside the code that expands pages and answers for them: its words, and its digits.

import { digitsOf } from '../digits';
import type { ExperimentDefinition } from '../experiments/definition/defineExperiment';
import type { Messages } from '../experiments/definition/phraseBook';
import { runWords } from '../experiments/definition/runWords';
import { commonMessages, idOf, localized, messagesIn, messagesOf, placeOf, speak } from '../experiments/definition/wording';
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

const foundInRuns = new WeakMap<ExperimentDefinition, Messages>();

/** What the definition's runs call things. */
export function runMessages(definition: ExperimentDefinition): Messages {
  let messages = foundInRuns.get(definition);
  if (!messages) {
    const words = Object.entries(runWords(definition, placeOf));
    messages = Object.fromEntries(words.map(([place, text]) => [idOf(definition, place), text]));
    foundInRuns.set(definition, messages);
  }
  return messages;
}

/**
 * The definition in the words of `messages`; and from now on all that is told of it, by runs, pictures and settings, is told in them.
 * Without messages in English.
 */
export function inLanguage(definition: ExperimentDefinition, messages: Messages): ExperimentDefinition {
  const isEnglish = Object.keys(messages).length === 0;
  speak(isEnglish ? {} : { ...messagesOf(definition), ...runMessages(definition), ...commonMessages() }, messages);
  return localized(definition, messages);
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
