// A reader forks the past, changes the second future from there on, shares it and keeps it: in every experiment that can.

import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { isLive } from '../../src/experiments/definition/live';
import { runExperiment } from '../../src/experiments/definition/run';
import { settle, shownParameters } from '../../src/experiments/definition/settings';
import { loadExperiment } from '../../src/experiments/registry';
import { openBrowser } from './browser';
import { chosenExperiments } from './chosen';
import { liveFrame, nextRun, pageOf, runHash, settled } from './frame';
import { visit } from './visit';

const address = inject('address');
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const experiments = await Promise.all(chosenExperiments.map(loadExperiment));
/** Each with a live parameter that has a slider and is shown at first. */
const forkable = experiments.flatMap((definition) => {
  const { values } = settle(definition, {});
  const name = shownParameters(definition, values).find((one) => isLive(definition.parameters[one]) && 'min' in definition.parameters[one]);
  return name === undefined ? [] : [[definition.id, definition, name] as const];
});

describe.each(forkable)('%s', (id, definition, name) => {
  const plain = runExperiment(definition, settle(definition, {})).traceHash;

  /** Forks and moves the live control; gives the hash of side B's run. */
  async function forked(page: Page, frame: Locator): Promise<string | null> {
    await frame.locator('[data-action="fork"]').click();
    await frame.locator('[data-part="fork"][data-forks="yes"]').waitFor();
    await settled(page, frame);
    expect(await frame.getAttribute('data-run-hash-b')).toBe(plain);
    await frame.locator(`[data-parameter="${name}"] input[type="range"]`).focus();
    await page.keyboard.press('ArrowRight');
    await frame.and(page.locator(`[data-state="idle"]:not([data-run-hash-b="${plain}"])`)).waitFor({ timeout: 30_000 });
    return frame.getAttribute('data-run-hash-b');
  }

  test('forks at the cursor, changes side B from there, and comes back from a link', async () => {
    await visit(browser, address + pageOf(id), {}, async (page, problems) => {
      const frame = await liveFrame(page, id);
      const second = await forked(page, frame);
      expect(await runHash(frame)).toBe(plain);
      expect(await frame.locator('[data-part="second-future"] > span').isVisible()).toBe(true);
      await frame.getByRole('tab', { name: 'Charts' }).click();
      await frame.locator('[data-part="fork-line"]').first().waitFor();
      expect(await frame.locator('[data-part="fork-line"]').first().innerText()).toMatch(/^fork at /);
      await frame.locator('[data-action="share"]').click();
      await page.waitForFunction(() => location.hash.startsWith('#x='));
      const link = await page.evaluate(() => location.hash);
      await visit(browser, address + pageOf(id) + link, {}, async (other) => {
        const restored = await liveFrame(other, id);
        expect(await runHash(restored)).toBe(plain);
        expect(await restored.getAttribute('data-run-hash-b')).toBe(second);
        await restored.locator('[data-part="fork"][data-forks="yes"]').waitFor();
      });
      expect(problems).toEqual([]);
    });
  });

  test('keeps the second future, and undo brings both back', async () => {
    await visit(browser, address + pageOf(id), {}, async (page, problems) => {
      const frame = await liveFrame(page, id);
      const second = await forked(page, frame);
      await frame.locator('[data-action="keep-b"]').click();
      expect(await nextRun(page, frame, plain)).toBe(second);
      expect(await frame.locator('[data-part="fork"]').count()).toBe(0);
      await frame.getByRole('button', { name: 'Undo' }).click();
      expect(await nextRun(page, frame, second)).toBe(plain);
      expect(await frame.locator('[data-part="fork"][data-forks="yes"]').count()).toBe(1);
      expect(problems).toEqual([]);
    });
  });

  test('crashes a part as a second future, from its menu', async () => {
    await visit(browser, address + pageOf(id), {}, async (page) => {
      const frame = await liveFrame(page, id);
      await frame.locator('[data-part-name^="server"]').first().focus();
      await page.keyboard.press('Enter');
      await page.locator('[data-as-fork]').click();
      await page.locator('[data-verb="crash"]').click();
      await frame.locator('[data-part="fork"][data-forks="yes"]').waitFor();
      await frame.and(page.locator(`[data-state="idle"][data-run-hash-b]:not([data-run-hash-b="${plain}"])`)).waitFor({ timeout: 30_000 });
      expect(await runHash(frame)).toBe(plain);
    });
  });
});
