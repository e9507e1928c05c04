/*
 * npm test: everything that must hold, from types to the built site in a real browser.
 * npm run check: the quick part of it (node scripts/test.mjs check).
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkNode, installBrowser, installPackages, runTool, seconds, top } from './setup.mjs';

const quick = process.argv[2] === 'check';
const began = Date.now();
const reports = mkdtempSync(join(tmpdir(), 'by-the-slice-'));

checkNode();
await installPackages();
if (!quick) {
  console.log(`Chromium: ${await installBrowser()}`);
}

const counted = { passed: 0, failed: 0 };

/** The check is to be quick: long statistics and packing are for the whole test, and properties are tried less often. */
const leftToTheWhole = ['package/**', 'parts/queues.test.ts', 'parts/policies/supermarket*.test.ts'].map(
  (files) => `--exclude=tests/simulation/${files}`,
);
process.env.FAST_CHECK_RUNS ??= quick ? '25' : '1000';

/** Runs vitest, and adds its closing counts to ours. A file that does not even load counts as one failure. */
async function vitest(name, ...parameters) {
  const report = join(reports, `${name}.json`);
  const code = await runTool('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...parameters]);
  if (existsSync(report)) {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    const unloaded = result.testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    );
    counted.passed += result.numPassedTests;
    counted.failed += result.numFailedTests + unloaded.length;
  } else if (code !== 0) {
    counted.failed += 1;
  }
  return code;
}

/** The unit tests; what each file said is kept for the page that tells how the numbers are checked. */
async function unitTests() {
  const { tsImport } = await import('tsx/esm/api');
  const { keepUnitTests, sourcesHash } = await tsImport('../src/build/unitTests.ts', import.meta.url);
  const sources = sourcesHash(top);
  const code = await vitest('unit', ...(quick ? leftToTheWhole : []));
  if (quick) return code;
  if (!keepUnitTests(top, join(reports, 'unit.json'), sources)) {
    console.log('Vitest left no report, or a source changed while it ran: the site will say that its numbers were not checked.');
  }
  return code;
}

const steps = [
  ['types of the site, its tests and scripts', () => runTool('tsc', ['--noEmit', '-p', '.'])],
  ['types of the simulation', () => runTool('tsc', ['--noEmit', '-p', join('src', 'simulation')])],
  ['lint and format', () => runTool('biome', ['ci', '.'])],
  ['unit tests', unitTests],
];
if (!quick) {
  steps.push(
    ['build of the site', () => runTool('docusaurus', ['build'])],
    ['browser tests of the built site', () => vitest('browser', '--config', 'vitest.browser.config.mts')],
  );
}

let stopped;
const timings = [];
for (const [i, [name, step]] of steps.entries()) {
  console.log(`\n[${i + 1}/${steps.length}] ${name}`);
  const started = Date.now();
  const code = await step();
  timings.push(`${name} ${seconds(started)}`);
  console.log(`[${i + 1}/${steps.length}] ${name}: ${code === 0 ? 'passed' : 'failed'} after ${seconds(started)}`);
  if (code !== 0) {
    stopped = name;
    break;
  }
}
rmSync(reports, { recursive: true, force: true });

console.log(`\n${timings.join(' · ')}`);
console.log(`Total: ${seconds(began)}`);
if (stopped !== undefined) {
  const left = steps.length - timings.length;
  console.log(
    `Stopped at "${stopped}": the lines above say why${left > 0 ? `; ${left} later step${left > 1 ? 's' : ''} did not run` : ''}.`,
  );
}
console.log(`${counted.passed} passed, ${counted.failed} failed`);
process.exitCode = stopped === undefined ? 0 : 1;
