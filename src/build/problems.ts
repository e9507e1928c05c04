// What is wrong with a page, each with its place. A page's problems are reported together, as one message.

import type { Point } from './nodes';

export class Problems {
  private readonly found: { place: Point; text: string }[] = [];

  /** `path` as an editor opens it: docs/core/load-balancing.mdx */
  constructor(readonly path: string) {}

  add(place: Point, text: string): void {
    const line = { place, text };
    if (!this.found.some((other) => other.text === text && other.place.line === place.line && other.place.column === place.column))
      this.found.push(line);
  }

  get any(): boolean {
    return this.found.length > 0;
  }

  /** One line a problem: `path:line:column: what was found, what is known`. */
  lines(): string[] {
    const sorted = [...this.found].sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
    return sorted.map(({ place, text }) => `${this.path}:${place.line}:${place.column}: ${text}`);
  }

  throwIfAny(): void {
    if (this.any) throw new PageError(this.lines());
  }
}

/** Its message is all that there is to say: a stack would point into the build, not into the page. */
export class PageError extends Error {
  constructor(lines: string[]) {
    super(lines.join('\n'));
    this.stack = '';
  }
}

/** `There is no policy "randon". Known: random, round-robin. Did you mean "random"?` without its first sentence. */
export function known(found: string, words: readonly string[]): string {
  const near = nearest(found, words);
  return `Known: ${[...new Set(words)].sort().join(', ') || 'none'}.${near === undefined ? '' : ` Did you mean "${near}"?`}`;
}

/** The word that differs least, when it is near enough to be meant. */
function nearest(found: string, words: readonly string[]): string | undefined {
  const lower = found.toLowerCase();
  let best: string | undefined;
  let least = Math.max(2, Math.floor(found.length / 3)) + 1;
  for (const word of words) {
    const other = word.toLowerCase();
    const edits = other.startsWith(lower) && lower.length > 2 ? 1 : editDistance(lower, other);
    if (edits < least) {
      least = edits;
      best = word;
    }
  }
  return best;
}

/** Insertions, deletions and replacements that lead from one word to the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}

/** A value as an author would write it, shortened. */
export function written(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

export function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return { string: 'a text', number: 'a number', boolean: 'a switch', object: 'a set of settings' }[typeof value as string] ?? typeof value;
}
