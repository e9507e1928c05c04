// A remark plugin for the pages of the course: it knows the tags, checks them and gives them their data. See expandPage.ts.

import { join, relative, sep } from 'node:path';
import { loadCourse } from './loadCourse';
import { languageOfBuild } from './localWords';
import type { Node } from './nodes';

interface File {
  path?: string;
  data: { frontMatter?: Record<string, unknown> };
}

interface CourseTagsOptions {
  /** Top of the project. Default: where the build was started. */
  root?: string;
}

export function courseTags({ root = process.cwd() }: CourseTagsOptions = {}) {
  return async (tree: unknown, file: File): Promise<void> => {
    const path = relative(root, file.path ?? join(root, 'page.mdx'))
      .split(sep)
      .join('/');
    const { expander, course } = await loadCourse(root);
    expander.speakAs(languageOfBuild());
    const isPart = path.split('/').some((name) => name.startsWith('_'));
    const frontMatter = isPart ? undefined : (file.data.frontMatter ?? {});
    await expander.expandPage(tree as Node, { path, frontMatter }, course);
  };
}
