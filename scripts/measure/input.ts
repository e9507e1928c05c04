// From a change of a control to the frame that shows its run, at default sizes; and what the lab's code weighs on the wire.

import type { Browser, Page } from 'playwright';

const rounds = 5;

/** Median of five, in ms. `slowdown` slows the page's thread. */
export async function measureInput(browser: Browser, address: string, id: string, slowdown: number): Promise<number> {
  const page = await openExperiment(browser, address, id);
  if (slowdown > 1) {
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  }
  const root = page.locator(`[data-experiment-tag="${id}"] section[data-experiment]`).first();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await root.evaluate((element) => element.removeAttribute('data-input-to-frame-ms'));
    await root
      .locator('input[type="range"]:visible')
      .nth(1)
      .press(round % 2 === 0 ? 'ArrowRight' : 'ArrowLeft');
    await page.waitForFunction(
      (name) => document.querySelector(`[data-experiment-tag="${name}"] section[data-experiment]`)?.hasAttribute('data-input-to-frame-ms'),
      id,
    );
    times.push(Number(await root.getAttribute('data-input-to-frame-ms')));
  }
  await page.context().close();
  return times.sort((a, b) => a - b)[rounds >> 1];
}

async function openExperiment(browser: Browser, address: string, id: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(address);
  await page.locator(`[data-experiment-tag="${id}"]`).first().scrollIntoViewIfNeeded();
  await page.locator(`[data-experiment-tag="${id}"] section[data-state="idle"][data-run-hash]`).first().waitFor();
  await page.waitForTimeout(2000);
  return page;
}

export interface LabWeight {
  /** Script bytes on the wire before the experiment is near, in kB. */
  pageKb: number;
  /** More of them for the frame, its run and its charts, in kB. */
  labKb: number;
}

/** The address must be that of a server that compresses. */
export async function measureWeight(browser: Browser, address: string, id: string): Promise<LabWeight> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 400 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const scripts = new Set<string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(address);
  await page.waitForTimeout(2500);
  const pageKb = bytes / 1024;
  await page.locator(`[data-experiment-tag="${id}"]`).first().scrollIntoViewIfNeeded();
  const root = page.locator(`[data-experiment-tag="${id}"] section[data-state="idle"][data-run-hash]`).first();
  await root.waitFor();
  await root.locator('[data-panel="charts"]').click();
  await page.waitForTimeout(2500);
  const labKb = bytes / 1024 - pageKb;
  await context.close();
  return { pageKb, labKb };
}
