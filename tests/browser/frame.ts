// What tests do with an experiment's frame on a page: the hands and eyes of a reader.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import sidebars from '../../sidebars';

/** The live frame of an experiment, once its first result is shown. */
export async function liveFrame(page: Page, id: string): Promise<Locator> {
  const tag = page.locator(`[data-experiment-tag="${id}"]`).first();
  await tag.scrollIntoViewIfNeeded();
  const frame = tag.locator('section[data-experiment]');
  await settled(page, frame);
  return frame;
}

/** Waits until the frame shows a result and no run is under way. */
export async function settled(page: Page, frame: Locator): Promise<void> {
  await frame.and(page.locator('[data-state="idle"][data-run-hash]')).waitFor({ timeout: 30_000 });
}

export function runHash(frame: Locator): Promise<string | null> {
  return frame.getAttribute('data-run-hash');
}

/** Waits for a result with another hash than `before`. */
export async function nextRun(page: Page, frame: Locator, before: string | null): Promise<string | null> {
  const handle = await frame.elementHandle();
  await page.waitForFunction(
    ([element, hash]) =>
      (element as Element).getAttribute('data-run-hash') !== hash && (element as Element).getAttribute('data-state') === 'idle',
    [handle, before] as const,
    { timeout: 30_000 },
  );
  return runHash(frame);
}

/** Path of the page whose prose holds the experiment, as in the address: of several, the first in the order of the course. */
export function pageOf(id: string): string {
  const order = JSON.stringify(sidebars.course);
  const place = (path: string): number => order.indexOf(`"${path.slice(0, -1)}"`);
  const inOrder = coursePages().sort((a, b) => place(a.path) - place(b.path));
  for (const { path, text } of inOrder) if (text.replace(/```[\s\S]*?```/g, '').includes(`<Experiment id="${id}"`)) return path;
  throw new Error(`No page shows the experiment ${id}.`);
}

export function coursePages(): { path: string; text: string }[] {
  return readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.mdx'))
    .map((file) => ({ path: `${file.replaceAll('\\', '/').replace(/\.mdx$/, '')}/`, text: readFileSync(join('docs', file), 'utf8') }));
}
