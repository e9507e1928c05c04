// Four lenses on one run: from the picture to the trace, from the trace to the picture and the log, from the log to the trace.

import type { Browser, Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { loadExperiment } from '../../src/experiments/registry';
import { axeFindingsInBothThemes } from './axe';
import { openBrowser } from './browser';
import { chosenExperiments } from './chosen';
import { liveFrame, pageOf } from './frame';
import { visit } from './visit';

const address = inject('address');
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const experiments = await Promise.all(chosenExperiments.map(loadExperiment));
const simulations = experiments.filter(({ kind }) => kind === 'simulation');

async function openPanel(frame: Locator, name: string): Promise<void> {
  await frame.locator(`[role="tab"][data-panel="${name}"]`).click();
  await frame.locator(`[data-part="${name}"]`).waitFor();
}

function cursor(frame: Locator): Promise<number> {
  return frame.locator('[data-part="scrubber"]').inputValue().then(Number);
}

describe.each(simulations.map(({ id }) => id))('%s', (id) => {
  const url = () => address + pageOf(id);

  test('lists its requests, opens one by keyboard, and goes to where it waited', async () => {
    await visit(browser, url(), {}, async (page, problems) => {
      const frame = await liveFrame(page, id);
      await openPanel(frame, 'traces');
      const list = frame.locator('[data-part="traces"] [role="listbox"]');
      expect(await list.locator('[role="option"]').count()).toBeLessThan(120);
      await list.focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      const request = frame.locator('[data-part="request"]');
      await request.locator('[data-part="waterfall"]').waitFor();
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H4');
      expect(await request.locator('code').innerText()).toMatch(/^[0-9a-f]{32}$/);
      expect(await request.locator('[data-part="waterfall"] tbody tr').count()).toBeGreaterThan(1);
      await request.locator('[data-action="to-start"]').click();
      const startMs = await cursor(frame);
      const wait = request.locator('[data-action="to-wait"]');
      if ((await wait.count()) > 0) {
        await wait.click();
        expect(await cursor(frame)).toBeGreaterThan(startMs);
        expect(await frame.locator('[data-part="chosen-request"]').innerText()).toMatch(/\d/);
      }
      await request.locator('[data-action="to-log"]').click();
      await frame.locator('[data-part="log"] [data-chip="range"]').waitFor();
      await frame.locator('[data-chip="range"]').click();
      expect(await frame.locator('[data-chip="range"]').count()).toBe(0);
      expect(problems).toEqual([]);
    });
  });

  test('has nothing that axe finds in traces and log, in light and in the dark', async () => {
    const where = { within: `[data-experiment-tag="${id}"] [data-part="panel"]` };
    await visit(browser, url(), {}, async (page) => {
      const frame = await liveFrame(page, id);
      await openPanel(frame, 'traces');
      await frame.locator('[data-part="traces"] [role="option"]').first().click();
      await frame.locator('[data-part="waterfall"]').waitFor();
      expect(await axeFindingsInBothThemes(page, where)).toEqual([]);
      await openPanel(frame, 'log');
      expect(await axeFindingsInBothThemes(page, where)).toEqual([]);
    });
  });
});

describe('on load balancing', () => {
  const id = 'load-balancing';
  const url = () => address + pageOf(id);

  test('a dot in the picture opens its trace, and the menu of a part lists those who are there', async () => {
    await visit(browser, url(), {}, async (page, problems) => {
      const frame = await liveFrame(page, id);
      const canvas = frame.locator('[data-part="stage"] canvas').first();
      const slow = await frame.locator('[data-part-name="servers/4"]').boundingBox();
      if (!slow) throw new Error('The slow server has a place.');
      const chosen = frame.locator('[data-part="chosen-request"]');
      // Its line stands left of it. The pointer turns into a hand over a dot: that is how a reader finds one.
      const y = slow.y + slow.height / 2;
      let x = slow.x - 4;
      let isHand = false;
      while (!isHand && x > slow.x - 80) {
        x -= 4;
        await page.mouse.move(x, y);
        isHand = await canvas.evaluate((element) => (element as HTMLElement).style.cursor === 'pointer');
      }
      expect(isHand).toBe(true);
      await page.mouse.click(x, y);
      await frame.locator('[data-part="waterfall"]').waitFor();
      const number = await frame.locator('[data-part="request"]').getAttribute('data-request');
      expect(await chosen.innerText()).toContain(number ?? 'none');
      expect(await frame.locator('[role="tab"][data-panel="traces"]').getAttribute('aria-selected')).toBe('true');
      await frame.locator('[data-part-name="servers/4"]').focus();
      await page.keyboard.press('Enter');
      await page.locator('[data-action="requests-here"]').click();
      await frame.locator('[data-chip="part"]').waitFor();
      expect(await frame.locator('[data-part="traces"] [role="option"]').count()).toBeGreaterThan(0);
      expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('listbox');
      expect(problems).toEqual([]);
    });
  });

  test('on a phone a request takes the place of the list, and the list comes back with the focus', async () => {
    await visit(browser, url(), { width: 360, height: 740, touch: true }, async (page) => {
      const frame = await liveFrame(page, id);
      await openPanel(frame, 'traces');
      await frame.locator('[data-part="traces"] [role="option"]').first().tap();
      await frame.locator('[data-part="waterfall"]').waitFor();
      expect(await frame.locator('[data-part="traces"] [role="listbox"]').isVisible()).toBe(false);
      await frame.locator('[data-action="all-requests"]').tap();
      await frame.locator('[data-part="traces"] [role="listbox"]').waitFor();
      await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'listbox');
      const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      expect(inner).toBeLessThanOrEqual(outer);
    });
  });

  test('a click on a chart over time offers the log around that moment', async () => {
    await visit(browser, url(), {}, async (page) => {
      const frame = await liveFrame(page, id);
      await frame.locator('[role="tab"][data-panel="charts"]').click();
      const plot = frame.locator('[data-follows="yes"]').first();
      await plot.scrollIntoViewIfNeeded();
      await plot.click({ position: { x: 300, y: 80 } });
      const atMs = await cursor(frame);
      expect(atMs).toBeGreaterThan(0);
      await frame.locator('[data-action="log-around"]').click();
      await frame.locator('[data-part="log"] [data-chip="range"]').waitFor();
      expect(await cursor(frame)).toBe(atMs);
    });
  });
});

