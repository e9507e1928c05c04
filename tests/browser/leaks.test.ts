// A reader who stays for hours: reruns and page changes leave memory, workers, listeners and elements where they were, within 2 %.
// Measured after a warm-up, with the garbage taken out. BROWSER_TESTS=all takes the full length, with each of four panels open.

import type { Browser, CDPSession, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openBrowser } from './browser';
import { takesAll } from './chosen';
import { liveFrame, nextRun, pageOf, runHash } from './frame';
import { bytesByKind, grown, total } from './heap';
import { visit } from './visit';

const address = inject('address');
const [reruns, pageChanges] = takesAll ? [500, 100] : [24, 4];
const within = 0.02;
const timeout = takesAll ? 900_000 : 120_000;
/** The engine goes on compiling what runs often into code for the machine, on any page: without that its heap holds what pages hold. */
const noMachineCode = '--js-flags=--no-opt --no-maglev --no-sparkplug';
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser([noMachineCode]);
});
afterAll(() => browser.close());

interface Held {
  /** What scripts hold. */
  heap: Map<string, number>;
  /** All that the engine uses, byte code included. */
  usedBytes: number;
  nodes: number;
  listeners: number;
  workers: number;
}

async function held(page: Page, session: CDPSession): Promise<Held> {
  // What one collection frees lets the next one free more.
  for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return {
    usedBytes: of('JSHeapUsedSize'),
    nodes: of('Nodes'),
    listeners: of('JSEventListeners'),
    workers: page.workers().length,
    heap: await bytesByKind(session),
  };
}

function expectSame(before: Held, after: Held): void {
  const figures = (['usedBytes', 'nodes', 'listeners', 'workers'] as const).map((what) => `${what} ${before[what]} → ${after[what]}`);
  if (takesAll) console.log(`heap ${total(before.heap)} → ${total(after.heap)}, ${figures.join(', ')}\n${grown(before.heap, after.heap)}`);
  expect(total(after.heap) / total(before.heap) - 1, grown(before.heap, after.heap)).toBeLessThanOrEqual(within);
  expect(after.usedBytes / before.usedBytes - 1, figures.join()).toBeLessThanOrEqual(within);
  expect(after.nodes / before.nodes - 1, figures.join()).toBeLessThanOrEqual(within);
  expect(after.listeners / before.listeners - 1, figures.join()).toBeLessThanOrEqual(within);
  expect(after.workers).toBe(before.workers);
}

/** Lets the last run's afterthoughts come to an end: the range to expect, what is said aloud. */
const calm = (page: Page): Promise<void> => page.evaluate(() => new Promise((done) => setTimeout(done, 2500)));

test.each(takesAll ? ['metrics', 'charts', 'traces', 'log'] : ['charts'])(
  `${reruns} reruns leave everything where it was (%s)`,
  async (panel) => {
    await visit(browser, address + pageOf('load-balancing'), {}, async (page, problems) => {
      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable');
      const frame = await liveFrame(page, 'load-balancing');
      await frame.locator(`[data-panel="${panel}"]`).click();
      await frame.locator('[data-parameter] input[type="range"]').first().focus();
      let hash = await runHash(frame);
      const rerun = async (times: number): Promise<void> => {
        for (let time = 0; time < times; time++) {
          await page.keyboard.press(time % 2 === 0 ? 'ArrowRight' : 'ArrowLeft');
          hash = await nextRun(page, frame, hash);
        }
        await calm(page);
      };
      await rerun(takesAll ? 50 : 16);
      const before = await held(page, session);
      await rerun(reruns);
      expectSame(before, await held(page, session));
      expect(problems).toEqual([]);
    });
  },
  timeout,
);

test(
  `${pageChanges} page changes leave everything where it was`,
  async () => {
    await visit(browser, address + pageOf('load-balancing'), {}, async (page, problems) => {
      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable');
      await page.locator('html[data-has-hydrated="true"]').waitFor({ state: 'attached' });
      const ids = ['sharding', 'load-balancing'];
      const turn = async (times: number): Promise<void> => {
        for (let time = 0; time < times; time++) {
          const id = ids[time % 2];
          await page
            .locator(`a.menu__link[href$="/${pageOf(id)}"]`)
            .first()
            .click();
          await liveFrame(page, id);
        }
        await calm(page);
      };
      await liveFrame(page, 'load-balancing');
      await turn(takesAll ? 10 : 4);
      const before = await held(page, session);
      await turn(pageChanges);
      expectSame(before, await held(page, session));
      expect(problems).toEqual([]);
    });
  },
  timeout,
);
