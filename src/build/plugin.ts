// What the build does besides expanding tags: it compiles a page again when an experiment changes, has the texts of experiments
// translated, and at its end refuses an experiment that no page uses.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { LoadContext, Plugin } from '@docusaurus/types';
import type { Configuration } from 'webpack';
import { type Messages, phraseBook } from '../experiments/definition/phraseBook';
import { addCatalogue } from './catalogue';
import { leaveFieldsUnset } from './classFields';
import { addExercisePages } from './exercisePages';
import { firstStyles } from './firstStyles';
import { digestBehindPages, keptFor } from './keptBundles';
import { loadCourse } from './loadCourse';
import { buildIn, languageOfBuild, translatedOf, translationFile } from './localWords';

/** These tell of tests and of other pages. */
const pagesAboutFiles = 'docs/reference';

/** Which pages depend on what, besides their own text. */
const watchedFolders = {
  docs: ['src/simulation', 'src/experiments', 'src/picture', 'src/build'],
  [pagesAboutFiles]: ['tests', '.cache', 'docs'],
};

interface CourseContent {
  /** Every text of every experiment, as its source has it. */
  messages: Messages;
  /** Those that this build has in another language. */
  words: Messages;
}

interface StyleModule {
  nameForCondition(): string | null;
}

/** Each class of the lab has a name of its own, so the order in which its styles come decides nothing. */
function isOfLab(module: StyleModule): boolean {
  return /[\\/]src[\\/]lab[\\/]/.test(module.nameForCondition() ?? '');
}

export function coursePlugin({ siteDir, baseUrl, i18n }: LoadContext): Plugin {
  /** Ids of experiments; and a digest of all sources that pages take their numbers from. */
  let onPages: string[] = [];
  let behindPages = '';
  let first: ReadonlySet<string> = new Set();
  const plugin: Plugin<CourseContent> = {
    name: 'course',
    async loadContent() {
      // Experiments that do not compile are told once, here, and not by every page.
      const { messages } = await loadCourse(siteDir);
      first = await firstStyles(siteDir);
      return { messages: await messages(), words: {} };
    },
    getTranslationFiles: ({ content }) => [translationFile(content.messages)],
    translateContent: ({ content, translationFiles }) => ({ ...content, words: translatedOf(content.messages, translationFiles) }),
    async contentLoaded({ content, actions }) {
      buildIn({ locale: i18n.currentLocale, words: content.words });
      const phrases = Object.fromEntries(phraseBook(content.messages, content.words));
      await actions.createData('words.json', { texts: content.words, phrases });
    },
    async allContentLoaded({ allContent, actions }) {
      await addExercisePages(siteDir, baseUrl, allContent, actions);
      onPages = await addCatalogue(siteDir, baseUrl, allContent, actions);
      const { files } = await loadCourse(siteDir);
      behindPages = digestBehindPages(siteDir, files, languageOfBuild());
    },
    configureWebpack(config, isServer) {
      leaveFieldsUnset(config as Configuration);
      // Its package.json is for others, who get it packed; here the sources are read.
      const alias: Record<string, string | false> = { '@by-the-slice/simulation$': join(siteDir, 'src/simulation/index.ts') };
      // Every page would begin with it; src/theme/CodeBlock does the same for pages that show code.
      alias[createRequire(join(siteDir, 'package.json')).resolve('@docusaurus/theme-classic/lib/prism-include-languages')] = false;
      const resolve = { alias };
      if (config.mode === 'production') {
        const use = [{ loader: join(siteDir, 'src/build/compileAnew.cjs') }];
        const rule = { test: /\.mdx?$/, include: [join(siteDir, pagesAboutFiles)], enforce: 'pre' as const, use };
        const kept = { resolve, module: { rules: [rule] }, ...keptFor(behindPages, config) };
        // The shared chunk would make a page without diagrams load what only diagrams need: 193 kB, compressed, before any experiment.
        const isFirst = (module: StyleModule): boolean => !isOfLab(module) || first.has(module.nameForCondition() ?? '');
        const cacheGroups = { common: false as const, styles: { test: isFirst } };
        return isServer ? kept : { ...kept, optimization: { splitChunks: { cacheGroups } } };
      }
      if (isServer) return { resolve };
      const loader = join(siteDir, 'src/build/watchFolders.cjs');
      const rules = Object.entries(watchedFolders).map(([pages, watched]) => {
        const folders = watched.map((folder) => join(siteDir, folder));
        return { test: /\.mdx?$/, include: [join(siteDir, pages)], enforce: 'pre' as const, use: [{ loader, options: { folders } }] };
      });
      return { resolve, module: { rules } };
    },
    async postBuild() {
      const { course, cache } = await loadCourse(siteDir);
      const message = unusedExperiments(course.ids, onPages);
      if (message) throw new Error(message);
      cache.removeOld();
    },
  };
  return plugin as Plugin;
}

/** One sentence, or nothing when every experiment is on some page. */
export function unusedExperiments(ids: readonly string[], onPages: readonly string[]): string | undefined {
  const unused = ids.filter((id) => !onPages.includes(id));
  if (unused.length === 0) return undefined;
  return `src/experiments/registry.ts: no page uses ${unused.join(', ')}. Put <Experiment id="${unused[0]}"/> on a page, or take it out of the registry.`;
}
