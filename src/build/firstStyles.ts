// Which styles a page needs before anything of the lab has loaded: those that the site's own components import without `import()`.
// All others come with the code that they dress, so that nobody waits for the styles of a live frame to read the first line.

import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { filesBelow } from './unitTests';

/** Layers that stand in every page, or in pages of their own. */
const ofPages = ['src/theme', 'src/pages'];

/** Absolute paths of style sheets. */
export async function firstStyles(siteDir: string): Promise<Set<string>> {
  const entryPoints = ofPages.flatMap((layer) => filesBelow(siteDir, layer)).filter((file) => file.endsWith('.tsx'));
  const { metafile } = await build({
    absWorkingDir: siteDir,
    entryPoints,
    outdir: 'unused',
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    splitting: true,
    packages: 'external',
    // Docusaurus' own names, which stand for files of packages or of the build.
    external: ['@site/*', '@theme/*', '@theme-original/*', '@docusaurus/*', '@generated/*'],
    loader: { '.css': 'empty', '.svg': 'empty', '.woff2': 'empty' },
    logLevel: 'silent',
  });
  const styles = reached(metafile, entryPoints).filter((file) => file.endsWith('.css'));
  return new Set(styles.map((file) => join(siteDir, file)));
}

function reached({ inputs }: Metafile, from: readonly string[]): string[] {
  const found = new Set(from);
  for (const file of found) {
    for (const { path, kind } of inputs[file]?.imports ?? []) if (kind === 'import-statement' && path in inputs) found.add(path);
  }
  return [...found];
}
