// An experiment as a frame in somebody else's page, also in one that trusts it with nothing but scripts; and the catalogue of all.

import { createServer, type Server } from 'node:http';
import type { Browser, Frame, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { experimentLoaders, loadExperiment } from '../../src/experiments/registry';
import { site } from '../../src/site';
import { axeFindings, axeFindingsInBothThemes } from './axe';
import { openBrowser } from './browser';
import { chosenExperiments } from './chosen';
import { liveFrame, pageOf, runHash } from './frame';
import { visit } from './visit';

const address = inject('address');
const ids = Object.keys(experimentLoaders);
let browser: Browser;
let host: { server: Server; address: string };

/** A page of another site. What the frame tells it about its height is kept and followed. */
function hostPage(sandbox: string | null, source: string): string {
  return `<!doctype html><title>Host</title><iframe id="frame" ${sandbox === null ? '' : `sandbox="${sandbox}"`} src="${source}" style="width:100%;height:300px;border:0"></iframe>
<script>heard=[];addEventListener('message',(event)=>{if(event.data?.source!=='distributed-systems-by-the-slice')return;heard.push(event.data);document.getElementById('frame').style.height=event.data.heightPx+'px'})</script>`;
}

beforeAll(async () => {
  browser = await openBrowser();
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(hostPage(query.get('sandbox'), query.get('source') ?? ''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  host = { server, address: `http://127.0.0.1:${bound && typeof bound === 'object' ? bound.port : 0}/` };
});

afterAll(async () => {
  await browser.close();
  host.server.closeAllConnections();
  host.server.close();
});

async function embedded(
  sandbox: string | null,
  id: string,
  rest: string,
  look: (page: Page, frame: Frame, errors: string[]) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const query = new URLSearchParams({ source: `${address}embed/${id}/${rest}`, ...(sandbox === null ? {} : { sandbox }) });
  try {
    await page.goto(`${host.address}?${query}`);
    const element = await page.locator('#frame').elementHandle();
    const frame = await element?.contentFrame();
    if (!frame) throw new Error('There is no frame.');
    await frame.locator('section[data-experiment][data-state="idle"][data-run-hash]').waitFor({ timeout: 20_000 });
    await look(page, frame, errors);
  } finally {
    await context.close();
  }
}

const hashIn = (frame: Frame): Promise<string | null> => frame.locator('section[data-experiment]').getAttribute('data-run-hash');

describe.each(chosenExperiments)('the frame of %s', (id) => {
  test('shows the same run as the page of the course, and tells how high it is', async () => {
    const expected = await visit(browser, address + pageOf(id), {}, async (page) => runHash(await liveFrame(page, id)));
    await embedded(null, id, '', async (page, frame, errors) => {
      expect(await hashIn(frame)).toBe(expected);
      const heard = await page.evaluate(() => (window as unknown as { heard: { experiment: string; heightPx: number }[] }).heard);
      expect(heard.at(-1)).toMatchObject({ type: 'height', experiment: id });
      const [inner, outer] = await frame.evaluate(() => [document.documentElement.scrollHeight, window.innerHeight]);
      expect(inner).toBeLessThanOrEqual(outer + 1);
      expect(errors).toEqual([]);
    });
  });

  test('is for readers, not for search engines, and names its page in the course', async () => {
    await visit(browser, `${address}embed/${id}/`, {}, async (page, problems) => {
      const { title } = await loadExperiment(id);
      expect(await page.title()).toContain(title);
      expect(await page.locator('meta[name="robots"]').getAttribute('content')).toBe('noindex');
      const canonical = page.locator('link[rel="canonical"]');
      expect(await canonical.count()).toBe(1);
      expect(await canonical.getAttribute('href')).toBe(`${site.url}${site.basePath}${pageOf(id)}`);
      expect(await page.locator('nav').count()).toBe(0);
      expect(await page.locator('[data-action="open-in-course"]').getAttribute('href')).toBe(`${site.basePath}${pageOf(id)}`);
      await page.locator('section[data-experiment][data-state="idle"]').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      expect(problems).toEqual([]);
    });
  });
});

describe('a frame that may do nothing but run scripts', () => {
  test.each(chosenExperiments)('%s runs all the same: on the page’s own thread, without storage and clipboard', async (id) => {
    await embedded('allow-scripts', id, '', async (_page, frame, errors) => {
      expect(await frame.evaluate(() => window.origin)).toBe('null');
      const before = await hashIn(frame);
      await frame
        .getByRole('button', { name: /New seed/ })
        .first()
        .click();
      await frame.waitForFunction((old) => {
        const section = document.querySelector<HTMLElement>('section[data-experiment]');
        return section?.dataset.state === 'idle' && section.dataset.runHash !== old;
      }, before);
      await frame.locator('[data-action="share"]').click();
      await frame.getByText('copy it from the field').waitFor();
      expect(await frame.locator('[data-part="share-link"]').inputValue()).toContain(`${address}${pageOf(id)}#x=1;id=${id};`);
      expect(errors).toEqual([]);
    });
  });

  test('shows a file that it may not save, to be copied by hand', async () => {
    await embedded('allow-scripts', 'one-server', '', async (_page, frame) => {
      await frame.locator('[data-action="take"]').click();
      await frame.locator('[data-take="run"] [data-take-form="csv"]').click();
      await frame.locator('[data-part="take-told"]', { hasText: 'may not let it save files' }).waitFor();
      expect(await frame.locator('[data-part="take-text"]').inputValue()).toContain('side,kind,name');
    });
  });

  test('leads into the course, with its setting', async () => {
    await embedded('allow-scripts', 'one-server', '#x=1;id=one-server;seed=5', async (_page, frame) => {
      await frame.locator('[data-action="open-in-course"]').click();
      await frame.waitForURL(/opening-night.*seed=5/);
    });
  });
});

describe('the address of a frame', () => {
  test('sets the experiment up by its fragment', async () => {
    await embedded(null, 'one-server', '#x=1;id=one-server;arrivalsPerSecond=5;seed=9', async (_page, frame) => {
      const link = (await frame.locator('section[data-experiment]').getAttribute('data-run-hash')) ?? '';
      const shown = await visit(
        browser,
        `${address}${pageOf('one-server')}#x=1;id=one-server;arrivalsPerSecond=5;seed=9`,
        {},
        async (page) => runHash(await liveFrame(page, 'one-server')),
      );
      expect(link).toBe(shown);
    });
  });

  test.each([
    ['?theme=dark', 'light', 'dark'],
    ['?theme=light', 'dark', 'light'],
    ['?theme=auto', 'dark', 'dark'],
    ['', 'light', 'light'],
  ] as const)('%s on a %s system is shown in %s', async (query, colorScheme, theme) => {
    await visit(browser, `${address}embed/one-server/${query}`, { colorScheme }, async (page) => {
      expect(await page.locator('html').getAttribute('data-theme')).toBe(theme);
      await page.locator('section[data-experiment][data-state="idle"]').waitFor();
      expect(await page.locator('html').getAttribute('data-theme')).toBe(theme);
    });
  });
});

describe('the catalogue', () => {
  test.each([true, false])('shows every experiment with its picture and its page (scripts: %s)', async (javaScriptEnabled) => {
    await visit(browser, `${address}experiments/`, { javaScriptEnabled }, async (page, problems) => {
      for (const id of ids) {
        const entry = page.locator(`[data-experiment-entry="${id}"]`);
        const { title, question } = await loadExperiment(id);
        expect(await entry.locator('h2').innerText()).toBe(title);
        expect(await entry.innerText()).toContain(question);
        expect(await entry.locator('svg').count()).toBe(1);
        expect(await entry.locator('h2 a').getAttribute('href')).toBe(`${site.basePath}${pageOf(id)}`);
        expect(await entry.locator(`a[href="${site.basePath}embed/${id}/"]`).count()).toBe(1);
      }
      expect(problems).toEqual([]);
    });
  });

  test.each([true, false])('is filtered by topic (scripts: %s)', async (javaScriptEnabled) => {
    const { topics } = await loadExperiment('sharding');
    await visit(browser, `${address}experiments/`, { javaScriptEnabled }, async (page) => {
      // Rare topics are behind a button.
      for (const summary of await page.locator('fieldset summary').all()) await summary.click();
      await page.getByLabel(topics[0], { exact: true }).check();
      const shown = await page
        .locator('[data-experiment-entry]:visible')
        .evaluateAll((all) => all.map((one) => one.getAttribute('data-experiment-entry')));
      const meant: string[] = [];
      for (const id of ids) if ((await loadExperiment(id)).topics.includes(topics[0])) meant.push(id);
      expect(shown.sort()).toEqual(meant.sort());
      await page.getByLabel('all', { exact: true }).check();
      expect(await page.locator('[data-experiment-entry]:visible').count()).toBe(ids.length);
    });
  });

  test('has nothing that axe finds in light or in the dark, and does not scroll sideways on a phone', async () => {
    await visit(browser, `${address}experiments/`, { width: 360 }, async (page) => {
      expect(await axeFindingsInBothThemes(page)).toEqual([]);
      const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      expect(inner).toBeLessThanOrEqual(outer);
    });
  });
});
