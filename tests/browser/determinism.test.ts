// Node and Chromium are one engine in two versions and two number representations: every digit must be the same in both.

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Digits, digitsOfAll } from '../determinism/settings';
import { openBrowser } from './browser';

const perExperiment = 10;
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser?.close());

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../determinism/inPage.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

test('random settings of every experiment have the same trace hash and the same numbers, to the last digit, in Node and in Chromium', async () => {
  const script = await bundle();
  const page = await browser.newPage();
  await page.addScriptTag({ content: script });
  const inPage = (await page.evaluate(`digitsOfAll(${perExperiment})`)) as Digits[];
  await page.close();
  const here = await digitsOfAll(perExperiment);
  expect(inPage.length).toBe(here.length);
  here.forEach((digits, index) => {
    expect(inPage[index], `${digits.id}, setting ${digits.number}`).toEqual(digits);
  });
  // A list of equal hashes would prove nothing.
  expect(new Set(here.map(({ traceHash }) => traceHash)).size).toBe(here.length);
});
