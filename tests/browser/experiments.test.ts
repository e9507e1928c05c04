// Every experiment in the registry, on its page of the built site, in a real browser. A new experiment adds its own tests. What
// depends on the frame and not on the experiment is tried on a few (chosen.ts).

import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readLink } from '../../src/experiments/definition/link';
import { runExperiment } from '../../src/experiments/definition/run';
import { settle } from '../../src/experiments/definition/settings';
import { experimentLoaders, loadExperiment } from '../../src/experiments/registry';
import { axeFindings, axeFindingsInBothThemes } from './axe';
import { openBrowser } from './browser';
import { chosenExperiments } from './chosen';
import { liveFrame, nextRun, pageOf, runHash, settled } from './frame';
import { visit } from './visit';

const address = inject('address');
const phone = { width: 360, height: 740, touch: true };
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const experiments = await Promise.all(Object.keys(experimentLoaders).map(loadExperiment));

describe.each(experiments.map((definition) => [definition.id, definition] as const))('%s', (id, definition) => {
  const url = () => address + pageOf(id);
  const within = `[data-experiment-tag="${id}"]`;
  const isSimulation = definition.kind === 'simulation';
  const isChosen = chosenExperiments.includes(id);
  /** Name of a part that serves and can crash. */
  const crashable = runExperiment(definition, settle(definition, {}), { record: { detail: 'coarse' } }).trace?.partList.find(
    ({ kind, verbs }) => kind === 'server' && verbs?.includes('crash'),
  )?.name;

  test('shows the same run as the command line, without an error, without moving the page, and with nothing that axe finds', async () => {
    await visit(browser, url(), {}, async (page, problems) => {
      await page.evaluate(() => {
        const shifts: number[] = [];
        Object.assign(window, { shifts });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
        }).observe({ type: 'layout-shift', buffered: true });
      });
      const frame = await liveFrame(page, id);
      expect(await runHash(frame)).toBe(runExperiment(definition, settle(definition, {})).traceHash);
      const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
      expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThanOrEqual(0.01);
      expect(await axeFindingsInBothThemes(page, { within })).toEqual([]);
      expect(problems).toEqual([]);
    });
  });

  test('holds its result table, picture and summary in the HTML without JavaScript', async () => {
    await visit(browser, url(), { javaScriptEnabled: false }, async (page) => {
      const twin = page.locator(`[data-experiment-tag="${id}"]`).first();
      const { summary } = runExperiment(definition, settle(definition, {}));
      expect(await twin.innerText()).toContain(summary.slice(0, 60));
      expect(await twin.locator('svg').count()).toBeGreaterThan(0);
      expect(await twin.locator('table').count()).toBeGreaterThan(0);
      const main = Object.values(definition.metrics).filter((metric) => metric.main);
      for (const metric of main) expect(await twin.textContent()).toContain(metric.short);
    });
  });

  test.runIf(isChosen)('is the same for a reader who comes by a click inside the site', async () => {
    await visit(browser, `${address}contributing/`, {}, async (page, problems) => {
      // Clicks in the tenth of a second in which the page wakes up can be lost by the router; a reader clicks again.
      await page.locator('html[data-has-hydrated="true"]').waitFor({ state: 'attached' });
      await page
        .locator(`a.menu__link[href$="/${pageOf(id)}"]`)
        .first()
        .click();
      const frame = await liveFrame(page, id);
      expect(await runHash(frame)).toBe(runExperiment(definition, settle(definition, {})).traceHash);
      expect(problems).toEqual([]);
    });
  });

  test.runIf(isChosen)('loads no experiment code before the experiment is near', async () => {
    await visit(browser, url(), { height: 300 }, async (page) => {
      const early = await page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .map((entry) => entry.name)
          .filter((name) => name.endsWith('.js')),
      );
      await liveFrame(page, id);
      const late = await page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .map((entry) => entry.name)
          .filter((name) => name.endsWith('.js')),
      );
      expect(late.length).toBeGreaterThan(early.length);
    });
  });

  test.runIf(isChosen)('shares a link that restores values, seed and side B', async () => {
    await visit(browser, url(), {}, async (page) => {
      const frame = await liveFrame(page, id);
      const slider = frame.locator('[data-parameter] input[type="range"]').first();
      await slider.focus();
      const first = await runHash(frame);
      await page.keyboard.press('ArrowRight');
      const changed = await nextRun(page, frame, first);
      await frame.locator('[data-action="compare"]').click();
      await settled(page, frame);
      await frame.locator('[data-action="share"]').click();
      await page.waitForFunction(() => location.hash.startsWith('#x='));
      const link = await page.evaluate(() => location.hash);
      const { state, notices } = readLink(definition, link);
      expect(notices).toEqual([]);
      expect(state.sideB).toBeDefined();
      await visit(browser, url() + link, {}, async (other) => {
        const restored = other.locator(`[data-experiment-tag="${id}"] section[data-experiment]`).first();
        await settled(other, restored);
        expect(await runHash(restored)).toBe(changed);
        expect(await restored.locator('[role="tab"][data-side="b"]').count()).toBeGreaterThan(0);
      });
    });
  });

  test.runIf(isChosen)('reads a broken link, says what it changed, and runs', async () => {
    await visit(browser, `${url()}#x=1;id=${id};seed=-4;nonsense=1`, {}, async (page, problems) => {
      const frame = page.locator(`[data-experiment-tag="${id}"] section[data-experiment]`).first();
      await settled(page, frame);
      const text = await frame.innerText();
      expect(text).toContain('nonsense');
      expect(text).toContain('seed');
      expect(problems).toEqual([]);
    });
  });

  test('on a phone of 360 px fits the screen; a part is crashed, time moved and a second side opened by taps', async () => {
    await visit(browser, url(), phone, async (page) => {
      const frame = await liveFrame(page, id);
      const overflow = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(await overflow()).toBeLessThanOrEqual(0);
      if (isSimulation) {
        const before = await runHash(frame);
        await frame.locator(`[data-part-name="${crashable}"]`).tap();
        await page.locator('[data-verb="crash"]').tap();
        await nextRun(page, frame, before);
        const time = (): Promise<number> => frame.locator('[data-part="scrubber"]').inputValue().then(Number);
        const crashedMs = await time();
        await frame.getByRole('button', { name: 'One event forward' }).tap();
        await expect.poll(time).toBeGreaterThan(crashedMs);
      }
      await frame.locator('[data-action="compare"]').tap();
      await frame.locator('[role="tab"][data-side="b"]').first().waitFor({ state: 'attached' });
      await settled(page, frame);
      if (isChosen) expect(await axeFindings(page, { within })).toEqual([]);
      expect(await overflow()).toBeLessThanOrEqual(0);
    });
  });

  test.runIf(isSimulation)('crashes a part at the cursor, keeps the past, and scrubs back to an identical picture', async () => {
    await visit(browser, url(), {}, async (page) => {
      const frame = await liveFrame(page, id);
      const canvas = frame.locator('canvas').first();
      const scrubber = frame.locator('[data-part="scrubber"]');
      const seek = async (share: number) => {
        await scrubber.evaluate((input, to) => {
          const range = input as HTMLInputElement;
          const value = String(Number(range.min) + (Number(range.max) - Number(range.min)) * to);
          Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(range, value);
          range.dispatchEvent(new Event('input', { bubbles: true }));
        }, share);
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      };
      const drawn = () => canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
      /** Once it no longer changes: a slow machine draws a frame late, and a font may come after the first. */
      const picture = async (): Promise<string> => {
        let last = '';
        const isStill = async (): Promise<boolean> => {
          const before = last;
          last = await drawn();
          return last === before;
        };
        await expect.poll(isStill, { interval: 100 }).toBe(true);
        return last;
      };
      await page.evaluate(() => document.fonts.ready);
      await seek(0.1);
      const early = await picture();
      await seek(0.4);
      await expect.poll(drawn, { timeout: 10_000 }).not.toBe(early);
      const before = await runHash(frame);
      await frame.locator(`[data-part-name="${crashable}"]`).focus();
      await page.keyboard.press('Enter');
      await page.locator('[data-verb="crash"]').click();
      await nextRun(page, frame, before);
      expect(await frame.locator('[data-part="interventions"]').innerText()).toMatch(/crash/i);
      await seek(0.1);
      await expect.poll(drawn, { timeout: 10_000 }).toBe(early);
    });
  });

  test.runIf(isSimulation && isChosen)('steps one event forward and back to the same moment', async () => {
    await visit(browser, url(), {}, async (page) => {
      const frame = await liveFrame(page, id);
      const time = frame.locator('[data-part="scrubber"]');
      await frame.getByRole('button', { name: 'One event forward' }).click();
      const first = await time.inputValue();
      await frame.getByRole('button', { name: 'One event forward' }).click();
      expect(Number(await time.inputValue())).toBeGreaterThanOrEqual(Number(first));
      await frame.getByRole('button', { name: 'One event back' }).click();
      expect(await time.inputValue()).toBe(first);
    });
  });
});
