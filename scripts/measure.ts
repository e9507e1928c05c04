// npm run measure [-- part … --json]: every figure that has an aim, beside it and beside the same of a bare Docusaurus page.
// Not a test: it tells what this machine does now. Parts that look at the page need `npm run build` before.

import { resolve } from 'node:path';
import type { Browser } from 'playwright';
import { site } from '../src/site';
import { openBrowser } from '../tests/browser/browser';
import { serve } from '../tests/browser/server';
import { buildFigures } from './measure/buildTimes';
import { engineFigures } from './measure/engine';
import { experimentPages, runFigures } from './measure/experiments';
import { type Figure, isMet, printFigures } from './measure/figure';
import { inputFigures } from './measure/input';
import { lighthouseFigures } from './measure/lighthouse';
import { playbackFigures } from './measure/playback';
import { weightFigures } from './measure/weight';
import { workerFigures } from './measure/workers';

const built = resolve('build');
const given = process.argv.slice(2);
const asJson = given.includes('--json');
const pages = experimentPages();
const wanted = given.filter((word) => word.includes('/'));
const rounds = Number(given.find((word) => word.startsWith('--rounds='))?.slice('--rounds='.length) ?? 3);

const parts: Record<string, { what: string; measure: () => Promise<Figure[]> }> = {
  engine: { what: 'the simulation package beside other simulators', measure: engineFigures },
  runs: { what: 'the default run of each experiment', measure: runFigures },
  input: {
    what: 'from an input to the frame that shows its run',
    measure: () => inBrowser((browser, address) => inputFigures(browser, address, chosen())),
  },
  playback: {
    what: 'what the page does for each frame while a run plays',
    measure: () => inBrowser((browser, address) => playbackFigures(browser, address, chosen())),
  },
  weight: {
    what: 'scripts on the wire, before and after an experiment nears',
    measure: () => inBrowser((browser) => weightFigures(browser, built, chosen())),
  },
  workers: {
    what: 'what a second worker gains where seeds are replicated in the page',
    measure: () => inBrowser((browser, address) => workerFigures(browser, address, chosen()[0])),
  },
  build: { what: 'building the course, cold and warm: throws away what builds have kept', measure: async () => buildFigures() },
  lighthouse: {
    what: 'Lighthouse 12 on every page, in turn with a bare page: npm fetches it for the occasion',
    measure: () => lighthouseFigures(built, wanted, rounds),
  },
};

/** All, or those of the pages that the command names. */
function chosen(): typeof pages {
  return wanted.length === 0 ? pages : pages.filter(({ path }) => wanted.includes(path));
}

async function inBrowser(measure: (browser: Browser, address: string) => Promise<Figure[]>): Promise<Figure[]> {
  const served = await serve(built, site.basePath);
  const browser = await openBrowser();
  try {
    return await measure(browser, served.address);
  } finally {
    await browser.close();
    await served.close();
  }
}

function help(): void {
  console.log(`npm run measure [-- part … page/ … --json --rounds=3]

Measures every part, or those that are named:
${Object.entries(parts)
  .map(([name, { what }]) => `  ${name.padEnd(11)} ${what}`)
  .join('\n')}

page/      only this page, where a part looks at pages: core/load-balancing/
--json     as JSON
--rounds=  how often Lighthouse looks at each page
Have the machine to yourself: what others do at the same time is measured, too.`);
}

async function main(): Promise<void> {
  const names = given.filter((word) => !word.startsWith('-') && !word.includes('/'));
  const unknown = names.filter((name) => !Object.hasOwn(parts, name));
  if (given.includes('--help') || unknown.length > 0) {
    if (unknown.length > 0) console.error(`There is nothing called ${unknown.join(', ')} to measure.\n`);
    help();
    process.exitCode = unknown.length > 0 ? 1 : 0;
    return;
  }
  const figures: Figure[] = [];
  for (const name of names.length > 0 ? names : Object.keys(parts)) {
    console.error(`Measuring: ${parts[name].what}`);
    figures.push(...(await parts[name].measure()));
  }
  if (asJson) console.log(JSON.stringify(figures.map((figure) => ({ ...figure, isMet: isMet(figure) }))));
  else printFigures(figures);
}

void main();
