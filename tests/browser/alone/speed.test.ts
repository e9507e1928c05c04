// From a reader's input to the frame that shows its result, for every experiment: measured while nothing else runs.

import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { experimentLoaders } from '../../../src/experiments/registry';
import { openBrowser } from '../browser';
import { liveFrame, nextRun, pageOf, runHash } from '../frame';
import { visit } from '../visit';

/**
 * The aim is 100 ms on an idle machine of two cores: INPUT_TO_FRAME_MS=100 holds it there, and `npm run measure -- input` prints the times.
 * Machines that others use at the same time were seen to take twice as long for the same work, so here a run that blocks is caught.
 */
const limitMs = Number(process.env.INPUT_TO_FRAME_MS ?? 250);
const address = inject('address');
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test.each(Object.keys(experimentLoaders))('%s reruns when a slider is moved by the keyboard, before a reader notices', async (id) => {
  await visit(browser, address + pageOf(id), {}, async (page) => {
    const frame = await liveFrame(page, id);
    const sliders = frame.locator('[data-parameter] input[type="range"]');
    const rate = frame.locator('[data-parameter="arrivalsPerSecond"] input[type="range"]');
    // Some sliders stand at their end, or change nothing at this setting; the arrival rate always does something.
    const slider = (await rate.count()) > 0 ? rate : sliders.first();
    await slider.focus();
    const times: number[] = [];
    let hash = await runHash(frame);
    for (let press = 0; press < 7; press++) {
      await page.keyboard.press('ArrowRight');
      hash = await nextRun(page, frame, hash);
      times.push(Number(await frame.getAttribute('data-input-to-frame-ms')));
    }
    times.sort((a, b) => a - b);
    expect(times[3]).toBeGreaterThan(0);
    expect(times[3]).toBeLessThanOrEqual(limitMs);
  });
});
