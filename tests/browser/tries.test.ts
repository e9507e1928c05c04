// Every <Try> on every page leads where it says: the experiment shows exactly the setting that the link names.

import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { experimentOfLink, readLink } from '../../src/experiments/definition/link';
import { runExperiment } from '../../src/experiments/definition/run';
import { loadExperiment } from '../../src/experiments/registry';
import { openBrowser } from './browser';
import { coursePages, liveFrame, runHash, settled } from './frame';
import { visit } from './visit';

const address = inject('address');
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe.each(
  coursePages()
    .filter(({ text }) => text.replace(/```[\s\S]*?```/g, '').includes('<Try '))
    .map(({ path }) => [path] as const),
)('%s', (path) => {
  test('each "Try this" sets its experiment to the state that it names', async () => {
    await visit(browser, address + path, {}, async (page, problems) => {
      const links = page.locator('a[data-try]');
      const count = await links.count();
      expect(count).toBeGreaterThan(0);
      for (let index = 0; index < count; index++) {
        const href = (await links.nth(index).getAttribute('href')) ?? '';
        const fragment = href.slice(href.indexOf('#'));
        const id = experimentOfLink(fragment);
        expect(id, href).not.toBeNull();
        const definition = await loadExperiment(id as string);
        const { state, notices } = readLink(definition, fragment);
        expect(notices, href).toEqual([]);
        // A hint that is still folded away is a link like the others, but nobody can click it yet.
        if (!(await links.nth(index).isVisible())) continue;
        const frame = await liveFrame(page, id as string);
        await links.nth(index).click();
        const expected = runExperiment(definition, state).traceHash;
        const handle = await frame.elementHandle();
        await page.waitForFunction(
          ([element, hash]) => (element as Element).getAttribute('data-run-hash') === hash,
          [handle, expected] as const,
          { timeout: 30_000 },
        );
        await settled(page, frame);
        expect(await runHash(frame)).toBe(expected);
      }
      expect(problems).toEqual([]);
    });
  });
});

/** Lets the code of the live frame wait until told. */
async function holdFrame(page: Page): Promise<() => void> {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/assets/js/*.js', async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    if (body.includes('data-input-to-frame-ms')) await released;
    await route.fulfill({ response, body });
  });
  return release;
}

test('a "Try this" pressed just before its page is left does not set the same experiment of the next page', async () => {
  const [first, next] = ['start/opening-night/', 'start/how-to-run-experiments/'];
  const definition = await loadExperiment('one-server');
  await visit(browser, `${address}${next}`, {}, async (page) => {
    const untouched = await runHash(await liveFrame(page, 'one-server'));
    await page.goto('about:blank');
    const release = await holdFrame(page);
    await page.goto(address + first);
    await page.locator('html[data-has-hydrated="true"]').waitFor({ state: 'attached' });
    const link = page.locator('a[data-try="one-server"]:visible').last();
    const { state } = readLink(definition, ((await link.getAttribute('href')) ?? '').replace(/^.*#/, '#'));
    expect(runExperiment(definition, state).traceHash).not.toBe(untouched);
    await link.click();
    await page.locator(`a.menu__link[href$="/${next}"]`).click();
    await page.waitForURL(`**/${next}`);
    await page
      .locator(`h1`)
      .filter({ hasText: /experiment/i })
      .waitFor();
    release();
    const frame = await liveFrame(page, 'one-server');
    // What was wished of it would be run right after its first result.
    await page.waitForTimeout(1000);
    await settled(page, frame);
    expect(await runHash(frame)).toBe(untouched);
  });
});
