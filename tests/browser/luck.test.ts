// "Is it luck?" of every experiment, on its page of the built site: run, looked at, cancelled, and without any worker.

import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { loadExperiment } from '../../src/experiments/registry';
import { axeFindings } from './axe';
import { openBrowser } from './browser';
import { chosenExperiments } from './chosen';
import { liveFrame, nextRun, pageOf, runHash } from './frame';
import { visit } from './visit';

const address = inject('address');
const simulations = (await Promise.all(chosenExperiments.map(loadExperiment))).filter(({ kind }) => kind !== 'session');
const one = 'load-balancing';
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function openPanel(page: Page, id: string): Promise<{ frame: Locator; luck: Locator }> {
  const frame = await liveFrame(page, id);
  await frame.locator('[data-panel="luck"]').click();
  const luck = frame.locator('[data-part="luck"]');
  await luck.waitFor();
  return { frame, luck };
}

async function runSeeds(luck: Locator, seeds: number): Promise<void> {
  await luck.locator('input[name="luck-seeds"]').fill(String(seeds));
  await luck.locator('[data-action="luck"]').click();
  await luck.and(luck.page().locator('[data-phase="done"]')).waitFor({ timeout: 60_000 });
}

describe.each(simulations.map(({ id }) => id))('%s', (id) => {
  test('runs ten seeds on both sides and says whether they differ', async () => {
    await visit(browser, address + pageOf(id), {}, async (page, problems) => {
      const { frame, luck } = await openPanel(page, id);
      await frame.locator('[data-action="compare"]').click();
      await luck.and(page.locator('[data-stale="no"]')).waitFor();
      await runSeeds(luck, 10);
      expect(await luck.locator('[data-part="luck-verdict"]').innerText()).toMatch(/Both sides gave the same value in each of 10 seeds|No/);
      expect(await luck.locator('[data-table="luck"] tbody tr').count()).toBeGreaterThan(0);
      expect(await luck.locator('[data-part="luck-status"]').innerText()).toContain('Done: 20 runs.');
      expect(problems).toEqual([]);
    });
  });
});

test('shows the run of a seed that is chosen, by a row or by the keyboard on the dots', async () => {
  await visit(browser, address + pageOf(one), {}, async (page) => {
    const { frame, luck } = await openPanel(page, one);
    await runSeeds(luck, 20);
    const shown = frame.locator('input[name="seed"]');
    const first = await runHash(frame);
    const row = luck.locator('[data-table="extremes"] [data-seed][aria-pressed="false"]').first();
    const seed = await row.getAttribute('data-seed');
    await row.click();
    const second = await nextRun(page, frame, first);
    expect(await shown.inputValue()).toBe(seed);
    expect(await luck.getAttribute('data-stale')).toBe('no');

    const dots = luck.locator('[role="slider"]').first();
    expect(await dots.getAttribute('aria-valuemax')).toBe('20');
    await dots.focus();
    await page.keyboard.press('End');
    const [, chosen] = /Seed (\d+):/.exec((await dots.getAttribute('aria-valuetext')) ?? '') ?? [];
    if (chosen === seed) await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await nextRun(page, frame, second);
    expect(await shown.inputValue()).not.toBe(seed);
    expect(await dots.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

test('marks what it shows as old when the setup changes, and as new again when the change is undone', async () => {
  await visit(browser, address + pageOf(one), {}, async (page) => {
    const { frame, luck } = await openPanel(page, one);
    await runSeeds(luck, 10);
    await frame.locator('[data-parameter] input[type="range"]').first().focus();
    await page.keyboard.press('ArrowRight');
    await luck.and(page.locator('[data-stale="yes"]')).waitFor();
    expect(await luck.innerText()).toContain('The setup has changed');
    await page.keyboard.press('ArrowLeft');
    await luck.and(page.locator('[data-stale="no"]')).waitFor();
  });
});

test('cancels at once, keeps the focus, and keeps what was found while another panel is looked at', async () => {
  await visit(browser, address + pageOf(one), {}, async (page, problems) => {
    const { frame, luck } = await openPanel(page, one);
    await runSeeds(luck, 10);
    const button = luck.locator('[data-action="luck"]');
    await luck.locator('input[name="luck-seeds"]').fill('1000');
    await button.click();
    await luck.locator('progress').waitFor();
    await button.click();
    await luck.and(page.locator('[data-phase="cancelled"]')).waitFor({ timeout: 1000 });
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    await frame.locator('[data-panel="card"]').click();
    await frame.locator('[data-panel="luck"]').click();
    expect(await luck.locator('[data-part="luck-verdict"]').innerText()).toContain('10 seeds');
    expect(problems).toEqual([]);
  });
});

test('works where no worker can start, and the page goes on answering meanwhile', async () => {
  await visit(browser, `${address}contributing/`, {}, async (page) => {
    await page.addInitScript(() => {
      Object.assign(window, {
        Worker: class {
          constructor() {
            throw new Error('blocked');
          }
        },
      });
    });
    await page.goto(address + pageOf(one));
    const { luck } = await openPanel(page, one);
    await runSeeds(luck, 10);
    expect(await luck.locator('[data-part="luck-verdict"]').innerText()).toContain('10 seeds');
  });
});

test.each([
  ['light', 1280],
  ['dark', 360],
] as const)('has nothing that axe finds and fits its screen (%s, %d px)', async (colorScheme, width) => {
  await visit(browser, address + pageOf(one), { colorScheme, width }, async (page) => {
    const { frame, luck } = await openPanel(page, one);
    await frame.locator('[data-action="compare"]').click();
    await runSeeds(luck, 10);
    await luck.locator('summary').click();
    expect(await axeFindings(page, { within: '[data-part="luck"]' })).toEqual([]);
    const panel = frame.locator('[data-part="panel"]');
    expect(await panel.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  });
});
