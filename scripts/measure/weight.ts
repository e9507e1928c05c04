// What the lab's scripts and styles weigh on the wire: those that come when an experiment nears the viewport, its workers' among
// them, and those of its charts. Counted where they are sent, so that nothing escapes.

import type { Browser } from 'playwright';
import { serveBare } from './bareSite';
import { type Sent, serveCompressed } from './compressedServer';
import type { ExperimentPage } from './experiments';
import type { Figure } from './figure';

const part = 'Scripts and styles on the wire, gzip';

export async function weightFigures(browser: Browser, built: string, pages: readonly ExperimentPage[]): Promise<Figure[]> {
  const bare = await serveBare();
  const bareKb = await weighPage(browser, bare.address, bare.sent);
  bare.close();
  const served = await serveCompressed(built);
  const figures: Figure[] = [];
  for (const { id, path } of pages) {
    const { pageKb, nearKb, chartsKb } = await weigh(browser, served.address + path, id, served.sent);
    figures.push({ part, what: `${id}: lab with charts`, value: nearKb + chartsKb, unit: 'kB', aim: { atMost: 170 } });
    figures.push({ part, what: '  of it when the experiment nears', value: nearKb, unit: 'kB' });
    figures.push({ part, what: '  the page before', value: pageKb, unit: 'kB', partner: { what: 'bare page', value: bareKb } });
  }
  served.close();
  return figures;
}

interface LabWeight {
  pageKb: number;
  nearKb: number;
  chartsKb: number;
}

async function weigh(browser: Browser, address: string, id: string, sent: Sent[]): Promise<LabWeight> {
  sent.length = 0;
  const context = await browser.newContext({ viewport: { width: 1280, height: 400 } });
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForTimeout(2500);
  const pageKb = codeKb(sent);
  const tag = page.locator(`[data-experiment-tag="${id}"]`).first();
  await tag.scrollIntoViewIfNeeded();
  const frame = tag.locator('section[data-state="idle"][data-run-hash]');
  await frame.waitFor();
  // The background work has its own worker, which starts when the reader's hand has rested.
  await page.waitForTimeout(2500);
  const nearKb = codeKb(sent) - pageKb;
  await frame.locator('[data-panel="charts"]').click();
  await page.waitForTimeout(1500);
  const chartsKb = codeKb(sent) - pageKb - nearKb;
  await context.close();
  return { pageKb, nearKb, chartsKb };
}

async function weighPage(browser: Browser, address: string, sent: Sent[]): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 400 } });
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForTimeout(2500);
  await context.close();
  return codeKb(sent);
}

/** What is asked for twice comes from the cache the second time; what other pages would need is fetched when there is time. */
function codeKb(sent: readonly Sent[]): number {
  const bytes = new Map(sent.filter(({ path, isPrefetch }) => /\.(js|css)$/.test(path) && !isPrefetch).map((one) => [one.path, one.bytes]));
  return [...bytes.values()].reduce((sum, size) => sum + size, 0) / 1024;
}
