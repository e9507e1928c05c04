// Routes that no file stands for: a worksheet for every page that has something to do, and the reader's record over all of them.

import type { AllContent, PluginContentLoadedActions } from '@docusaurus/types';
import type { Exercise, PageExercises } from '../experiments/definition/twin';
import { type DocPage, exercisesOfPages, inOrderOf, type SidebarItem } from './coursePages';

/** What the docs plugin hands to others, as far as it is read here. */
interface DocsContent {
  loadedVersions: { docs: DocPage[]; sidebars: Record<string, SidebarItem[]> }[];
}

/** Under the plugin's name "course", for the foot of every page. */
interface CourseData {
  /** Ids of the pages that have a worksheet. */
  worksheets: string[];
}

export async function addExercisePages(
  siteDir: string,
  baseUrl: string,
  allContent: AllContent,
  { addRoute, createData, setGlobalData }: PluginContentLoadedActions,
): Promise<void> {
  const content = allContent['docusaurus-plugin-content-docs']?.default as DocsContent | undefined;
  const [version] = content?.loadedVersions ?? [];
  const docs = version ? inOrderOf(version.sidebars.course ?? [], version.docs) : [];
  const pages = await exercisesOfPages(siteDir, docs);
  for (const page of pages) {
    const data = await createData(`worksheet-${page.id.replace(/\W/g, '-')}.json`, JSON.stringify(page));
    const modules = { page: data };
    addRoute({ path: `${baseUrl}worksheets/${page.id}/`, exact: true, component: '@site/src/pages/_worksheet/WorksheetPage.tsx', modules });
  }
  const asked = await createData('asked.json', JSON.stringify(pages.map(askedOnly)));
  addRoute({ path: `${baseUrl}record/`, exact: true, component: '@site/src/pages/_record/RecordPage.tsx', modules: { pages: asked } });
  setGlobalData({ worksheets: pages.map(({ id }) => id) } satisfies CourseData);
}

/** The record needs the questions and what is right, and no more: it is one page for the whole course. */
function askedOnly(page: PageExercises): PageExercises {
  return { ...page, exercises: page.exercises.flatMap((exercise) => (exercise.what === 'run' ? [] : [lean(exercise)])) };
}

function lean(exercise: Exclude<Exercise, { what: 'run' }>): Exercise {
  const { answer } = exercise.asked;
  const bare = { ...answer };
  if ('moment' in bare) delete bare.moment;
  if (bare.type === 'sketch') bare.points = bare.points.map(({ x, y, halfWidth }) => ({ x, y, halfWidth }));
  return { ...exercise, asked: { ...exercise.asked, answer: bare }, why: [] };
}
