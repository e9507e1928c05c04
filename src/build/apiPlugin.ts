// Makes the pages of the simulation package by TypeDoc, unless those of an earlier build were made from the same sources: TypeDoc
// type-checks the whole package, which takes seconds.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { LoadContext, Plugin } from '@docusaurus/types';
import typedoc from 'docusaurus-plugin-typedoc';
import { apiEntries, apiPages, apiSource } from './apiPages';
import { hashOf, hashOfFiles } from './cache';
import { filesBelow } from './unitTests';

export default async function apiPlugin(context: LoadContext): Promise<Plugin> {
  const stampFile = join(context.siteDir, apiPages.out, '.made-from');
  const stamp = stampOf(context.siteDir);
  if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
    writeEntries(context.siteDir);
    await typedoc(context, apiPages as never);
    writeFileSync(stampFile, stamp);
  }
  return { name: 'course-api' };
}

/** A file that exports all of a folder makes one page of the folder. */
function writeEntries(siteDir: string): void {
  const entries = join(siteDir, apiEntries);
  rmSync(entries, { recursive: true, force: true });
  const exports = new Map<string, string[]>();
  for (const file of filesBelow(siteDir, apiSource).sort()) {
    const folder = relative(apiSource, dirname(file));
    if (folder === '' || folder.startsWith('node_modules') || !file.endsWith('.ts')) continue;
    const entry = join(entries, `${folder}.ts`);
    const from = relative(dirname(entry), join(siteDir, file)).replaceAll('\\', '/').slice(0, -'.ts'.length);
    exports.set(entry, [...(exports.get(entry) ?? []), `export * from '${from}';\n`]);
  }
  for (const [entry, lines] of exports) {
    mkdirSync(dirname(entry), { recursive: true });
    writeFileSync(entry, lines.join(''));
  }
  const base = relative(entries, join(siteDir, apiSource, 'tsconfig.json')).replaceAll('\\', '/');
  writeFileSync(join(entries, 'tsconfig.json'), JSON.stringify({ extends: base, include: ['.'] }));
}

function stampOf(siteDir: string): string {
  const files = [...filesBelow(siteDir, 'src/simulation'), ...apiPages.plugin, 'package-lock.json'];
  return hashOf(JSON.stringify(apiPages) + hashOfFiles(siteDir, files));
}
