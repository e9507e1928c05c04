// How smoothly a run plays in a real Chromium: what the page's thread does for each frame, script and paint together, and its longest
// task. Frames a second say little on a machine without a graphics card; time spent per frame says whether the page could keep up.

import type { Browser, CDPSession, Page } from 'playwright';
import type { ExperimentPage } from './experiments';
import type { Figure } from './figure';

interface PlaybackTimes {
  frames: number;
  /** Script, style, layout and paint between two frames, in ms. */
  medianMs: number;
  p95Ms: number;
  longestTaskMs: number;
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  args?: { name?: string };
}

/** Work that a frame needs on the page's own thread. Nested events are counted once, by their outermost. */
const frameWork = new Set([
  'FireAnimationFrame',
  'UpdateLayoutTree',
  'Layout',
  'PrePaint',
  'Paint',
  'Layerize',
  'Commit',
  'EventDispatch',
  'TimerFire',
  'FunctionCall',
]);
const watchMs = 5000;
const sameFrameUs = 8000;

/** A fleet of 64 is the fullest picture that the course draws. */
const fleet = `#x=1;id=load-balancing;policy=power-of-two;servers=64;speeds=${new Array(64).fill(1).join(',')};arrivalsPerSecond=290`;

export async function playbackFigures(browser: Browser, address: string, pages: readonly ExperimentPage[]): Promise<Figure[]> {
  const part = `Playing for ${watchMs / 1000} s: script and paint of a frame`;
  const fleets = pages
    .filter(({ id }) => id === 'load-balancing')
    .map(({ id, path }) => ({ id, path: path + fleet, name: `${id}, 64 servers` }));
  const figures: Figure[] = [];
  for (const { id, path, name } of [...pages.map((page) => ({ ...page, name: page.id })), ...fleets]) {
    const times = await measurePlayback(browser, address + path, id);
    if (!times) continue;
    figures.push({ part, what: `${name}: 95th percentile`, value: times.p95Ms, unit: 'ms', aim: { atMost: 8 } });
    figures.push({ part, what: '  longest task', value: times.longestTaskMs, unit: 'ms', aim: { atMost: 50 } });
  }
  return figures;
}

/** null: there is nothing to play. */
async function measurePlayback(browser: Browser, address: string, id: string): Promise<PlaybackTimes | null> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(address);
  const frame = page.locator(`[data-experiment-tag="${id}"] section[data-experiment][data-state="idle"][data-run-hash]`).first();
  await page.locator(`[data-experiment-tag="${id}"]`).first().scrollIntoViewIfNeeded();
  await frame.waitFor();
  // The twenty runs in the background must be over: they are no part of playing.
  await page.waitForTimeout(4000);
  const session = await context.newCDPSession(page);
  const play = frame.locator('[data-action="play"]');
  const times = (await play.count()) === 0 ? null : timesOf(await tracePlaying(page, session, () => play.click()));
  await context.close();
  return times;
}

async function tracePlaying(page: Page, session: CDPSession, play: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await play();
  await page.waitForTimeout(500);
  await session.send('Tracing.start', { traceConfig: { includedCategories: ['devtools.timeline', 'toplevel', '__metadata'] } });
  await page.waitForTimeout(watchMs);
  const done = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await done;
  return events;
}

function timesOf(events: TraceEvent[]): PlaybackTimes {
  const thread = events.find(
    (event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain' && drawsFrames(events, event),
  );
  const own = events
    .filter((event) => event.pid === thread?.pid && event.tid === thread?.tid && event.ph === 'X')
    .sort((a, b) => a.ts - b.ts);
  // Several callbacks of one frame follow each other at once: a new frame begins after a pause.
  const callbacks = own.filter((event) => event.name === 'FireAnimationFrame').map((event) => event.ts);
  const starts = callbacks.filter((ts, index) => index === 0 || ts - callbacks[index - 1] > sameFrameUs);
  const work = new Array<number>(Math.max(0, starts.length - 1)).fill(0);
  let frame = 0;
  let coveredUntil = 0;
  for (const { name, ts, dur = 0 } of own) {
    if (!frameWork.has(name) || ts < coveredUntil) continue;
    coveredUntil = ts + dur;
    while (frame + 1 < starts.length && ts >= starts[frame + 1]) frame++;
    if (ts >= starts[0] && frame < work.length) work[frame] += dur / 1000;
  }
  work.sort((a, b) => a - b);
  const longest = own.reduce((most, { name, dur = 0 }) => (name.includes('RunTask') ? Math.max(most, dur / 1000) : most), 0);
  return { frames: work.length, medianMs: work[work.length >> 1], p95Ms: work[Math.floor(work.length * 0.95)], longestTaskMs: longest };
}

function drawsFrames(events: TraceEvent[], { pid, tid }: TraceEvent): boolean {
  return events.some((event) => event.name === 'FireAnimationFrame' && event.pid === pid && event.tid === tid);
}
