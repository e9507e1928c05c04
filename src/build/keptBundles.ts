// What a build compiled is kept for the next one, as long as nothing changed that pages take their numbers from: a page holds what
// the build computed, so no compiled page may outlive the engine, the experiments or the tags that made it. All else (the text of a
// page, the lab, styles) the bundler follows by itself.

import { relative } from 'node:path';
import type { Configuration } from 'webpack';
import { hashOf, hashOfFiles } from './cache';
import { filesBelow } from './unitTests';

/** Besides the code that expands pages and its imports. */
const alsoBehindPages = ['src/build', 'src/site.ts', 'docusaurus.config.ts', 'package-lock.json'];

/** @param files what expands pages, absolute @param words what the pages are told in */
export function digestBehindPages(siteDir: string, files: readonly string[], words: object): string {
  const paths = [...files.map((file) => relative(siteDir, file)), ...alsoBehindPages.flatMap((path) => filesBelow(siteDir, path))];
  return hashOf(JSON.stringify(words) + hashOfFiles(siteDir, paths));
}

/** The settings of the bundler, with a cache on disk that only the same digest finds again. */
export function keptFor(digest: string, { experiments }: Configuration): Configuration {
  const { cache } = experiments as unknown as { cache?: { version?: string } };
  if (!cache) return {};
  return { cache: true, experiments: { cache: { ...cache, version: `${cache.version}-${digest}` } } } as unknown as Configuration;
}
