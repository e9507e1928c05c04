// Predict, run, explain; the record; worksheets: in a real browser, as a reader meets them.

import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readLink } from '../../src/experiments/definition/link';
import { runExperiment } from '../../src/experiments/definition/run';
import { loadExperiment } from '../../src/experiments/registry';
import { axeFindings, axeFindingsInBothThemes } from './axe';
import { openBrowser } from './browser';
import { chosenExperiments, takesAll } from './chosen';
import { coursePages, liveFrame, settled } from './frame';
import { visit } from './visit';

const address = inject('address');
const opening = `${address}start/opening-night/`;
const numberKey = 'start/opening-night#wait-at-80';
const sketchKey = 'start/opening-night#tail-against-arrivals';
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const box = (page: Page, key: string) => page.locator(`[data-predict="${key}"]`);
const openExplanations = (page: Page) => page.locator('details[name="guidance"][open]');

async function predictNumber(page: Page, value: string): Promise<void> {
  await box(page, numberKey).locator('input:enabled').fill(value);
  await box(page, numberKey).getByRole('button', { name: 'Commit' }).click();
}

/** From the lower left to the upper right of the grid. */
async function drawLine(page: Page): Promise<void> {
  const grid = box(page, sketchKey).locator('[data-drawable]');
  await grid.scrollIntoViewIfNeeded();
  const place = await grid.boundingBox();
  if (!place) throw new Error('no grid');
  await page.mouse.move(place.x + 2, place.y + place.height * 0.9);
  await page.mouse.down();
  await page.mouse.move(place.x + place.width - 2, place.y + place.height * 0.1, { steps: 4 });
  await page.mouse.up();
}

describe('a prediction', () => {
  test('stays folded until the reader commits, then stands beside the outcome with the moment that explains it', async () => {
    await visit(browser, opening, {}, async (page, problems) => {
      await box(page, numberKey).locator('input:enabled').waitFor();
      await box(page, numberKey).locator('summary').click();
      await expect.poll(() => openExplanations(page).count()).toBe(0);
      await predictNumber(page, '20');
      const text = await box(page, numberKey).innerText();
      expect(text).toContain('You said 20');
      expect(text).toContain('too low by a factor of');
      const look = box(page, numberKey).locator('[data-moment] a');
      const { state } = readLink(await loadExperiment('one-server'), (await look.getAttribute('href')) ?? '');
      const run = runExperiment(await loadExperiment('one-server'), state, { record: { detail: 'all' } });
      const frame = await liveFrame(page, 'one-server');
      await look.click();
      await frame.and(page.locator(`[data-run-hash="${run.traceHash}"]`)).waitFor();
      await settled(page, frame);
      const cursor = await frame.locator('[data-part="player"] input[type="range"]').inputValue();
      expect(Math.abs(Number(cursor) - (state.cursorMs ?? 0))).toBeLessThan(200);
      expect(problems).toEqual([]);
    });
  });

  test('is one guidance device at a time: explanation, message in the frame, another explanation', async () => {
    await visit(browser, opening, {}, async (page) => {
      const frame = await liveFrame(page, 'one-server');
      const message = frame.locator('[data-part="notices"]');
      await predictNumber(page, '20');
      await expect.poll(() => openExplanations(page).count()).toBe(1);
      await page.locator('a[data-try="one-server"]:visible').filter({ hasText: 'nine and a half' }).click();
      await message.waitFor();
      expect(await openExplanations(page).count()).toBe(0);
      await box(page, numberKey).locator('summary').click();
      await message.waitFor({ state: 'detached' });
      const question = page.locator('[data-question]').first();
      await question.getByRole('radio').first().check();
      await question.getByRole('button', { name: 'Answer' }).click();
      await expect.poll(() => openExplanations(page).count()).toBe(1);
      expect(await question.locator('details[name="guidance"]').getAttribute('open')).not.toBeNull();
    });
  });

  test('of a curve is drawn, committed, and overlaid by the computed one', async () => {
    await visit(browser, opening, {}, async (page, problems) => {
      await box(page, sketchKey).locator('[role="slider"][tabindex="0"]').first().waitFor();
      await box(page, sketchKey).getByRole('button', { name: 'Commit' }).click();
      expect(await box(page, sketchKey).getByRole('status').innerText()).toContain('Draw a curve first');
      await drawLine(page);
      await box(page, sketchKey).getByRole('button', { name: 'Commit' }).click();
      await box(page, sketchKey).locator('[data-sketch="locked"]').waitFor();
      const verdict = await box(page, sketchKey).getByRole('status').innerText();
      expect(verdict).toContain('bends upward');
      expect(verdict).toContain('too high');
      expect(await box(page, sketchKey).locator('[data-moment]').count()).toBe(1);
      expect(await axeFindings(page, { within: `[data-predict="${sketchKey}"]` })).toEqual([]);
      expect(problems).toEqual([]);
    });
  });

  test('of a curve can be given by keys alone, and as numbers, on a phone', async () => {
    await visit(browser, opening, { width: 360, height: 740, touch: true }, async (page) => {
      const sliders = box(page, sketchKey).locator('[role="slider"][tabindex="0"]');
      await sliders.first().waitFor();
      const count = await sliders.count();
      await sliders.first().focus();
      for (let index = 0; index < count - 1; index++) {
        await page.keyboard.press('PageUp');
        await page.keyboard.press('Tab');
      }
      expect(await sliders.nth(1).getAttribute('aria-valuetext')).not.toBe('not drawn yet');
      await box(page, sketchKey).getByText('Write it as numbers').click();
      await box(page, sketchKey).locator('details input').last().fill('4000');
      expect(await sliders.last().getAttribute('aria-valuenow')).toBe('4000');
      const sizes = await sliders.evaluateAll((all) =>
        all.map((one) => one.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)),
      );
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(24);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      await box(page, sketchKey).getByRole('button', { name: 'Commit' }).click();
      await box(page, sketchKey).locator('[data-sketch="locked"]').waitFor();
    });
  });
});

