// What stands at the top of every page, and that it names only sections of the source notes and headings that exist.

import { readEntry, sectionOf, sections } from './covers';
import { type Node, type Point, placeOf, start, walk } from './nodes';
import { known, type Problems } from './problems';

const coursePage = /^docs\/(start|core|patterns|operations|design)\//;

/** A page that teaches: it says what it covers, and how long it takes. */
export function isCoursePage(path: string): boolean {
  return coursePage.test(path);
}

export function checkFrontMatter(tree: Node, frontMatter: Record<string, unknown>, problems: Problems): void {
  const at = linesOf(tree);
  for (const name of ['title', 'description'] as const) {
    const value = frontMatter[name];
    if (typeof value !== 'string' || value.trim() === '') problems.add(at(name), `The front matter lacks ${name}: one line of text.`);
  }
  if (!isTexts(frontMatter.keywords) || frontMatter.keywords.length === 0) {
    problems.add(at('keywords'), 'The front matter lacks keywords: a list, like [queue, utilization].');
  }
  const { covers } = frontMatter;
  if (covers === undefined && !isCoursePage(problems.path)) return;
  if (!isTexts(covers)) {
    problems.add(
      at('covers'),
      'The front matter lacks covers: the sections of the source notes that this page covers, like [b8.1#how-it-works], or [] for none.',
    );
    return;
  }
  const headings = headingsOf(tree);
  for (const entry of covers) {
    const { id, point, anchor } = readEntry(entry);
    const section = sectionOf(id);
    const points = (section?.points ?? []).map((_, index) => String(index + 1));
    if (!section)
      problems.add(at('covers'), `covers names the section "${id}", which the source notes do not have. ${known(id, nearby(id))}`);
    else if (point !== undefined && !points.includes(point))
      problems.add(at('covers'), `covers names point "${point}" of ${id}, which has ${points.length}: ${known(point, points)}`);
    if (anchor !== undefined && !headings.includes(anchor)) {
      problems.add(
        at('covers'),
        `covers says that ${id} is under #${anchor}, but no heading of this page has that anchor. ${known(anchor, headings)}`,
      );
    }
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((element) => typeof element === 'string');
}

/** The sections of the same note: all of them would be a page long. */
function nearby(id: string): string[] {
  const ids = sections.map((section) => section.id);
  const same = ids.filter((other) => other[0] === id[0]?.toLowerCase());
  return same.length > 0 ? same : ids.filter((other) => other.length <= 2);
}

function headingsOf(tree: Node): string[] {
  const found: string[] = [];
  walk(tree, (node) => {
    const id = node.data?.id ?? node.data?.hProperties?.id;
    if (node.type === 'heading' && id !== undefined) found.push(id);
  });
  return found;
}

/** Where a name of the front matter stands; its first line for one that is missing. */
function linesOf(tree: Node): (name: string) => Point {
  const yaml = tree.children?.find(({ type }) => type === 'yaml');
  const lines = (yaml?.value ?? '').split('\n');
  return (name) => {
    const index = lines.findIndex((line) => line.startsWith(`${name}:`));
    return yaml && index >= 0 ? { line: placeOf(yaml).line + 1 + index, column: 1 } : start;
  };
}
