// Topics of the catalogue: in the order of how many experiments have them, each by a number, so that style rules can filter by it.

import type { CatalogueEntry } from '../../experiments/definition/catalogue';

export function topicsOf(entries: readonly Pick<CatalogueEntry, 'topics'>[]): string[] {
  const counts = new Map<string, number>();
  for (const { topics } of entries) for (const topic of new Set(topics)) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  // A stable sort: of equally many, the first met comes first.
  return [...counts].sort(([, a], [, b]) => b - a).map(([topic]) => topic);
}

export function isShown({ topics }: Pick<CatalogueEntry, 'topics'>, topic: string): boolean {
  return topics.includes(topic);
}

/** Rules that hide what has not the chosen topic. `topic-0` is all. */
export function hiding(topics: number): string {
  return Array.from(
    { length: topics },
    (_, index) => `:has(#topic-${index + 1}:checked) [data-topics]:not([data-topics~='${index + 1}']){display:none}`,
  ).join('\n');
}
