// npm run test:deep: the unit tests with very many random cases (an hour or two), and the digits of 200 random settings compared
// between this Node and Node 22 and 24, which npm installs into a temporary folder. FAST_CHECK_RUNS sets the number of cases.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { experimentLoaders } from '../src/experiments/registry';
import { bundleTo } from './bundle';

const settingsInAll = 200;
const folder = mkdtempSync(join(tmpdir(), 'by-the-slice-deep-'));
const digitsFile = join(folder, 'digits.mjs');

/** Path of a Node of that major version, or why there is none. */
function installNode(major: number): { path: string } | { reason: string } {
  const prefix = join(folder, `node${major}`);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const install = spawnSync(npm, ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', prefix, `node@${major}`], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const path = join(prefix, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (install.status === 0 && existsSync(path)) return { path };
  return { reason: (install.stderr || String(install.error)).trim().split('\n').slice(-1)[0] };
}

function digitsIn(node: string): string[] {
  const each = Math.ceil(settingsInAll / Object.keys(experimentLoaders).length);
  return execFileSync(node, [digitsFile, String(each)], { encoding: 'utf8', maxBuffer: 1 << 30 })
    .trim()
    .split('\n');
}

/** False when some digit differs; a version that cannot be had is said and passed over. */
function compareNodes(): boolean {
  bundleTo('tests/determinism/print.ts', digitsFile);
  const here = digitsIn(process.execPath);
  console.log(`${here.length} settings run in Node ${process.version}.`);
  let areAlike = true;
  for (const major of [22, 24]) {
    const node = installNode(major);
    if ('reason' in node) {
      console.log(`Node ${major}: not compared, it could not be installed (${node.reason}).`);
      continue;
    }
    const version = execFileSync(node.path, ['--version'], { encoding: 'utf8' }).trim();
    const there = digitsIn(node.path);
    const different = here.filter((line, index) => line !== there[index]).map((line) => JSON.parse(line) as { id: string; number: number });
    console.log(
      `Node ${version}: ${different.length === 0 ? 'every digit is the same' : `${different.length} settings differ, first ${different[0].id} ${different[0].number}`}.`,
    );
    if (different.length > 0 || there.length !== here.length) areAlike = false;
  }
  return areAlike;
}

function runTests(): boolean {
  const runs = process.env.FAST_CHECK_RUNS ?? '100000';
  console.log(`Unit tests with ${runs} random cases for each property.`);
  const require = createRequire(join(process.cwd(), 'package.json'));
  const vitest = join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs');
  return (
    spawnSync(process.execPath, [vitest, 'run', 'tests/simulation', 'tests/experiments'], {
      stdio: 'inherit',
      env: { ...process.env, FAST_CHECK_RUNS: runs },
    }).status === 0
  );
}

try {
  const areAlike = compareNodes();
  const passed = runTests();
  if (!areAlike || !passed) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