describe('the log of chaos', () => {
  const id = 'chaos';

  test('goes from warning to warning, to one part, and to the trace of the request that a line names', async () => {
    await visit(browser, address + pageOf(id), {}, async (page, problems) => {
      const frame = await liveFrame(page, id);
      await frame.getByRole('button', { name: 'To the start' }).click();
      await openPanel(frame, 'log');
      expect(await frame.locator('[data-part="log"] [role="option"]').count()).toBeLessThan(120);
      await frame.locator('[data-action="next-warning"]').click();
      const first = await cursor(frame);
      expect(first).toBeGreaterThan(0);
      await frame.locator('[data-action="next-warning"]').click();
      await frame.locator('[data-action="previous-warning"]').click();
      expect(await cursor(frame)).toBe(first);
      await frame.getByLabel('Words in the log').fill('rejected');
      await frame.locator('[data-part="log-count"]', { hasText: 'hidden' }).waitFor();
      await frame.locator('[data-part="log"] [role="option"]').first().click();
      const line = await frame.locator('[data-part="log"] [role="option"][aria-selected="true"]').innerText();
      await frame.locator('[data-action="trace-of-line"]').click();
      await frame.locator('[data-part="waterfall"]').waitFor();
      expect(line).toContain(await frame.locator('[data-part="request"]').getAttribute('data-request'));
      expect(problems).toEqual([]);
    });
  });
});
