// What a reader can take along from an experiment, and bring back: with a mouse, by keyboard, and where the browser refuses.

import { readFileSync } from 'node:fs';
import type { Browser, Download, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { loadExperiment } from '../../src/experiments/registry';
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

const one = 'one-server';

async function openMenu(frame: Locator): Promise<Locator> {
  await frame.locator('[data-action="take"]').click();
  const menu = frame.locator('[data-part="take"]');
  await menu.locator('[data-take]').first().waitFor();
  return menu;
}

function form(menu: Locator, row: string, name: string): Locator {
  return menu.locator(`[data-take="${row}"] [data-take-form="${name}"]`);
}

async function saved(page: Page, button: Locator): Promise<{ name: string; content: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

describe.each(chosenExperiments)('of %s', (id) => {
  test('run, picture and every chart are saved as files that name the run', async () => {
    await visit(browser, address + pageOf(id), {}, async (page, problems) => {
      const frame = await liveFrame(page, id);
      const hash = (await runHash(frame)) ?? '';
      const menu = await openMenu(frame);
      const rows = await menu.locator('[data-take]').evaluateAll((found) => found.map((row) => row.getAttribute('data-take') ?? ''));
      const { charts, kind } = await loadExperiment(id);
      expect(rows).toEqual(expect.arrayContaining(['run', 'metrics', 'picture-a', 'command', 'tag', 'embed', 'cite', 'file']));
      expect(rows).toEqual(expect.arrayContaining(Object.keys(charts).map((chart) => `chart-${chart}`)));
      expect(rows.includes('telemetry')).toBe(kind === 'simulation');
      const table = await saved(page, form(menu, 'run', 'csv'));
      expect(table.name).toBe(`${id}-seed-1-${hash.slice(0, 8)}-run.csv`);
      expect(table.content.toString()).toContain(hash);
      const data = await saved(page, form(menu, 'run', 'json'));
      expect(JSON.parse(data.content.toString()).sides.a.traceHash).toBe(hash);
      for (const row of rows.filter((name) => /^(picture|chart)-/.test(name))) {
        const svg = await saved(page, form(menu, row, 'svg'));
        expect(svg.name).toMatch(/\.svg$/);
        expect(svg.content.toString()).toMatch(/^<\?xml[\s\S]*<title[\s\S]*<\/svg>\s*$/);
        expect(svg.content.toString()).not.toContain('var(');
      }
      const png = await saved(page, form(menu, 'picture-a', 'png'));
      const [width, height] = [png.content.readUInt32BE(16), png.content.readUInt32BE(20)];
      const ground = await saved(page, form(menu, 'picture-a', 'svg'));
      const [, wide, high] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(ground.content.toString()) ?? [];
      expect([width, height]).toEqual([Math.round(2 * Number(wide)), Math.round(2 * Number(high))]);
      expect(problems).toEqual([]);
    });
  });
});

test('log, metrics and traces are three files, and the metrics a text for Prometheus', async () => {
  await visit(browser, address + pageOf(one), {}, async (page) => {
    const menu = await openMenu(await liveFrame(page, one));
    const downloads: Download[] = [];
    page.on('download', (download) => downloads.push(download));
    await form(menu, 'telemetry', 'otlp').click();
    await expect.poll(() => downloads.length, { timeout: 10_000 }).toBe(3);
    expect(downloads.map((download) => download.suggestedFilename().replace(/^.*-([a-z]+\.json)$/, '$1')).sort()).toEqual([
      'logs.json',
      'metrics.json',
      'traces.json',
    ]);
    expect(await menu.locator('[data-part="take-told"]').innerText()).toContain('3 files');
    expect((await saved(page, form(menu, 'metrics', 'prometheus'))).content.toString()).toContain('# TYPE simulation_');
  });
});

test('command, tag, frame and citation are copied, and shown as well', async () => {
  await visit(browser, address + pageOf(one), {}, async (page, problems) => {
    const frame = await liveFrame(page, one);
    const menu = await openMenu(frame);
    const hash = (await runHash(frame)) ?? '';
    for (const [row, part] of [
      ['command', 'npm run experiment -- run one-server'],
      ['tag', '<Experiment id="one-server"'],
      ['embed', `/embed/${one}/?theme=auto#x=`],
      ['cite', `run ${hash.slice(0, 8)}`],
    ]) {
      await form(menu, row, 'copy').click();
      await menu.locator('[data-part="take-told"]', { hasText: 'Copied' }).waitFor();
      expect(await menu.locator('[data-part="take-text"]').inputValue()).toContain(part);
      expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(part);
    }
    expect(problems).toEqual([]);
  });
});

test('a browser that refuses the clipboard and the pixels is no dead end', async () => {
  await visit(browser, address + pageOf(one), {}, async (page) => {
    const menu = await openMenu(await liveFrame(page, one));
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('No.', 'NotAllowedError'));
      HTMLCanvasElement.prototype.toBlob = () => {
        throw new DOMException('Tainted.', 'SecurityError');
      };
    });
    await form(menu, 'command', 'copy').click();
    await menu.locator('[data-part="take-told"]', { hasText: 'copy it from here' }).waitFor();
    expect(await menu.locator('[data-part="take-text"]').inputValue()).toContain('npm run experiment');
    await form(menu, 'picture-a', 'png').click();
    await menu.locator('[data-part="take-told"]', { hasText: 'Take the SVG instead' }).waitFor();
  });
});

