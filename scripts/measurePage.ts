// npm run measure:page: the built site in a real Chromium, how long an input takes to reach the screen and how smoothly a run plays.
// Build first. The limits stand beside each number.

import { site } from '../src/site';
import { openBrowser } from '../tests/browser/browser';
import { serve } from '../tests/browser/server';
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
  await browser.close();
  await served.close();
}

void main();
