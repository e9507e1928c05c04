// The reader's record as data: the first answer to each question, which is the one that counts, and the answer that stands now.
// Its format has a version; what older versions wrote is brought up to date step by step.

import { asGiven, type Given } from './given';

export interface Entry {
  first: Given;
  /** By the reader's clock, in ms since 1970; 0 when an older version did not keep it. */
  firstAtMs: number;
  /** Null while the reader answers again. */
  now: Given | null;
}

/** By the key of the question: `start/opening-night#wait-at-80`. */
export type Entries = Readonly<Record<string, Entry>>;

export const version = 2;
const mostEntries = 2000;
const longestKey = 600;

type Reading = { entries: Entries; left: number } | { problem: 'no record' | 'newer' };

/** From each version to the next. Version 1 kept one answer a question, without its time. */
const migrations: Record<number, (raw: Record<string, unknown>) => Record<string, unknown>> = {
  1: ({ answers }) => ({
    version: 2,
    entries: Object.fromEntries(
      Object.entries(asObject(answers)).map(([key, answer]) => [key, { first: answer, firstAtMs: 0, now: answer }]),
    ),
  }),
};

/** Anything at all to entries. `left`: how many of its entries are none. */
export function readRecord(raw: unknown): Reading {
  let current = asObject(raw);
  const found = current.version;
  if (typeof found !== 'number' || !Number.isInteger(found) || found < 1) return { problem: 'no record' };
  if (found > version) return { problem: 'newer' };
  for (let from = found; from < version; from++) current = migrations[from](current);
  if (typeof current.entries !== 'object' || current.entries === null || Array.isArray(current.entries)) return { problem: 'no record' };
  const all = Object.entries(current.entries);
  const sound = all.slice(0, mostEntries).flatMap(([key, entry]): [string, Entry][] => {
    const read = key.length <= longestKey ? asEntry(entry) : null;
    return read ? [[key, read]] : [];
  });
  return { entries: Object.fromEntries(sound), left: all.length - sound.length };
}

function asEntry(raw: unknown): Entry | null {
  const { first: rawFirst, firstAtMs, now } = asObject(raw);
  const first = asGiven(rawFirst);
  if (!first) return null;
  const isTime = typeof firstAtMs === 'number' && firstAtMs >= 0 && firstAtMs <= 8.64e15;
  return { first, firstAtMs: isTime ? firstAtMs : 0, now: asGiven(now) };
}

/** An answer given, or with null taken back: the first one stays. */
export function withAnswer(entries: Entries, key: string, answer: Given | null, atMs: number): Entries {
  const known = Object.hasOwn(entries, key) ? entries[key] : undefined;
  if (!known && !answer) return entries;
  const entry = known ? { ...known, now: answer } : { first: answer as Given, firstAtMs: atMs, now: answer };
  return { ...entries, [key]: entry };
}

/** Both together. Of two first answers to one question the earlier counts; an answer that stands here stays. */
export function merged(here: Entries, other: Entries): Entries {
  const both: Record<string, Entry> = { ...here };
  for (const [key, entry] of Object.entries(other)) {
    const mine = Object.hasOwn(here, key) ? here[key] : undefined;
    if (!mine) both[key] = entry;
    else if (entry.firstAtMs > 0 && (mine.firstAtMs === 0 || entry.firstAtMs < mine.firstAtMs))
      both[key] = { ...mine, first: entry.first, firstAtMs: entry.firstAtMs, now: mine.now ?? entry.now };
  }
  return both;
}

function asObject(raw: unknown): Record<string, unknown> {
  return typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {};
}
