// Bundles TypeScript with esbuild (it comes with tsx and vitest) for what must run outside this process's module loader.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

/** Bundles a file (path from the top of the project) into one ES module at `outfile`. */
export function bundleTo(entry: string, outfile: string): void {
  buildSync({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', target: 'es2022', logLevel: 'error' });
}

/** The exports of a file, run as one bundle. */
export async function bundled<T>(entry: string): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'by-the-slice-'));
  try {
    const file = join(folder, 'bundle.mjs');
    bundleTo(entry, file);
    return (await import(pathToFileURL(file).href)) as T;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
