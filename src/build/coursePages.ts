// The exercises of every page of the course, in the order of its contents: read from the sources before anything is bundled, for
// the pages that are made of them (worksheets, the reader's record). What is run for them is remembered for the pages themselves.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { PageExercises } from '../experiments/definition/twin';
import { loadCourse } from './loadCourse';
import type { Node } from './nodes';
import { PageError } from './problems';

/** A page as the docs plugin knows it. */
export interface DocPage {
  id: string;
  title: string;
  permalink: string;
  /** @site/docs/core/load-balancing.mdx */
  source: string;
}

export async function exercisesOfPages(siteDir: string, docs: readonly DocPage[]): Promise<PageExercises[]> {
  const parsePage = createRequire(join(siteDir, 'package.json'))('./src/build/parsePage.cjs') as (text: string) => Promise<Node>;
  const { expander, course } = await loadCourse(siteDir);
  const exercisesOf = async ({ id, title, permalink, source }: DocPage): Promise<PageExercises[]> => {
    const path = source.replace('@site/', '');
    if (!path.endsWith('.mdx')) return [];
    try {
      const tree = await parsePage(withoutFrontMatter(readFileSync(join(siteDir, path), 'utf8')));
      const { exercises } = await expander.expandPage(tree, { path }, course);
      return exercises.length > 0 ? [{ id, title, path: permalink, exercises }] : [];
    } catch (error) {
      // A page with problems stops the build where it is compiled, and is told there once.
      if (error instanceof PageError || isSyntaxError(error)) return [];
      throw error;
    }
  };
  // All at once: what one page waits for is computed beside the others.
  return (await Promise.all(docs.map(exercisesOf))).flat();
}

/** Its lines stay, empty, so that places in messages are right. */
export function withoutFrontMatter(text: string): string {
  const found = /^---\r?\n[\s\S]*?\r?\n---(?=\r?\n|$)/.exec(text);
  return found ? found[0].replace(/[^\n]/g, '') + text.slice(found[0].length) : text;
}

/** What the parser throws at text that is no MDX. */
function isSyntaxError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'ruleId' in error;
}

/** A sidebar of the docs plugin, as far as it is read here. */
export interface SidebarItem {
  type: string;
  id?: string;
  items?: SidebarItem[];
}

/** The pages that a sidebar names, in its order; the others after them. */
export function inOrderOf(sidebar: readonly SidebarItem[], docs: readonly DocPage[]): DocPage[] {
  const ids: string[] = [];
  const visit = ({ type, id, items }: SidebarItem): void => {
    if (type === 'doc' && id !== undefined) ids.push(id);
    for (const item of items ?? []) visit(item);
  };
  for (const item of sidebar) visit(item);
  const place = ({ id }: DocPage): number => (ids.includes(id) ? ids.indexOf(id) : ids.length);
  return [...docs].sort((a, b) => place(a) - place(b) || (a.id < b.id ? -1 : 1));
}
