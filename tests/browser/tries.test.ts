// Every <Try> on every page leads where it says: the experiment shows exactly the setting that the link names.

import type { Browser } from 'playwright';
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
