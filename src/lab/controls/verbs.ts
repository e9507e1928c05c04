// What a reader can do to a part, by its kind: the words on buttons and in the list.

import type { Intervention, PartDescription, PartKind } from '@by-the-slice/simulation';

export interface VerbWords {
  verb: string;
  /** On a button, before the time: "Crash". */
  label: string;
  /** In a sentence: "crashed". */
  done: string;
  arguments?: Record<string, number>;
}

const crash: VerbWords = { verb: 'crash', label: 'Crash', done: 'crashed' };
const slow: VerbWords = { verb: 'slow', label: 'Slow to 25 %', done: 'slowed to 25 %', arguments: { factor: 0.25 } };
const restore: VerbWords = { verb: 'restore', label: 'Restore', done: 'restored' };
const flush: VerbWords = { verb: 'flush', label: 'Flush', done: 'flushed' };

const verbsByKind: Partial<Record<PartKind, readonly VerbWords[]>> = {
  server: [crash, slow, restore],
  database: [crash, slow, restore],
  cache: [flush, crash, restore],
};

export function verbsFor(kind: PartKind): readonly VerbWords[] {
  return verbsByKind[kind] ?? [];
}

export function partsWithVerbs(parts: readonly PartDescription[]): PartDescription[] {
  return parts.filter((part) => verbsFor(part.kind).length > 0);
}

const names: Record<string, string> = { crash: 'Crash', slow: 'Slow', restore: 'Restore', flush: 'Flush' };

export function verbName(verb: string): string {
  return names[verb] ?? verb;
}

/** An intervention with its verb changed: arguments that the new verb does not take are left out. */
export function withVerb(verb: string): Partial<Intervention> {
  return { verb, arguments: verb === 'slow' ? { factor: 0.25 } : undefined };
}
