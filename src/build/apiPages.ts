// How TypeDoc turns the docstrings of the simulation package into pages: one for each module, grouped by layer.

import { site } from '../site';

/** Where the pages stand in the site. */
export const apiRoute = 'reference/simulation';

const layers = ['kernel', 'workload', 'parts', 'measure', 'record', 'theory'];

export const apiPages = {
  id: 'simulation',
  tsconfig: 'src/simulation/tsconfig.json',
  entryPoints: layers.map((layer) => `src/simulation/${layer}`),
  entryPointStrategy: 'expand' as const,
  out: '.api/simulation',
  readme: 'src/simulation/README.md',
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
  plugin: ['./src/build/moduleIdea.mjs'],
  // The project's own check of types has been there before.
  skipErrorChecking: true,
  validation: { notExported: false, invalidLink: true, notDocumented: false },
  parametersFormat: 'table' as const,
  interfacePropertiesFormat: 'table' as const,
  logLevel: 'Warn' as const,
  sidebar: { autoConfiguration: false },
};