test('by keyboard: it opens, arrows and Tab go through it, Escape gives the focus back', async () => {
  await visit(browser, address + pageOf(one), {}, async (page) => {
    const frame = await liveFrame(page, one);
    const button = frame.getByRole('button', { name: 'Take along' });
    await button.focus();
    await page.keyboard.press('Enter');
    const menu = frame.locator('[data-part="take"]');
    await menu.locator('[data-take]').first().waitFor();
    const focused = (): Promise<string | null> => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
    await expect.poll(focused).toBe('Values and results: CSV');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('Values and results: JSON');
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('OTLP');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe('Values and results: JSON');
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('Take along');
    expect(await menu.isVisible()).toBe(false);
  });
});

test('an experiment that was saved is opened again, a foreign file refused', async () => {
  await visit(browser, address + pageOf(one), {}, async (page, problems) => {
    const frame = await liveFrame(page, one);
    const first = await runHash(frame);
    let menu = await openMenu(frame);
    const file = await saved(page, form(menu, 'file', 'save'));
    await page.keyboard.press('Escape');
    await frame
      .getByRole('button', { name: /New seed/ })
      .first()
      .click();
    const second = await nextRun(page, frame, first);
    menu = await openMenu(frame);
    const input = menu.locator('[data-part="take-file"]');
    await input.setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"a":1}') });
    await menu.locator('[data-part="take-told"]', { hasText: 'Nothing was changed' }).waitFor();
    expect(await runHash(frame)).toBe(second);
    await input.setInputFiles({ name: file.name, mimeType: 'application/json', buffer: file.content });
    expect(await nextRun(page, frame, second)).toBe(first);
    expect(await frame.locator('[data-part="notices"]').innerText()).toContain(`Opened “${file.name}”`);
    expect(problems).toEqual([]);
  });
});

test('an experiment too long for a link says so and offers a file', async () => {
  const faults = Array.from(
    { length: 190 },
    (_, index) => `i=slow:server:${(index + 1) * 800}.${(index * 7919 + 1) % 99991}:factor=0.${100 + index}`,
  );
  await visit(browser, `${address}${pageOf(one)}#x=1;id=${one};${faults.join(';')}`, {}, async (page) => {
    const frame = await liveFrame(page, one);
    await frame.locator('[data-action="share"]').click();
    const words = frame.locator('[data-part="share-file"]');
    await words.waitFor();
    expect(await words.innerText()).toMatch(/The link has \d+ characters/);
    const file = await saved(page, words.locator('[data-action="share-as-file"]'));
    expect(JSON.parse(file.content.toString()).setup.interventions.length).toBeGreaterThan(150);
  });
});

test.each([360, 1280])('at %i px the menu lies within the window and its buttons are large enough', async (width) => {
  await visit(browser, address + pageOf(one), { width, height: 800 }, async (page) => {
    const menu = await openMenu(await liveFrame(page, one));
    const box = await menu.boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(800);
    for (const button of await menu.locator('button').all()) {
      const size = await button.boundingBox();
      expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(24);
    }
  });
});