describe('the record', () => {
  const row = (page: Page, key: string) => page.locator(`[data-record="${key}"]`);

  test('shows what was said, goes into a file, is cleared, and comes back from the file', async () => {
    await visit(browser, opening, {}, async (page, problems) => {
      await predictNumber(page, '20');
      await page.goto(`${address}record/`);
      expect(await row(page, numberKey).innerText()).toMatch(/20\sms[\s\S]*off/);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save as a file' }).click();
      const file = await (await download).path();
      await page.getByRole('button', { name: 'Clear…' }).click();
      await page.getByRole('button', { name: 'Clear them' }).click();
      expect(await row(page, numberKey).innerText()).toContain('Not answered yet');
      await page.getByRole('button', { name: 'Undo' }).click();
      expect(await row(page, numberKey).getAttribute('data-kind')).toBe('wrong');
      await page.getByRole('button', { name: 'Clear…' }).click();
      await page.getByRole('button', { name: 'Clear them' }).click();
      const chooser = page.locator('input[type="file"]');
      await chooser.setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"a": ') });
      await page.getByText('it is cut off').waitFor();
      await chooser.setInputFiles(file);
      await page.locator(`[data-record="${numberKey}"][data-kind="wrong"]`).waitFor();
      await row(page, numberKey).getByRole('link').click();
      await box(page, numberKey).waitFor();
      expect(await box(page, numberKey).getByRole('status').innerText()).toContain('You said 20');
      expect(problems).toEqual([]);
    });
  });

  test.each(['forbidden', 'full', 'garbage'])('lets every page live with storage that is %s', async (storage) => {
    await visit(browser, address, {}, async (page) => {
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      await page.addInitScript((kind) => {
        const own = (key: string): boolean => key.startsWith('by-the-slice');
        if (kind === 'garbage') localStorage.setItem('by-the-slice:record', '{"version":2,"entries":"');
        const { setItem, getItem } = Storage.prototype;
        if (kind === 'garbage') return;
        Storage.prototype.setItem = function (key, value) {
          if (own(key)) throw new DOMException('full', 'QuotaExceededError');
          setItem.call(this, key, value);
        };
        Storage.prototype.getItem = function (key) {
          if (kind === 'forbidden' && own(key)) throw new DOMException('no', 'SecurityError');
          return getItem.call(this, key);
        };
      }, storage);
      await page.goto(opening);
      await predictNumber(page, '20');
      await expect.poll(() => openExplanations(page).count()).toBe(1);
      const says = await box(page, numberKey).getByText('does not let the page keep your answers').count();
      expect(says).toBe(storage === 'garbage' ? 0 : 1);
      await page.goto(`${address}record/`);
      await page.locator('[data-part="record"]').waitFor();
      expect(problems).toEqual([]);
    });
  });

  test('has nothing that axe finds, in light and in the dark', async () => {
    await visit(browser, opening, {}, async (page) => {
      await predictNumber(page, '20');
      await page.goto(`${address}record/`, { waitUntil: 'networkidle' });
      expect(await axeFindingsInBothThemes(page)).toEqual([]);
    });
  });
});

const withExercises = coursePages().filter(({ text }) => /^<(Predict|Checkpoint)/m.test(text.replace(/```[\s\S]*?```/g, '')));
/** The worksheets are made alike: those of a few pages stand for all. */
const looked = withExercises.filter(({ text }) => takesAll || chosenExperiments.some((id) => text.includes(`<Experiment id="${id}"`)));

describe.each(looked.map(({ path }) => [path] as const))('the worksheet of %s', (path) => {
  test('is one click from the foot of its page, and folds its key away', async () => {
    await visit(browser, address + path, {}, async (page, problems) => {
      // A click while the page wakes up can be lost by the router.
      await page.locator('html[data-has-hydrated="true"]').waitFor({ state: 'attached' });
      await page.getByRole('link', { name: 'Worksheet' }).click();
      await page.locator('[data-part="worksheet"]').waitFor();
      expect(await page.locator('[data-exercise="predict"]').count()).toBeGreaterThan(0);
      expect(await page.locator('[data-exercise="question"]').count()).toBeGreaterThanOrEqual(3);
      // The bar of the router, which may still be there, is not of this page.
      expect(await axeFindings(page, { within: 'main' })).toEqual([]);
      await page.emulateMedia({ media: 'print' });
      const key = page.locator('[data-part="answer-key"]');
      expect(await key.isVisible()).toBe(false);
      await key.evaluate((details: HTMLDetailsElement) => {
        details.open = true;
      });
      expect(await key.evaluate((details) => [getComputedStyle(details).display, getComputedStyle(details).breakBefore])).toEqual([
        'block',
        'page',
      ]);
      expect(problems).toEqual([]);
    });
  });
});
