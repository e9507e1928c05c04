// Routes that no file stands for: the catalogue of all experiments, and for each a bare frame that other sites can show. Made from the
// registry and from the pages that the experiments stand on.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AllContent, PluginContentLoadedActions } from '@docusaurus/types';
import type { CatalogueEntry, EmbedData, ExperimentPage } from '../experiments/definition/catalogue';
import type { Twin } from '../experiments/definition/twin';
import { type DocPage, inOrderOf, type SidebarItem } from './coursePages';
import { loadCourse } from './loadCourse';

/** What the docs plugin hands to others, as far as it is read here. */
interface DocsContent {
  loadedVersions: { docs: DocPage[]; sidebars: Record<string, SidebarItem[]> }[];
}

/** Gives the ids of the experiments that stand on some page. */
export async function addCatalogue(
  siteDir: string,
  baseUrl: string,
  allContent: AllContent,
  { addRoute, createData }: PluginContentLoadedActions,
): Promise<string[]> {
  const content = allContent['docusaurus-plugin-content-docs']?.default as DocsContent | undefined;
  const [version] = content?.loadedVersions ?? [];
  const docs = version ? inOrderOf(version.sidebars.course ?? [], version.docs) : [];
  const pages = pagesOfExperiments(siteDir, docs);
  const { expander, course } = await loadCourse(siteDir);
  const entries: CatalogueEntry[] = [];
  // In the order of the course. One that stands on no page stops the build at its end.
  for (const [id, page] of pages) {
    if (!course.ids.includes(id)) continue;
    const definition = await course.load(id);
    const twin = await expander.defaultTwin(course, definition);
    const embed = `${baseUrl}embed/${id}/`;
    entries.push(entryOf(twin, definition.topics, definition.clock?.playSeconds, page, embed));
    const data = await createData(`embed-${id}.json`, JSON.stringify({ twin, page } satisfies EmbedData));
    addRoute({ path: embed, exact: true, component: '@site/src/pages/_embed/EmbedPage.tsx', modules: { data } });
  }
  const data = await createData('catalogue.json', JSON.stringify(entries));
  const component = '@site/src/pages/_catalogue/CataloguePage.tsx';
  addRoute({ path: `${baseUrl}experiments/`, exact: true, component, modules: { entries: data } });
  return [...pages.keys()];
}

function entryOf(twin: Twin, topics: string[], playSeconds: number | undefined, page: ExperimentPage, embed: string): CatalogueEntry {
  const { id, title, question, kind, picture } = twin;
  return {
    id,
    title,
    question,
    kind,
    topics,
    page,
    embed,
    ...(playSeconds === undefined ? {} : { playSeconds }),
    ...(picture ? { picture } : {}),
  };
}

/** By experiment, in the order of the contents: the first page that has its tag. */
export function pagesOfExperiments(siteDir: string, docs: readonly DocPage[]): Map<string, ExperimentPage> {
  const pages = new Map<string, ExperimentPage>();
  for (const { title, permalink, source } of docs) {
    const path = source.replace('@site/', '');
    if (!path.endsWith('.mdx')) continue;
    for (const id of experimentsIn(readFileSync(join(siteDir, path), 'utf8'))) {
      // The docs plugin hands its addresses out before the site's trailing slash is put behind them.
      if (!pages.has(id)) pages.set(id, { title, path: permalink.replace(/\/?$/, '/') });
    }
  }
  return pages;
}

/** Tags of a page, not those that it shows as code. Whether they are right is checked where the page is compiled. */
function experimentsIn(text: string): string[] {
  const prose = text.replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/<Experiment\s[^>]*?\bid="([a-z0-9-]+)"/g)].map(([, id]) => id);
}
