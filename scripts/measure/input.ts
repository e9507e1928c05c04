// From a change of a control to the frame that shows its run, at default sizes: every slider, choice and switch of every experiment,
// and the slowest counts.

import type { Browser, Locator, Page } from 'playwright';
import { liveFrame } from '../../tests/browser/frame';
import { type ExperimentPage, runTimes } from './experiments';
import type { Figure } from './figure';

const rounds = 5;
/** A slow reader's machine: the page's thread and the worker's. */
const slowdown = 4;

export async function inputFigures(browser: Browser, address: string, pages: readonly ExperimentPage[]): Promise<Figure[]> {
  const part = 'From an input to the frame that shows its run, median of 5, the slowest control of each';
  const runMs = await runTimes();
  const figures: Figure[] = [];
  for (const { id, path } of pages) {
    const quick = await slowestControl(browser, address + path, id, 1);
    const slow = await slowestControl(browser, address + path, id, slowdown);
    figures.push({ part, what: `${id}, ${quick.name}`, value: quick.ms, unit: 'ms', aim: { atMost: 100 } });
    // The browser slows the page's thread only: the worker's share is added.
    const slowMs = slow.ms + (slowdown - 1) * (runMs.get(id) ?? 0);
    figures.push({ part, what: `  all ${slowdown} times slower, ${slow.name}`, value: slowMs, unit: 'ms', aim: { atMost: 350 } });
  }
  return figures;
}

async function slowestControl(browser: Browser, address: string, id: string, slower: number): Promise<{ name: string; ms: number }> {
  const page = await openExperiment(browser, address, id);
  if (slower > 1) {
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  }
  const frame = page.locator(`[data-experiment-tag="${id}"] section[data-experiment]`).first();
  let slowest = { name: '', ms: 0 };
  for (const parameter of await frame.locator('[data-parameter]:visible').all()) {
    const control = parameter.locator('input[type="range"], select, input[type="radio"]:checked, input[role="switch"]').first();
    if ((await control.count()) === 0 || (await control.isDisabled())) continue;
    const ms = await medianOf(frame, parameter);
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

/** null: the control cannot move. */
async function medianOf(frame: Locator, parameter: Locator): Promise<number | null> {
  const times: number[] = [];
  const chooser = parameter.locator('select');
  const start = (await chooser.count()) > 0 ? await chooser.inputValue() : '';
  for (let round = 0; round < rounds; round++) {
    await frame.evaluate((element) => element.removeAttribute('data-input-to-frame-ms'));
    if (!(await move(parameter, round, start))) return null;
    await frame.and(frame.page().locator('[data-input-to-frame-ms]')).waitFor();
    times.push(Number(await frame.getAttribute('data-input-to-frame-ms')));
  }
  // What is measured next is measured at the defaults.
  await move(parameter, rounds, start);
  return times.sort((a, b) => a - b)[rounds >> 1];
}

/** There in even rounds, and back in odd ones. */
async function move(parameter: Locator, round: number, start: string): Promise<boolean> {
  const isBack = round % 2 === 1;
  const chooser = parameter.locator('select');
  if ((await chooser.count()) > 0) {
    const others = await chooser.locator('option').evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
    await chooser.selectOption(isBack ? start : others.filter((value) => value !== start)[(round >> 1) % (others.length - 1)]);
    return true;
  }
  const toggle = parameter.locator('input[role="switch"]');
  if ((await toggle.count()) > 0) {
    await toggle.press('Space');
    return true;
  }
  const segment = parameter.locator('input[type="radio"]:checked');
  if ((await segment.count()) > 0) {
    await segment.press(isBack ? 'ArrowLeft' : 'ArrowRight');
    return true;
  }
  const slider = parameter.locator('input[type="range"]:visible').first();
  const before = await slider.inputValue();
  for (const key of isBack ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'])
    if ((await slider.inputValue()) === before) await slider.press(key);
  return (await slider.inputValue()) !== before;
}
