// Runs before the simulation package is packed: JavaScript and types of every module, for projects that know nothing of this one.
// Inside the project nobody needs this: tsconfig.json, vitest and the site read the TypeScript sources; so what was made is taken
// away again after packing (`clean`).

import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tools, top } from './setup.mjs';

const folder = join(top, 'src/simulation');
const target = join(folder, 'dist');

rmSync(target, { recursive: true, force: true });
if (process.argv[2] === 'clean') process.exit(0);
execFileSync(process.execPath, [tools.tsc, '-p', join(folder, 'tsconfig.package.json')], { stdio: 'inherit' });

// Plain Node wants to know the file, so './kernel/math' becomes './kernel/math.js', in code and types.
for (const file of readdirSync(target, { recursive: true, encoding: 'utf8' })) {
  if (!/\.(js|d\.ts)$/.test(file)) continue;
  const path = join(target, file);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace(/(from '|import\(')(\.{1,2}\/[^']+)'/g, "$1$2.js'"));
}
cpSync(join(top, 'LICENSE'), join(target, 'LICENSE'));
