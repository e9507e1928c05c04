// The lab for everyone: by keyboard alone, by ear, on a telephone held either way, at 400 % zoom, with less motion, in forced
// colors, and on paper. For every experiment of the registry where it applies to every experiment.

import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { writeLink } from '../../src/experiments/definition/link';
import { settle } from '../../src/experiments/definition/settings';
import { loadExperiment } from '../../src/experiments/registry';
import { mostMoments } from '../../src/lab/film/moments';
import { scripts } from '../lab/announce/script';
import { openBrowser } from './browser';
import { chosenExperiments, takesAll } from './chosen';
import { liveFrame, nextRun, pageOf, runHash, settled } from './frame';
import { visit } from './visit';

const address = inject('address');
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const experiments = await Promise.all(chosenExperiments.map(loadExperiment));
const simulations = experiments.filter(({ kind }) => kind === 'simulation');

/** The order in which Tab goes through a frame, from place to place. */
const order = ['head', 'stage', 'player', 'film', 'controls', 'tabs', 'panel'];

interface Stop {
  /** Of `order`. */
  place: string;
  /** For a message: tag, name, and what it is called. */
  name: string;
  isSeen: boolean;
  isLargeEnough: boolean;
}

/** What has the focus, if it is in the frame. Runs in the page. */
function stopAt(frame: Element): Stop | null {
  const element = document.activeElement as HTMLElement | null;
  if (!element || element === frame || !frame.contains(element)) return null;
  const parts: [string, string][] = [
    ['stage', '[data-part="stage"]'],
    ['player', '[data-part="player"]'],
    ['film', '[data-part="film"]'],
    ['controls', '[data-part="controls"]'],
    ['tabs', '[role="tablist"][aria-label]:has([data-panel])'],
    ['panel', '[data-part="panel"]'],
    ['head', 'header'],
  ];
  const style = getComputedStyle(element);
  const { width, height } = element.getBoundingClientRect();
  const label = element.closest('label')?.getBoundingClientRect();
  const isInline = style.display === 'inline';
  return {
    place: parts.find(([, selector]) => element.closest(selector))?.[0] ?? 'elsewhere',
    name: `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 30) ?? ''} ${Math.round(width)}×${Math.round(height)}`,
    isSeen: (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none',
    isLargeEnough: isInline || Math.min(width, height) >= 23.9 || (label !== undefined && Math.min(label.width, label.height) >= 24),
  };
}

async function tabThrough(page: Page, frame: Locator, key: 'Tab' | 'Shift+Tab'): Promise<Stop[]> {
  const stops: Stop[] = [];
  for (let press = 0; press < 200; press++) {
    await page.keyboard.press(key);
    const stop = await frame.evaluate(stopAt);
    if (!stop) return stops;
    stops.push(stop);
  }
  throw new Error(`The focus never leaves the frame: ${stops.slice(-3).map(({ name }) => name)}`);
}

const collapsed = (places: string[]): string[] => places.filter((place, index) => place !== places[index - 1]);

describe.each(experiments.map((definition) => [definition.id, definition] as const))('%s by keyboard', (id, definition) => {
  const url = () => address + pageOf(id);

  test.each([1280, 390])(
    'leads Tab through the frame in one order, forth and back, and always shows where it is (%i px)',
    async (width) => {
      await visit(browser, url(), { width }, async (page) => {
        const frame = await liveFrame(page, id);
        if (definition.kind === 'simulation') await frame.locator('[data-moment]').first().waitFor();
        await frame.focus();
        const forth = await tabThrough(page, frame, 'Tab');
        expect(forth.filter(({ isSeen }) => !isSeen).map(({ name }) => name)).toEqual([]);
        expect(forth.filter(({ isLargeEnough }) => !isLargeEnough).map(({ name }) => name)).toEqual([]);
        const places = collapsed(forth.map(({ place }) => place));
        expect(places).toEqual(order.filter((place) => places.includes(place)));
        for (const place of ['head', 'controls', 'tabs', 'panel']) expect(places).toContain(place);
        const back = await tabThrough(page, frame, 'Shift+Tab');
        expect(back.map(({ name }) => name).reverse()).toEqual(forth.map(({ name }) => name));
      });
    },
  );

  test('keeps the focus where it is through reruns, and on the tab when a panel goes', async () => {
    await visit(browser, url(), {}, async (page) => {
      const frame = await liveFrame(page, id);
      const isStill = (control: Locator): Promise<boolean> => control.evaluate((element) => element === document.activeElement);
      let hash = await runHash(frame);
      for (const selector of ['[data-parameter] input[type="range"]', '[data-parameter] input[role="switch"]', '[data-parameter] select']) {
        const control = frame.locator(selector).first();
        if ((await control.count()) === 0) continue;
        await control.focus();
        await page.keyboard.press(selector.includes('switch') ? 'Space' : selector.includes('range') ? 'ArrowRight' : 'ArrowDown');
        if (selector.includes('range')) hash = await nextRun(page, frame, hash);
        await settled(page, frame);
        expect([selector, await isStill(control)]).toEqual([selector, true]);
      }
      await frame.locator('[data-action="compare"]').focus();
      await page.keyboard.press('Enter');
      await settled(page, frame);
      expect(await isStill(frame.locator('[data-action="compare"]'))).toBe(true);
      const inPanel = frame.locator('[data-part="panel"] button').first();
      await inPanel.focus();
      await page.keyboard.press('p');
      expect(await frame.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tab');
    });
  });

  test('shows its keys on “?”, and gives the focus back', async () => {
    await visit(browser, url(), {}, async (page) => {
      const frame = await liveFrame(page, id);
      const slider = frame.locator('[data-parameter] input[type="range"]').first();
      await slider.focus();
      await page.keyboard.press('?');
      const dialog = page.getByRole('dialog', { name: 'Keys' });
      await dialog.waitFor();
      expect(await dialog.locator('tr[data-binding="play"]').count()).toBe(definition.kind === 'simulation' ? 1 : 0);
      expect(await dialog.locator('tr[data-binding]').count()).toBeGreaterThan(5);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      expect(await slider.evaluate((element) => element === document.activeElement)).toBe(true);
    });
  });
});

describe.each(scripts.map((script) => [script.id, script] as const))('%s by ear', (id, script) => {
  test('says what the script says, in the tree that screen readers read', async () => {
    const definition = await loadExperiment(id);
    const { notices: _, ...state } = settle(definition, { interventions: script.interventions });
    const fragment = writeLink(definition, { ...state, cursorMs: 28_000 });
    await visit(browser, `${address}${pageOf(id)}#${fragment.replace(/^#/, '')}`, { moves: true }, async (page) => {
      const frame = await liveFrame(page, id);
      const snapshot = await frame.ariaSnapshot();
      const paragraphs = [...snapshot.matchAll(/- paragraph: (.*)/g)].map(([, text]) => text.replace(/^"(.*)"$/, '$1'));
      let from = 0;
      for (const sentence of script.arrival) {
        const found = paragraphs.findIndex((text, index) => index >= from && sentence.test(text));
        expect([sentence.source, found >= from]).toEqual([sentence.source, true]);
        from = found + 1;
      }
      const said: string[] = [];
      await page.exposeFunction('hear', (text: string) => said.push(text));
      await frame.locator('[data-part="announcer"]').evaluate((region) => {
        const { hear } = window as unknown as { hear: (text: string) => void };
        new MutationObserver(() => hear(region.textContent ?? '')).observe(region, { childList: true, subtree: true });
      });
      const heard = (wanted: RegExp): Promise<void> =>
        expect.poll(() => said.some((text) => wanted.test(text)), { timeout: 15_000 }).toBe(true);
      await frame.locator('[data-action="play"]').focus();
      await page.keyboard.press('Space');
      await heard(script.playing[0]);
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Space');
      await heard(script.end);
      await frame.locator(`[data-parameter="${script.change.parameter}"] input[type="range"]`).focus();
      await page.keyboard.press('ArrowRight');
      await heard(script.change.heard);
      await page.keyboard.press('d');
      await expect.poll(() => frame.ariaSnapshot()).toMatch(/status: "?On stage: /);
    });
  });
});

describe('small screens', () => {
  const pages = ['', 'contributing/', 'search/', 'not-there/', ...experiments.map(({ id }) => pageOf(id))];

  test.each(pages)('"/%s" needs no scrolling sideways at 320 px, which is zoom by four', async (path) => {
    await visit(browser, address + path, { width: 320, height: 640 }, async (page) => {
      const experiment = experiments.find(({ id }) => path !== '' && pageOf(id) === path);
      if (experiment) await liveFrame(page, experiment.id);
      const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      expect(inner).toBeLessThanOrEqual(outer);
    });
  });

  test.each(simulations.flatMap(({ id }) => (takesAll ? [[id, 844, 390] as const, [id, 667, 375] as const] : [[id, 667, 375] as const])))(
    '%s shows picture and player together on a telephone on its side (%i × %i)',
    async (id, width, height) => {
      await visit(browser, address + pageOf(id), { width, height, touch: true }, async (page) => {
        const frame = await liveFrame(page, id);
        const room = await frame.evaluate((element) => {
          const bar = document.querySelector('.navbar')?.getBoundingClientRect().height ?? 0;
          const stage = element.querySelector('[data-part="stage"]')?.getBoundingClientRect();
          const player = element.querySelector('[data-part="player"]')?.getBoundingClientRect();
          return { both: (player?.bottom ?? 0) - (stage?.top ?? 0), free: window.innerHeight - bar, stage: stage?.height ?? 0 };
        });
        expect(room.both).toBeLessThanOrEqual(room.free);
        expect(room.stage).toBeGreaterThan(140);
      });
    },
  );
});

describe.each(simulations.map((definition) => [definition.id, definition] as const))('%s as a film strip', (id) => {
  const url = () => address + pageOf(id);

  test('stands there for readers who want less motion; a still moves the cursor', async () => {
    await visit(browser, url(), {}, async (page) => {
      const frame = await liveFrame(page, id);
      const stills = frame.locator('[data-moment]');
      await stills.nth(1).waitFor();
      const count = await stills.count();
      expect(count).toBeLessThanOrEqual(mostMoments);
      expect(await stills.first().getAttribute('data-moment')).toBe('start');
      await stills.nth(count - 1).click();
      const scrubber = frame.locator('[data-part="scrubber"]');
      expect(await scrubber.inputValue()).toBe(await scrubber.getAttribute('max'));
      await stills
        .nth(count - 1)
        .and(page.locator('[aria-current="step"]'))
        .waitFor();
      for (const text of await stills.allInnerTexts()) expect(text).toMatch(/\d+.*[a-z]{3}/is);
    });
  });

  test('is there for everybody on demand, and on the next visit', async () => {
    await visit(browser, url(), { moves: true }, async (page) => {
      const frame = await liveFrame(page, id);
      expect(await frame.locator('[data-moment]').count()).toBe(0);
      await frame.locator('[data-action="film"]').click();
      await frame.locator('[data-moment]').first().waitFor();
      await page.reload();
      await (await liveFrame(page, id)).locator('[data-moment]').first().waitFor();
    });
  });
});

describe.each(experiments.map((definition) => [definition.id, definition] as const))('%s in other eyes', (id, definition) => {
  const url = () => address + pageOf(id);

  test('is drawn in the reader’s own colors when they are forced', async () => {
    await visit(browser, url(), { colorScheme: 'dark' }, async (page) => {
      await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark', reducedMotion: 'reduce' });
      const frame = await liveFrame(page, id);
      const share = await frame
        .locator('canvas')
        .first()
        .evaluate((element) => {
          const canvas = element as HTMLCanvasElement;
          const probe = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
          const colorOf = (name: string): string => {
            probe.fillStyle = name;
            probe.fillRect(0, 0, 1, 1);
            return probe.getImageData(0, 0, 1, 1).data.slice(0, 3).join();
          };
          const [ground, ink] = [colorOf('Canvas'), colorOf('CanvasText')];
          const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, canvas.width, canvas.height);
          let inked = 0;
          for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255 && data.slice(at, at + 3).join() === ink) inked++;
          return ground === ink ? -1 : inked / (data.length / 4);
        });
      expect(share).toBeGreaterThan(0.002);
      const chosen = frame.locator('[role="tab"][aria-selected="true"][data-panel]');
      const other = frame.locator('[role="tab"][aria-selected="false"][data-panel]').first();
      const ground = (tab: Locator): Promise<string> => tab.evaluate((element) => getComputedStyle(element).backgroundColor);
      expect(await ground(chosen)).not.toBe(await ground(other));
    });
  });

  test('is on paper what is on the screen: values, seed, both sides, the picture, the link', async () => {
    await visit(browser, url(), { colorScheme: 'dark' }, async (page) => {
      const frame = await liveFrame(page, id);
      await frame.locator('[data-action="compare"]').click();
      await settled(page, frame);
      const slider = frame.locator('[data-parameter] input[type="range"]').first();
      await slider.focus();
      const before = await frame.getAttribute('data-run-hash-b');
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => frame.getAttribute('data-run-hash-b')).not.toBe(before);
      await settled(page, frame);
      await page.emulateMedia({ media: 'print' });
      const paper = frame.locator('[data-part="paper"]');
      await paper.waitFor();
      const text = await paper.innerText();
      expect(text).toContain(definition.title);
      expect(text).toContain('Seed 1.');
      expect(text).toMatch(/Side A:.*\n[\s\S]*Side B:/);
      expect(text).toContain(`#x=1;id=${id}`);
      for (const metric of Object.values(definition.metrics)) expect(text).toContain(metric.label);
      for (const sentence of definition.leavesOut) expect(text).toContain(sentence);
      expect(await paper.locator('figure svg').count()).toBe(2);
      expect(await paper.locator('button:visible').count()).toBe(0);
      expect(await frame.locator('canvas:visible').count()).toBe(0);
      const ground = await paper.evaluate((element) => getComputedStyle(element.closest('section') as Element).backgroundColor);
      expect(ground).toBe('rgb(255, 255, 255)');
      await page.emulateMedia({ media: 'screen' });
      await paper.waitFor({ state: 'detached' });
      expect(await frame.locator('canvas:visible').count()).toBeGreaterThan(0);
    });
  });
});
