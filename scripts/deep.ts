// npm run test:deep: the digits of 200 random settings in every engine that can be had, then the unit tests with very many
// random cases (an hour or two). FAST_CHECK_RUNS sets the number of cases; `-- engines` compares the engines alone.

import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { experimentLoaders } from '../src/experiments/registry';
import { chromium, differences, type Found, firefox, javaScriptCore, keepDigits, otherNode, thisNode } from './engines';

const settingsInAll = 200;

/** False when some digit differs; an engine that cannot be had is said and passed over. */
async function compareEngines(folder: string): Promise<boolean> {
  const each = Math.ceil(settingsInAll / Object.keys(experimentLoaders).length);
  const own = thisNode(folder);
  const here = await own.digits(each);
  console.log(`${own.name}: ${here.length} settings run.`);
  let areAlike = true;
  const others: (() => Found)[] = [
    () => otherNode(22, folder),
    () => otherNode(24, folder),
    () => chromium(folder),
    () => firefox(folder),
    () => javaScriptCore(folder),
  ];
  for (const find of others) {
    const engine = find();
    if ('reason' in engine) {
      console.log(`${engine.name}: not compared (${engine.reason}).`);
      continue;
    }
    const there = await engine.digits(each);
    const different = differences(here, there);
    if (different.length === 0) console.log(`${engine.name}: every digit is the same.`);
    else {
      areAlike = false;
      console.log(
        `${engine.name}: ${different.length} settings differ, first ${different[0]}; see ${keepDigits(tmpdir(), engine.name, there)}.`,
      );
    }
  }
  return areAlike;
}

function runTests(): boolean {
  const runs = process.env.FAST_CHECK_RUNS ?? '100000';
  const seed = process.env.FAST_CHECK_SEED ?? String(randomInt(2 ** 31 - 1));
  console.log(`Unit tests with ${runs} random cases for each property, drawn with the seed ${seed} (FAST_CHECK_SEED).`);
  const require = createRequire(join(process.cwd(), 'package.json'));
  const vitest = join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs');
  return (
    spawnSync(process.execPath, [vitest, 'run', 'tests/simulation', 'tests/experiments'], {
      stdio: 'inherit',
      env: { ...process.env, FAST_CHECK_RUNS: runs, FAST_CHECK_SEED: seed },
    }).status === 0
  );
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'by-the-slice-deep-'));
  try {
    const areAlike = await compareEngines(folder);
    const passed = process.argv.includes('engines') || runTests();
    if (!areAlike || !passed) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
