import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { site } from '../../src/site';
import { axeFindingsInBothThemes } from './axe';
import { openBrowser } from './browser';
import { takesAll } from './chosen';
import { coursePages } from './frame';

const address = inject('address');
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser.close());

interface View {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  javaScriptEnabled?: boolean;
}

/** Opens a page of the site, collects what went wrong on it, and closes it. */
async function visit<T>(path: string, view: View, look: (page: Page, problems: string[]) => Promise<T>): Promise<T> {
  const context = await browser.newContext({
    viewport: { width: view.width ?? 1280, height: view.height ?? 900 },
    colorScheme: view.colorScheme ?? 'light',
    javaScriptEnabled: view.javaScriptEnabled ?? true,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('requestfailed', (request) => problems.push(`${request.url()} ${request.failure()?.errorText}`));
  page.on('response', (response) => response.status() >= 400 && problems.push(`${response.url()} ${response.status()}`));
  page.on(
    'request',
    (request) =>
      !request.url().startsWith(new URL(address).origin) && /^http/.test(request.url()) && problems.push(`asks ${request.url()}`),
  );
  try {
    await page.goto(address + path, { waitUntil: 'networkidle' });
    return await look(page, problems);
  } finally {
    await context.close();
  }
}

/** Of different kinds; every page of the course with BROWSER_TESTS=all. */
const looked = [
  '',
  'core/l4-and-l7/',
  'contributing/',
  'reference/fidelity/',
  'reference/source-notes/',
  'record/',
  'worksheets/start/opening-night/',
];
const pages = takesAll ? [...new Set([...looked, ...coursePages().map(({ path }) => path), 'experiments/'])] : looked;

describe.each(pages)('/%s', (path) => {
  it('answers without an error, asks no other host, keeps its fonts within 110 kB, and fits narrow screens', async () => {
    await visit(path, {}, async (page, problems) => {
      expect(await page.locator('h1').count()).toBe(1);
      const fonts = await page.evaluate(async () => {
        await document.fonts.ready;
        return performance
          .getEntriesByType('resource')
          .filter(
            (entry): entry is PerformanceResourceTiming => entry instanceof PerformanceResourceTiming && entry.name.includes('.woff2'),
          )
          .map((entry) => ({ name: entry.name, bytes: entry.encodedBodySize, preloaded: entry.initiatorType === 'link' }));
      });
      expect(fonts.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(110_000);
      // What is preloaded is what the style sheet uses: nothing is fetched under two names.
      expect(new Set(fonts.map(({ name }) => name.replace(/-[0-9a-f]{32}/, ''))).size).toBe(fonts.length);
      for (const width of [768, 360]) {
        await page.setViewportSize({ width, height: 900 });
        const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
        expect([width, inner]).toEqual([width, Math.min(inner, outer)]);
      }
      expect(problems).toEqual([]);
    });
  });
});

describe.each(pages)('/%s', (path) => {
  it('has nothing that axe finds, in light and in the dark', async () => {
    await visit(path, {}, async (page) => {
      // What stands in frames has tests of its own.
      expect(await axeFindingsInBothThemes(page, { without: '[data-experiment-tag]' })).toEqual([]);
    });
  });
});

describe('every page of the course', () => {
  it('can be edited, and reported with its title and path already filled in', async () => {
    await visit('core/load-balancing/', {}, async (page) => {
      expect(await page.getByRole('link', { name: 'Edit this page' }).getAttribute('href')).toBe(
        `${site.editUrl}docs/core/load-balancing.mdx`,
      );
      const report = new URL((await page.getByRole('link', { name: 'Report an error on this page' }).getAttribute('href')) ?? '');
      expect(report.href.startsWith(site.newIssueUrl)).toBe(true);
      expect(report.searchParams.get('title')).toContain('Load balancing');
      expect(report.searchParams.get('body')).toContain(`Path: ${site.basePath}core/load-balancing`);
    });
  });

  it('shows the groups of the course, and says what is planned without linking to it', async () => {
    await visit('start/opening-night/', {}, async (page) => {
      const groups = await page.locator('.theme-doc-sidebar-item-category-level-1 > .menu__list-item-collapsible').allInnerTexts();
      expect(groups.slice(0, 5)).toEqual([
        'Start here',
        'Core concepts',
        'System design patterns',
        'Operational strategies',
        'Designing a system',
      ]);
      expect(await page.locator('.planned a').count()).toBe(0);
    });
  });

  it('is readable without JavaScript', async () => {
    await visit('core/load-balancing/', { javaScriptEnabled: false }, async (page) => {
      expect(await page.locator('article').innerText()).toContain('Load balancing');
    });
  });
});

describe('the site', () => {
  it('finds a page by its words, without any other service', async () => {
    await visit('', {}, async (page, problems) => {
      await page.locator('.navbar__search-input').click();
      await page.locator('.navbar__search-input').pressSequentially('sharding', { delay: 20 });
      await page.locator('[role="option"]').first().waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(/patterns\/sharding/);
      expect(problems).toEqual([]);
    });
  });

  it('computes the pizza: what a kitchen takes is what it gives back', async () => {
    await visit('', {}, async (page) => {
      const numbers = (): Promise<string[]> => page.locator('figcaption b').allInnerTexts();
      const [moved, stayed] = await numbers();
      expect(Number(moved) + Number(stayed)).toBe(40);
      await page.getByRole('button', { name: 'Close kitchen 16' }).click();
      expect(await numbers()).toEqual([moved, stayed]);
    });
  });

  it('draws a diagram below the first screen when the reader scrolls, and fetches nothing for it before', async () => {
    await visit('start/opening-night/', { width: 412, height: 700 }, async (page, problems) => {
      const scripts = (): Promise<number> =>
        page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).length);
      await page.waitForLoadState('networkidle');
      const drawing = page.locator('figure.diagram svg').first();
      expect(await drawing.count()).toBe(0);
      const before = await scripts();
      const boxHeight = async (): Promise<number | undefined> => (await page.locator('figure.diagram').first().boundingBox())?.height;
      const height = await boxHeight();
      await page.mouse.wheel(0, 200);
      await drawing.waitFor({ state: 'attached' });
      expect(await scripts()).toBeGreaterThan(before);
      expect(await boxHeight()).toBe(height);
      expect(problems).toEqual([]);
    });
  });

  it('says what is missing at an unknown address', async () => {
    const response = await fetch(`${address}no/such/page`);
    expect(response.status).toBe(404);
    const text = await response.text();
    expect(text).toContain('There is no such slice');
    for (const way of ['/', '/experiments/', '/reference/glossary/'])
      expect(text).toContain(`href=${site.basePath.replace(/\/$/, '')}${way}>`);
  });
});
