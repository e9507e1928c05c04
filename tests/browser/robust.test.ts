// What goes wrong around an experiment: no network, a crash, a full disk, a hidden tab, a window that is dragged about, a clock that
// jumps, a slow machine. The box says what happened and offers the way on; the page and the reader's values live on.

import { readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readLink } from '../../src/experiments/definition/link';
import { runExperiment } from '../../src/experiments/definition/run';
import { settle } from '../../src/experiments/definition/settings';
import { loadExperiment } from '../../src/experiments/registry';
import { openBrowser } from './browser';
import { takesAll } from './chosen';
import { liveFrame, nextRun, runHash, settled } from './frame';
import { visit } from './visit';

const address = inject('address');
const id = 'one-server';
const opening = `${address}start/opening-night/`;
const definition = await loadExperiment(id);
const plainHash = runExperiment(definition, settle(definition, {})).traceHash;
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const slider = (frame: Locator): Locator => frame.locator('[data-parameter] input[type="range"]').first();
const failure = (frame: Locator): Locator => frame.locator('[role="alert"]');
const tryAgain = (place: Locator): Locator => place.getByRole('button', { name: 'Try again' });
const cursorOf = async (frame: Locator): Promise<number> => Number(await frame.locator('[data-part="scrubber"]').inputValue());

/** Moves the first slider by a key; gives the hash of the run that shows it. */
async function change(page: Page, frame: Locator, key: 'ArrowRight' | 'ArrowLeft' = 'ArrowRight'): Promise<string | null> {
  const before = await runHash(frame);
  await slider(frame).focus();
  await page.keyboard.press(key);
  return nextRun(page, frame, before);
}

/** The rest of the page still takes what a reader does. */
async function predicts(page: Page): Promise<void> {
  const question = page.locator('[data-predict="start/opening-night#wait-at-80"]');
  await question.locator('input:enabled').fill('20');
  await question.getByRole('button', { name: 'Commit' }).click();
  expect(await question.innerText()).toContain('You said 20');
}

