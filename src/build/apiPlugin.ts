// Makes the pages of the simulation package by TypeDoc, unless those of an earlier build were made from the same sources: TypeDoc
// type-checks the whole package, which takes seconds.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadContext, Plugin } from '@docusaurus/types';
import typedoc from 'docusaurus-plugin-typedoc';
import { apiPages } from './apiPages';
import { hashOf, hashOfFiles } from './cache';
import { filesBelow } from './unitTests';

export default async function apiPlugin(context: LoadContext): Promise<Plugin> {
  const stampFile = join(context.siteDir, apiPages.out, '.made-from');
  const stamp = stampOf(context.siteDir);
  if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
    await typedoc(context, apiPages as never);
    writeFileSync(stampFile, stamp);
  }
  return { name: 'course-api' };
}

function stampOf(siteDir: string): string {
  const files = [...filesBelow(siteDir, 'src/simulation'), ...apiPages.plugin, 'package-lock.json'];
  return hashOf(JSON.stringify(apiPages) + hashOfFiles(siteDir, files));
}
