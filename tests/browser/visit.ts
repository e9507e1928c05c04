// Opens a page of the built site as one kind of reader, collects what goes wrong on it, and closes it.

import type { Browser, Page } from 'playwright';

export interface View {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  javaScriptEnabled?: boolean;
  /** A finger in place of a mouse. */
  touch?: boolean;
  /** Most tests read a page that does not move by itself. */
  moves?: boolean;
}

export async function visit<T>(
  browser: Browser,
  address: string,
  view: View,
  look: (page: Page, problems: string[]) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({
    viewport: { width: view.width ?? 1280, height: view.height ?? 900 },
    colorScheme: view.colorScheme ?? 'light',
    javaScriptEnabled: view.javaScriptEnabled ?? true,
    reducedMotion: view.moves ? 'no-preference' : 'reduce',
    hasTouch: view.touch ?? false,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const problems: string[] = [];
  const origin = new URL(address).origin;
  page.on('console', (message) => {
    const { url } = message.location();
    // Chromium asks for this by itself when it wants an icon before the page has named its own.
    if (message.type() === 'error' && !url.endsWith('/favicon.ico')) problems.push(`${message.text()} ${url}`);
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('response', (response) => response.status() >= 400 && problems.push(`${response.url()} ${response.status()}`));
  page.on(
    'request',
    (request) => /^http/.test(request.url()) && !request.url().startsWith(origin) && problems.push(`asks ${request.url()}`),
  );
  try {
    await page.goto(address, { waitUntil: 'load' });
    return await look(page, problems);
  } finally {
    await context.close();
  }
}
