// The sweep of every experiment on the built site: it runs on real workers, is read and driven by keyboard and finger, and is
// undone. A new experiment adds its own tests.

import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { defaultValues } from '../../src/experiments/definition/settings';
import { firstMeasured, firstSwept, sweptParameters } from '../../src/experiments/definition/sweep';
import { loadExperiment } from '../../src/experiments/registry';
import { axeFindings } from './axe';
import { openBrowser } from './browser';
import { chosenExperiments } from './chosen';
import { liveFrame, nextRun, pageOf, runHash } from './frame';
import { visit } from './visit';

const address = inject('address');
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const experiments = await Promise.all(chosenExperiments.map(loadExperiment));

/** Few points and seeds: the machine of a test is not fast. */
async function swept(page: Page, id: string): Promise<Locator> {
  const frame = await liveFrame(page, id);
  await frame.locator('[data-panel="sweep"]').click();
  await frame.locator('[name="sweep-points"]').selectOption('5');
  await frame.locator('[name="sweep-seeds"]').selectOption('5');
  await frame.locator('[data-action="sweep-start"]').click();
  await frame.locator('[data-part="sweep"][data-phase="done"]').waitFor({ timeout: 90_000 });
  return frame;
}

describe.each(experiments.map((definition) => [definition.id, definition] as const))('%s', (id, definition) => {
  const first = firstSwept(definition, sweptParameters(definition, defaultValues(definition))) as string;

  test('draws a curve, says what it shows, and opens a point by the keyboard; undo brings back what was', async () => {
    await visit(browser, address + pageOf(id), {}, async (page, problems) => {
      const frame = await swept(page, id);
      expect(await frame.locator('[data-part="sweep-words"]').innerText()).toContain(definition.metrics[firstMeasured(definition)].label);
      const before = await runHash(frame);
      const chart = frame.locator('[data-part="sweep-chart"]');
      await chart.focus();
      await page.keyboard.press('Home');
      expect(await chart.getAttribute('aria-valuetext')).toContain(definition.parameters[first].label);
      await page.keyboard.press('Enter');
      await nextRun(page, frame, before);
      expect(await frame.locator('[data-part="sweep"]').getAttribute('data-stale')).toBe('no');
      expect(await chart.evaluate((element) => element === document.activeElement)).toBe(true);
      await page.keyboard.press('Control+z');
      await page.waitForFunction(([element, hash]) => (element as Element).getAttribute('data-run-hash') === hash, [
        await frame.elementHandle(),
        before,
      ] as const);
      expect(problems).toEqual([]);
    });
  });

  test('fits a phone in the dark with two sides; a finger looks at a point and a button opens it', async () => {
    await visit(browser, address + pageOf(id), { width: 360, height: 740, touch: true, colorScheme: 'dark' }, async (page) => {
      await (await liveFrame(page, id)).locator('[data-action="compare"]').tap();
      const frame = await swept(page, id);
      const before = await runHash(frame);
      await frame.locator('[data-part="sweep-chart"]').tap({ position: { x: 60, y: 80 } });
      expect(await runHash(frame)).toBe(before);
      await frame.locator('[data-part="sweep-point"] [data-open="a"]').tap();
      await nextRun(page, frame, before);
      const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      expect(inner).toBeLessThanOrEqual(outer);
      expect(await axeFindings(page, { within: '[data-part="sweep"]' })).toEqual([]);
    });
  });
});

test('a change of the setup marks the curve as old, and running again makes it new', async () => {
  await visit(browser, address + pageOf('one-server'), {}, async (page) => {
    const frame = await swept(page, 'one-server');
    const sweep = frame.locator('[data-part="sweep"]');
    await frame.locator('[data-parameter="serviceMs"] input[type="range"]').press('ArrowRight');
    await frame.locator('[data-part="sweep"][data-stale="yes"]').waitFor();
    await frame.locator('[data-action="sweep-start"]').click();
    await frame.locator('[data-part="sweep"][data-stale="no"][data-phase="done"]').waitFor();
    await frame.locator('[data-parameter="arrivalsPerSecond"] input[type="range"]').press('ArrowRight');
    await nextRun(page, frame, null);
    expect(await sweep.getAttribute('data-stale')).toBe('no');
  });
});

test('a sweep under way can be cancelled, and keeps what has come', async () => {
  await visit(browser, address + pageOf('load-balancing'), {}, async (page) => {
    const frame = await liveFrame(page, 'load-balancing');
    await frame.locator('[data-panel="sweep"]').click();
    await frame.locator('[name="sweep-points"]').selectOption('33');
    await frame.locator('[name="sweep-seeds"]').selectOption('20');
    await frame.locator('[data-action="sweep-start"]').click();
    await frame.locator('[data-part="sweep-chart"]').waitFor();
    await frame.locator('[data-action="sweep-cancel"]').click();
    await frame.locator('[data-part="sweep"][data-phase="cancelled"]').waitFor();
    expect(await frame.locator('[data-part="sweep-words"]').innerText()).not.toBe('');
    expect(await frame.locator('[data-action="sweep-start"]').evaluate((element) => element === document.activeElement)).toBe(true);
  });
});
