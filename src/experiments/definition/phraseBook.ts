// Texts by id, in English and in another language, as pairs of both.

/** By id: `experiment.`, the experiment's id, and the text's place in it. */
export type Messages = Record<string, string>;

/** Each text of `originals` that `messages` has in another language. */
export function phraseBook(originals: Messages, messages: Messages): [text: string, translated: string][] {
  return Object.entries(originals).flatMap(([id, text]): [string, string][] => (messages[id] ? [[text, messages[id]]] : []));
}
