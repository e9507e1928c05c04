// Texts of experiments for translators, and back: what `docusaurus write-translations` writes for them, and what is read from
// i18n/<locale>/course/experiments.json when the site is built in another language.

import type { TranslationFile } from '@docusaurus/types';
import type { Messages } from '../experiments/definition/phraseBook';
import type { Language } from './language';

const path = 'experiments';
let current: Language = { locale: 'en', words: {} };

export function translationFile(messages: Messages): TranslationFile {
  return { path, content: Object.fromEntries(Object.entries(messages).map(([id, message]) => [id, { message }])) };
}

/** What differs from the original: nothing for English. */
export function translatedOf(messages: Messages, files: readonly TranslationFile[]): Messages {
  const content = files.find((file) => file.path === path)?.content ?? {};
  return Object.fromEntries(
    Object.entries(messages).flatMap(([id, original]) => {
      const message = content[id]?.message;
      return message && message !== original ? [[id, message]] : [];
    }),
  );
}

/** For the pages of this build: locales are built one after the other. */
export function buildIn(language: Language): void {
  current = language;
}

export function languageOfBuild(): Language {
  return current;
}