describe('code that does not arrive', () => {
  test('leaves the still with a sentence; the page works, and the experiment comes once the network is back', async () => {
    await visit(browser, opening, { height: 300 }, async (page) => {
      const tag = page.locator(`[data-experiment-tag="${id}"]`);
      await page.locator('html[data-has-hydrated="true"]').waitFor({ state: 'attached' });
      await page.context().setOffline(true);
      await tag.scrollIntoViewIfNeeded();
      await failure(tag).waitFor();
      expect(await failure(tag).innerText()).toContain('could not be loaded');
      await predicts(page);
      await tryAgain(tag).click();
      await failure(tag).waitFor();
      await page.context().setOffline(false);
      await tryAgain(tag).click();
      expect(await runHash(await liveFrame(page, id))).toBe(plainHash);
    });
  });

  test('of the experiment alone is told in the same way', async () => {
    await visit(browser, opening, { height: 300 }, async (page) => {
      let isAway = true;
      let stopped = 0;
      await page.route('**/*.js', async (route) => {
        const response = await route.fetch();
        const body = await response.text();
        if (!isAway || !/[,{]expectedEvents[:(]/.test(body)) return route.fulfill({ response, body });
        stopped++;
        return route.abort();
      });
      const tag = page.locator(`[data-experiment-tag="${id}"]`);
      await tag.scrollIntoViewIfNeeded();
      await failure(tag).waitFor();
      expect(await failure(tag).innerText()).toContain('could not be loaded');
      expect(stopped).toBeGreaterThan(0);
      isAway = false;
      await tryAgain(tag).click();
      expect(await runHash(await liveFrame(page, id))).toBe(plainHash);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    });
  });

  test('of a panel is asked for again, by the button or by coming back; the values stay', async () => {
    await visit(browser, opening, { moves: true }, async (page) => {
      const frame = await liveFrame(page, id);
      const changed = await change(page, frame);
      const value = await slider(frame).inputValue();
      await page.context().setOffline(true);
      const box = frame.locator('[role="tabpanel"]');
      for (const panel of ['charts', 'luck', 'sweep', 'log', 'traces']) {
        await frame.locator(`[data-panel="${panel}"]`).click();
        await failure(box).waitFor();
        expect(await failure(box).innerText()).toContain('could not be fetched');
      }
      const film = frame.locator('[data-part="film"]');
      await frame.locator('[data-action="film"]').click();
      await failure(film).waitFor();
      expect(await slider(frame).inputValue()).toBe(value);
      expect(await runHash(frame)).toBe(changed);
      await change(page, frame);
      await page.context().setOffline(false);
      await tryAgain(box).click();
      await box.locator('[data-part="traces"] [role="option"]').first().waitFor();
      await tryAgain(film).click();
      await frame.locator('[data-moment]').first().waitFor();
      for (const [panel, content] of [
        ['charts', 'figure svg'],
        ['luck', '[data-part="luck"]'],
        ['sweep', '[data-part="sweep"]'],
        ['log', '[data-part="log"]'],
      ]) {
        await frame.locator(`[data-panel="${panel}"]`).click();
        await box.locator(content).first().waitFor();
        expect(await failure(box).count()).toBe(0);
      }
    });
  });
});

describe('a crash', () => {
  /** Makes a method of the browser's throw while `window.fails` is set. */
  const breakable = (page: Page, path: string): Promise<void> =>
    page.evaluate((path) => {
      const [owner, name] = path.split('.');
      const prototype = (window as unknown as Record<string, { prototype: Record<string, (...rest: unknown[]) => unknown> }>)[owner]
        .prototype;
      const method = prototype[name];
      prototype[name] = function (this: unknown, ...rest: unknown[]) {
        if ((window as unknown as { fails?: boolean }).fails) throw new Error('out of paint');
        return method.apply(this, rest);
      };
    }, path);
  const setFails = (page: Page, fails: boolean): Promise<void> => page.evaluate((fails) => void Object.assign(window, { fails }), fails);

  test('of the picture, in the middle of playing, takes the place of the picture alone', async () => {
    await visit(browser, opening, { moves: true }, async (page) => {
      const frame = await liveFrame(page, id);
      const changed = await change(page, frame);
      await breakable(page, 'CanvasRenderingContext2D.setTransform');
      await frame.locator('[data-action="play"]').click();
      await setFails(page, true);
      const stage = frame.locator('[data-part="stage"]');
      await failure(stage).waitFor();
      expect(await failure(stage).innerText()).toContain('The picture stopped working: out of paint');
      expect(await runHash(frame)).toBe(changed);
      expect(await change(page, frame)).not.toBe(changed);
      await setFails(page, false);
      await tryAgain(stage).click();
      await stage.locator('canvas').waitFor();
      await predicts(page);
    });
  });

  test('of a run says what it was, and the same setup can be run again', async () => {
    await visit(browser, opening, {}, async (page, problems) => {
      const frame = await liveFrame(page, id);
      await page.evaluate(() => {
        const post = Worker.prototype.postMessage;
        // A setup without values: the run itself throws, in the worker.
        Worker.prototype.postMessage = function (message: { requests: { setup: object }[] }) {
          const { fails } = window as unknown as { fails?: boolean };
          const requests = message.requests.map((one) => (fails ? { ...one, setup: { ...one.setup, values: null } } : one));
          post.call(this, { ...message, requests });
        };
      });
      // Focus first: any drawing from now on may fail, and then the slider is gone.
      await slider(frame).focus();
      await setFails(page, true);
      await page.keyboard.press('ArrowRight');
      await failure(frame).waitFor();
      expect(await failure(frame).innerText()).toContain('The run failed: ');
      expect(await frame.getAttribute('data-state')).toBe('failed');
      const value = await slider(frame).inputValue();
      await setFails(page, false);
      await frame.getByRole('button', { name: 'Run it again' }).click();
      expect(await nextRun(page, frame, plainHash)).not.toBe(plainHash);
      expect(await slider(frame).inputValue()).toBe(value);
      expect(problems).toEqual([]);
    });
  });

  test('of the whole frame gives its place to the still; the setup is kept, or given up', async () => {
    await visit(browser, opening, {}, async (page) => {
      const frame = await liveFrame(page, id);
      const tag = page.locator(`[data-experiment-tag="${id}"]`);
      await change(page, frame);
      const kept = String(Number(await slider(frame).inputValue()) + Number((await slider(frame).getAttribute('step')) ?? 1));
      await page.evaluate(() => {
        const entries = Object.entries;
        // What the frame asks for its main results.
        Object.entries = (object: object) => {
          const isMetrics = Object.values(object).some((one) => (one as { main?: boolean } | null)?.main === true);
          if (isMetrics && (window as unknown as { fails?: boolean }).fails) throw new Error('out of numbers');
          return entries(object);
        };
      });
      await setFails(page, true);
      await page.keyboard.press('ArrowRight');
      await failure(tag).waitFor();
      expect(await failure(tag).innerText()).toContain('has stopped with an error');
      await setFails(page, false);
      await tryAgain(tag).click();
      await settled(page, frame);
      expect(await slider(frame).inputValue()).toBe(kept);
      // Focus first: any drawing from now on may fail, and then the slider is gone.
      await slider(frame).focus();
      await setFails(page, true);
      await page.keyboard.press('ArrowRight');
      await failure(tag).waitFor();
      await setFails(page, false);
      await tag.getByRole('button', { name: 'Start over' }).click();
      await frame.and(page.locator(`[data-state="idle"][data-run-hash="${plainHash}"]`)).waitFor();
      await predicts(page);
    });
  });
});

describe('storage', () => {
  test.each(['full', 'forbidden'] as const)('that is %s keeps the answers for as long as the page, and says so', async (how) => {
    await visit(browser, `${address}contributing/`, {}, async (page, problems) => {
      await page.addInitScript((how) => {
        const refuse = (): never => {
          throw new DOMException('no', how === 'full' ? 'QuotaExceededError' : 'SecurityError');
        };
        if (how === 'full') Storage.prototype.setItem = refuse;
        else Object.defineProperty(window, 'localStorage', { get: refuse });
      }, how);
      await page.goto(opening);
      const frame = await liveFrame(page, id);
      await predicts(page);
      expect(await page.locator('[data-predict="start/opening-night#wait-at-80"]').innerText()).toContain('they last until you leave');
      await change(page, frame);
      await frame.locator('[data-action="film"]').click();
      await page.locator('.navbar').getByRole('link', { name: 'Your record' }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.goBack();
      expect(await page.locator('[data-predict="start/opening-night#wait-at-80"]').innerText()).toContain('You said 20');
      expect(problems).toEqual([]);
    });
  });
});

describe('while a run plays', () => {
  async function playing(page: Page): Promise<Locator> {
    const frame = await liveFrame(page, id);
    const before = await cursorOf(frame);
    await frame.locator('[data-action="play"]').click();
    await expect.poll(() => cursorOf(frame)).toBeGreaterThan(before);
    return frame;
  }
  /** Lets time pass in the page; gives how much it was, and how much of it the player should have played, in simulated time. */
  const pass = (frame: Locator, ms: number): Promise<{ from: number; to: number; due: number }> =>
    frame.locator('[data-part="scrubber"]').evaluate(
      async (input, { ms, seconds }) => {
        const { value, max } = input as HTMLInputElement;
        // Not by a clock that a test has bent.
        const { currentTime } = document.timeline;
        await new Promise((done) => setTimeout(done, ms));
        const passedMs = Number(document.timeline.currentTime) - Number(currentTime);
        return { from: Number(value), to: Number((input as HTMLInputElement).value), due: (passedMs * Number(max)) / (1000 * seconds) };
      },
      { ms, seconds: definition.clock?.playSeconds ?? 30 },
    );

  test('a hidden tab stands still, takes no time, and goes on when it is seen again', async () => {
    await visit(browser, opening, { moves: true }, async (page, problems) => {
      const frame = await playing(page);
      await page.evaluate(() => {
        const request = window.requestAnimationFrame.bind(window);
        const held: FrameRequestCallback[] = [];
        let hidden = false;
        window.requestAnimationFrame = (callback) => (hidden ? held.push(callback) : request(callback));
        Object.defineProperty(document, 'hidden', { get: () => hidden });
        Object.assign(window, {
          hide(now: boolean) {
            hidden = now;
            document.dispatchEvent(new Event('visibilitychange'));
            if (!hidden) for (const callback of held.splice(0)) request(callback);
          },
        });
      });
      const hide = (now: boolean): Promise<void> =>
        page.evaluate((now) => (window as unknown as { hide(now: boolean): void }).hide(now), now);
      await hide(true);
      await pass(frame, 150);
      // A run that comes while nobody looks.
      await change(page, frame);
      const { from, to } = await pass(frame, 1000);
      expect(to).toBe(from);
      await hide(false);
      const seen = await pass(frame, 500);
      expect(seen.to).toBeGreaterThan(from);
      expect(seen.to - from).toBeLessThan(seen.due * 1.5);
      expect(problems).toEqual([]);
    });
  });

  test('a clock that jumps, forward or back, moves nothing else', async () => {
    await visit(browser, `${address}contributing/`, { moves: true }, async (page, problems) => {
      await page.addInitScript(() => {
        const clock = { jumpMs: 0 };
        Object.assign(window, { clock });
        const date = Date.now.bind(Date);
        const now = performance.now.bind(performance);
        const request = window.requestAnimationFrame.bind(window);
        Date.now = () => date() + clock.jumpMs;
        performance.now = () => now() + clock.jumpMs;
        window.requestAnimationFrame = (callback) => request((time) => callback(time + clock.jumpMs));
      });
      await page.goto(opening);
      const frame = await playing(page);
      for (const jumpMs of [86_400_000, -86_400_000, 3e11, 0]) {
        await page.evaluate((to) => Object.assign((window as unknown as { clock: object }).clock, { jumpMs: to }), jumpMs);
        const { from, to, due } = await pass(frame, 400);
        expect(to).toBeGreaterThan(from);
        // Once more the longest frame: the one in which the clock jumped.
        expect(to - from).toBeLessThan(due * 1.5 + 1000);
      }
      await change(page, frame);
      await predicts(page);
      expect(problems).toEqual([]);
    });
  });

  test('a window that is dragged about leaves a picture of the right size and nothing to scroll', async () => {
    await visit(browser, opening, { moves: true }, async (page, problems) => {
      const frame = await playing(page);
      const session = await page.context().newCDPSession(page);
      const sized = (width: number, height: number, deviceScaleFactor = 1): Promise<unknown> =>
        session.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor, mobile: false });
      await frame.getByLabel('Speed').selectOption('0.1');
      const storm = Array.from({ length: takesAll ? 300 : 60 }, (_, step) =>
        sized(320 + ((step * 367) % 1100), 300 + ((step * 211) % 700), 1 + (step % 2)),
      );
      await Promise.all(storm);
      await sized(900, 700, 2);
      const { from, to } = await pass(frame, 300);
      expect(to).toBeGreaterThan(from);
      await frame.locator('[data-action="play"]').click();
      await expect
        .poll(() =>
          frame
            .locator('[data-part="stage"] canvas')
            .first()
            .evaluate((element) => {
              const { width, height, clientWidth, clientHeight } = element as HTMLCanvasElement;
              return [width - 2 * clientWidth, height - 2 * clientHeight];
            }),
        )
        .toEqual([0, 0]);
      const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      expect(inner).toBeLessThanOrEqual(outer);
      await change(page, frame);
      expect(problems).toEqual([]);
    });
  });

  test('a machine six times slower keeps time, follows a slider that is held, and ends with the run of its last place', async () => {
    await visit(browser, opening, { moves: true }, async (page, problems) => {
      const frame = await playing(page);
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
      const { from, to, due } = await pass(frame, 2000);
      expect(to - from).toBeGreaterThan(due * 0.5);
      expect(to - from).toBeLessThan(due * 1.2);
      await slider(frame).focus();
      for (let press = 0; press < 20; press++) await page.keyboard.press('ArrowRight');
      await settled(page, frame);
      await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
      await frame.locator('[data-action="share"]').click();
      await page.waitForFunction(() => location.hash.startsWith('#x='));
      const { state } = readLink(definition, await page.evaluate(() => location.hash));
      expect(state.values).not.toEqual(settle(definition, {}).values);
      expect(await runHash(frame)).toBe(runExperiment(definition, state).traceHash);
      expect(problems).toEqual([]);
    });
  });
});

describe('links', () => {
  test('of any text set the experiment up, one after the other, and run nothing but it', async () => {
    const { data } = JSON.parse(readFileSync('tests/vectors/sec.url.json', 'utf8')) as { data: string[] };
    await visit(browser, opening, {}, async (page, problems) => {
      page.on('dialog', (dialog) => void problems.push(dialog.message()));
      const frame = await liveFrame(page, id);
      const nodes = await page.evaluate(() => document.querySelectorAll('script, iframe, img, object, embed').length);
      for (const name of ['utilization', 'seed', 'i', 'b', 't', 'm', '__proto__']) {
        for (const text of data) {
          await page.evaluate(
            (fragment) => {
              window.location.hash = fragment;
            },
            `x=1;id=${id};${name}=${text.slice(0, 6000)}`,
          );
        }
        await frame.locator('[data-part="notices"]').waitFor();
      }
      await settled(page, frame);
      expect(await page.evaluate(() => document.querySelectorAll('script, iframe, img, object, embed').length)).toBe(nodes);
      await page.evaluate((fragment) => {
        window.location.hash = fragment;
      }, `x=1;id=${id}`);
      await frame.and(page.locator(`[data-run-hash="${plainHash}"]`)).waitFor();
      expect(problems).toEqual([]);
    });
  });
});
