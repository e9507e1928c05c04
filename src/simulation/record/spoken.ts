// Sentences as data: a text with {places} and what stands in them. They are put together when somebody reads them, in the reader's
// language where a page has set one; English otherwise, everywhere alike. No run can read any of it.

import type { PartDescription } from './trace';

/** What stands in the places of a text. A name of a part is shown as its label. */
export type SpokenValues = Readonly<Record<string, string | number>>;

/** Something said about a part (or none, -1), as a run leaves it behind. */
export interface Said {
  part: number;
  /** With places in braces: `{part}` for the part's label, `{request}`, and the names of `values`. */
  text: string;
  values?: SpokenValues;
  /** The request that it is about. */
  request?: number;
}

let language: ReadonlyMap<string, string> | null = null;

/** By English text. Set by a page in another language, and by nobody else. */
export function speakIn(words: ReadonlyMap<string, string> | null): void {
  language = words;
}

/** Whether a language is set. */
export function speaks(): boolean {
  return language !== null;
}

/** The text in the reader's language with its places filled; one that is not known stays as it is. */
export function spoken(text: string, values?: SpokenValues): string {
  const template = language?.get(text) ?? text;
  if (!values) return template;
  return template.replace(/\{(\w+)\}/g, (place, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : place));
}

/** In words, with the labels of the picture. `show` writes a number; without it three decimals are kept. */
export function saidText({ text, part, request, values }: Said, parts: readonly PartDescription[], show = rounded): string {
  const filled: Record<string, string> = { part: parts[part]?.label ?? '' };
  if (request !== undefined) filled.request = String(request);
  for (const [name, value] of Object.entries(values ?? {})) {
    if (typeof value === 'number') filled[name] = show(value);
    else filled[name] = parts.find((one) => one.name === value)?.label ?? spoken(value);
  }
  return spoken(text, filled);
}

function rounded(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
