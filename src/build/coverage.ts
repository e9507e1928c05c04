// Which points of the source notes are covered, and where: read from the pages themselves (their front matter and headings), so that
// no list can be out of date.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { means, readEntry, type Section, sections } from './covers';
import { filesBelow } from './unitTests';

export interface Place {
  /** Title of the page. */
  title: string;
  /** /core/load-balancing#the-policies */
  address: string;
  /** Of the page's heading; absent where the whole page is meant. */
  heading?: string;
}

export interface CoveredSection extends Section {
  /** For each point, in their order: where it is covered. */
  places: Place[][];
}

interface Coverage {
  sections: CoveredSection[];
  /** Headings that a page claims and does not have. */
  missing: string[];
}

export type Extent = 'covered' | 'in part' | 'planned';

export function collectCoverage(root: string): Coverage {
  const pages = filesBelow(root, 'docs')
    .filter((path) => path.endsWith('.mdx') && !path.split('/').some((name) => name.startsWith('_')))
    .map((path) => readPage(path, readFileSync(join(root, path), 'utf8')));
  const placesOf = (id: string, point: number): Place[] =>
    pages.flatMap(({ covers, place }) => {
      const entries = covers.map(readEntry).filter((entry) => entry.id === id && means(entry, point));
      return entries.flatMap(({ anchor }) => place(anchor) ?? []);
    });
  return {
    sections: sections.map((section) => ({ ...section, places: section.points.map((_, index) => placesOf(section.id, index + 1)) })),
    missing: pages.flatMap(({ path, covers, place }) =>
      covers.filter((entry) => place(readEntry(entry).anchor) === undefined).map((entry) => `${path} covers ${entry}`),
    ),
  };
}

export function extentOf({ places }: CoveredSection): Extent {
  if (places.every((found) => found.length > 0)) return 'covered';
  return places.some((found) => found.length > 0) ? 'in part' : 'planned';
}

interface ReadPage {
  /** docs/core/load-balancing.mdx */
  path: string;
  covers: string[];
  /** Undefined when there is no such heading. */
  place: (anchor: string | undefined) => Place | undefined;
}

function readPage(path: string, text: string): ReadPage {
  const [, yaml = '', body = text] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(text) ?? [];
  const title = /^title:\s*(['"]?)(.+?)\1\s*$/m.exec(yaml)?.[2] ?? path;
  const page = path.replace(/^docs/, '').replace(/\.mdx$/, '');
  const headings = headingsIn(body);
  const place = (anchor: string | undefined): Place | undefined => {
    if (anchor === undefined) return { title, address: page };
    const heading = headings.get(anchor);
    return heading === undefined ? undefined : { title, address: `${page}#${anchor}`, heading };
  };
  return { path, covers: coversIn(yaml), place };
}

/** The entries of `covers`, as a list in brackets or in lines: all that look like one, up to the next name. */
export function coversIn(yaml: string): string[] {
  const [, list = ''] = /^covers:(.*(?:\n(?![A-Za-z_]).*)*)/m.exec(yaml) ?? [];
  const lines = list.split('\n').map((line) => line.replace(/(^|\s)#.*$/, ''));
  return lines.join('\n').match(/[a-z]\d+(?:\.\d+)?(?:\/\d+)?(?:#[^\s,\]'"]+)?/g) ?? [];
}

/** Headings by the anchors that the site gives them: what GitHub would, or the one that is written behind them. */
export function headingsIn(body: string): Map<string, string> {
  const found = new Map<string, string>();
  const withoutCode = body.replace(/^(`{3,}|~{3,})[\s\S]*?^\1[ \t]*$/gm, '');
  for (const [, line] of withoutCode.matchAll(/^#{1,6}\s+(.+?)\s*$/gm)) {
    const [, words, written] = /^(.*?)\s*(?:\{#([^}]+)\})?$/.exec(line) ?? [];
    const text = words.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*`]/g, '');
    const anchor = written ?? anchorOf(text);
    let unique = anchor;
    for (let count = 1; found.has(unique); count++) unique = `${anchor}-${count}`;
    found.set(unique, text);
  }
  return found;
}

function anchorOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replace(/ /g, '-');
}
