// How TypeDoc turns the docstrings of the simulation package into pages: one for each folder, with a section for each of its files.
// A page for each file would be hundreds of addresses, which every reader of the course loads before anything else.

import { site } from '../site';

/** Where the pages stand in the site. */
export const apiRoute = 'reference/simulation';

/** Folder of the package's layers and rooms. */
export const apiSource = 'src/simulation';

/** One file for each page, which names the source files that the page tells of: the build writes them. */
export const apiEntries = '.api/entries';

export const apiPages = {
  id: 'simulation',
  tsconfig: `${apiEntries}/tsconfig.json`,
  entryPoints: [`${apiEntries}/**/*.ts`],
  out: '.api/simulation',
  readme: 'src/simulation/README.md',
  // One first page: the README, and the list of the others.
  mergeReadme: true,
  router: 'module',
  name: 'The simulation package',
  excludePrivate: true,
  excludeProtected: true,
  excludeInternal: true,
  disableGit: true,
  sourceLinkTemplate: `${site.repository}/blob/${site.branch}/{path}#L{line}`,
  hideBreadcrumbs: true,
  hidePageHeader: true,
  useHTMLAnchors: true,
  categorizeByGroup: false,
  plugin: ['./src/build/apiSections.mjs'],
  // The project's own check of types has been there before.
  skipErrorChecking: true,
  validation: { notExported: false, invalidLink: true, notDocumented: false },
  parametersFormat: 'table' as const,
  interfacePropertiesFormat: 'table' as const,
  logLevel: 'Warn' as const,
  sidebar: { autoConfiguration: false },
};
