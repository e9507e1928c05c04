// What a second worker gains in the page: the same seeds of "Is it luck?", on a machine that tells of one core and of two.

import type { Browser } from 'playwright';
import { liveFrame } from '../../tests/browser/frame';
import type { ExperimentPage } from './experiments';
import type { Figure } from './figure';

const rounds = 3;
const seeds = 1000;

export async function workerFigures(browser: Browser, address: string, { id, path }: ExperimentPage): Promise<Figure[]> {
  const gains: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const oneMs = await luckMs(browser, address + path, id, 1);
    gains.push(oneMs / (await luckMs(browser, address + path, id, 2)));
  }
  const part = `Workers in the page: ${seeds} seeds of ${id}, median of ${rounds}`;
  return [{ part, what: 'two to one', value: gains.sort((a, b) => a - b)[rounds >> 1], unit: '', aim: { atLeast: 1.4 } }];
}

/** The page itself looks at the clock: a question from outside would be asked only now and then. */
const noteTimes = `
  window.phaseTimes = {};
  new MutationObserver((changes) => {
    for (const { target } of changes) window.phaseTimes[target.dataset.phase] = performance.now();
  }).observe(document, { subtree: true, attributeFilter: ['data-phase'] });
`;

/** From the first seed to the distribution on screen, workers started and warm. */
async function luckMs(browser: Browser, address: string, id: string, cores: number): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addInitScript({ content: `Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${cores} });${noteTimes}` });
  await page.goto(address);
  const frame = await liveFrame(page, id);
  await frame.locator('[data-panel="luck"]').click();
  const luck = frame.locator('[data-part="luck"]');
  const run = async (count: number): Promise<number> => {
    await luck.locator('input[name="luck-seeds"]').fill(String(count));
    await luck.locator('[data-action="luck"]').click();
    await luck.and(page.locator('[data-phase="running"]')).waitFor();
    await luck.and(page.locator('[data-phase="done"]')).waitFor({ timeout: 120_000 });
    return page.evaluate<number>('window.phaseTimes.done - window.phaseTimes.running');
  };
  await run(100);
  const ms = await run(seeds);
  await page.context().close();
  return ms;
}
