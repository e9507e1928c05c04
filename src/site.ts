/**
 * The one place for what depends on where the course is published.
 * Each address can be set by an environment variable; nothing else in the project repeats it.
 */
function withoutTrailingSlash(address: string): string {
  return address.replace(/\/+$/, '');
}

/** "slice", "/slice" and "/slice/" all mean "/slice/". */
function normalizeBasePath(path: string): string {
  const inner = path.replace(/^\/+|\/+$/g, '');
  return inner === '' ? '/' : `/${inner}/`;
}

const repository = withoutTrailingSlash(process.env.REPOSITORY_URL || 'https://github.com/by-the-slice/distributed-systems-by-the-slice');
const branch = 'main';

export const site = {
  title: 'Distributed Systems by the Slice',
  tagline: 'A course in the browser: every claim can be run, every number is computed.',
  /** Scheme and host, without a path. */
  url: withoutTrailingSlash(process.env.SITE_URL || 'https://by-the-slice.github.io'),
  /** The path under the host; starts and ends with a slash. */
  basePath: normalizeBasePath(process.env.BASE_URL || '/'),
  repository,
  branch,
  /** A file's path is appended to this. */
  editUrl: `${repository}/edit/${branch}/`,
  newIssueUrl: `${repository}/issues/new`,
};
