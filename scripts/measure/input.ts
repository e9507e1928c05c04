// From a change of a control to the frame that shows its run, at default sizes: every slider of every experiment, and the slowest counts.

import type { Browser, Locator, Page } from 'playwright';
import { liveFrame } from '../../tests/browser/frame';
import { type ExperimentPage, runTimes } from './experiments';
import type { Figure } from './figure';

const rounds = 5;
/** A slow reader's machine: the page's thread and the worker's. */
const slowdown = 4;

export async function inputFigures(browser: Browser, address: string, pages: readonly ExperimentPage[]): Promise<Figure[]> {
  const part = 'From a slider to the frame that shows its run, median of 5, the slowest slider of each';
  const runMs = await runTimes();
  const figures: Figure[] = [];
  for (const { id, path } of pages) {
    const quick = await slowestSlider(browser, address + path, id, 1);
    const slow = await slowestSlider(browser, address + path, id, slowdown);
    figures.push({ part, what: `${id}, ${quick.name}`, value: quick.ms, unit: 'ms', aim: { atMost: 100 } });
    // The browser slows the page's thread only: the worker's share is added.
    const slowMs = slow.ms + (slowdown - 1) * (runMs.get(id) ?? 0);
    figures.push({ part, what: `  all ${slowdown} times slower, ${slow.name}`, value: slowMs, unit: 'ms', aim: { atMost: 350 } });
  }
  return figures;
}

async function slowestSlider(browser: Browser, address: string, id: string, slower: number): Promise<{ name: string; ms: number }> {
  const page = await openExperiment(browser, address, id);
  if (slower > 1) {
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  }
  const frame = page.locator(`[data-experiment-tag="${id}"] section[data-experiment]`).first();
  let slowest = { name: '', ms: 0 };
  for (const parameter of await frame.locator('[data-parameter]:visible').all()) {
    const slider = parameter.locator('input[type="range"]:visible').first();
    if ((await slider.count()) === 0 || (await slider.isDisabled())) continue;
    const ms = await medianOf(frame, slider);
    if (ms !== null && ms > slowest.ms) slowest = { name: (await parameter.getAttribute('data-parameter')) ?? '', ms };
  }
  await page.context().close();
  return slowest;
}

async function openExperiment(browser: Browser, address: string, id: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(address);
  await liveFrame(page, id);
  await page.waitForTimeout(2000);
  return page;
}

/** null: the slider cannot move. */
async function medianOf(frame: Locator, slider: Locator): Promise<number | null> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await frame.evaluate((element) => element.removeAttribute('data-input-to-frame-ms'));
    const before = await slider.inputValue();
    for (const key of round % 2 === 0 ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'])
      if ((await slider.inputValue()) === before) await slider.press(key);
    if ((await slider.inputValue()) === before) return null;
    await frame.and(frame.page().locator('[data-input-to-frame-ms]')).waitFor();
    times.push(Number(await frame.getAttribute('data-input-to-frame-ms')));
  }
  return times.sort((a, b) => a - b)[rounds >> 1];
}
