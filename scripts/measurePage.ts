// npm run measure:page [-- lighthouse]: the built site in a real Chromium: how long an input takes to reach the screen, how smoothly a
// run plays, what the lab weighs; and on demand Lighthouse beside a bare page. Build first. The limits stand beside each number.

import { resolve } from 'node:path';
import { site } from '../src/site';
import { openBrowser } from '../tests/browser/browser';
import { serve } from '../tests/browser/server';
import { serveCompressed } from './measure/compressedServer';
import { measureInput, measureWeight } from './measure/input';
import { measureLighthouse } from './measure/lighthouse';
import { measurePlayback } from './measure/playback';

const fleet = `#x=1;id=load-balancing;policy=power-of-two;servers=64;speeds=${new Array(64).fill(1).join(',')};arrivalsPerSecond=290`;
const runs = [
  { id: 'one-server', path: 'start/opening-night/', setting: 'defaults' },
  { id: 'load-balancing', path: 'core/load-balancing/', setting: 'defaults' },
  { id: 'load-balancing', path: `core/load-balancing/${fleet}`, setting: '64 servers, 290 requests/s' },
  { id: 'chaos', path: 'operations/chaos/', setting: 'defaults' },
];

async function main(): Promise<void> {
  const served = await serve('build', site.basePath);
  const browser = await openBrowser();
  console.log('Playing for 5 s: script and paint per frame (p95 at most 8 ms), longest task (at most 50 ms)');
  for (const { id, path, setting } of runs) {
    const { frames, medianMs, p95Ms, longestTaskMs } = await measurePlayback(browser, served.address + path, id, setting);
    console.log(
      `  ${`${id}, ${setting}`.padEnd(46)} ${frames} frames, median ${medianMs.toFixed(1)} ms, p95 ${p95Ms.toFixed(1)} ms, longest task ${longestTaskMs.toFixed(1)} ms`,
    );
  }
  console.log('\nFrom a control to the frame that shows its run, median of 5 (at most 100 ms; at most 350 ms on a page slowed 4 times)');
  for (const { id, path } of runs.filter(({ setting }) => setting === 'defaults')) {
    const quick = await measureInput(browser, served.address + path, id, 1);
    const slow = await measureInput(browser, served.address + path, id, 4);
    console.log(`  ${id.padEnd(46)} ${quick.toFixed(0)} ms, slowed ${slow.toFixed(0)} ms`);
  }
  const compressed = await serveCompressed(resolve('build'));
  console.log(
    '\nScripts on the wire, gzip: of the page before the experiment is near, and of frame, run and charts after (at most 170 kB)',
  );
  for (const { id, path } of runs.filter(({ setting }) => setting === 'defaults')) {
    const { pageKb, labKb } = await measureWeight(browser, compressed.address + path, id);
    console.log(`  ${id.padEnd(46)} ${pageKb.toFixed(0)} kB, then ${labKb.toFixed(0)} kB`);
  }
  compressed.close();
  await browser.close();
  await served.close();
  if (process.argv.includes('lighthouse')) await printLighthouse();
}

async function printLighthouse(): Promise<void> {
  console.log('\nLighthouse 12, mobile, median of 3: performance and that of a bare page measured in turn with it (no more than 3 below)');
  for (const page of await measureLighthouse(resolve('build'))) {
    const others = `accessibility ${page.accessibility}, best practices ${page.bestPractices}, SEO ${page.seo}, layout shift ${page.layoutShift.toFixed(3)}`;
    console.log(`  ${page.path.padEnd(34)} ${page.performance} (bare ${page.barePerformance}); ${others}`);
  }
}

void main();
