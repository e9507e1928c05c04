// The picture tells the state: by words and shapes, at any size, and always in the same way.

import { recordKinds } from '@by-the-slice/simulation';
import { describe, expect, it } from 'vitest';
import { mostMovesPerSecond, partBoxes } from '../../src/picture/flow';
import { Moves } from '../../src/picture/flow/moves';
import { FlowPicture, type View } from '../../src/picture/flowPicture';
import type { Shape } from '../../src/picture/shapes';
import { chain, connected, fleet } from './shop';

const desktop: View = { size: { width: 720, height: 360 }, msPerSecond: 1000 };
const phone: View = { size: { width: 340, height: 380 }, msPerSecond: 1000 };
const texts = (shapes: readonly Shape[]): string[] => shapes.flatMap((shape) => (shape.type === 'text' ? [shape.text] : []));
const crash = [{ atMs: 20_000, untilMs: 40_000, verb: 'crash', targets: ['servers/2'] }];

describe('the picture of a fleet', () => {
  const picture = new FlowPicture(fleet(4, 22, crash), { layout: 'flow', words: { request: 'order', requests: 'orders' } });

  it('is the same whichever way the cursor came', () => {
    const first = picture.shapesAt(21_000, desktop);
    picture.shapesAt(55_000, desktop);
    expect(picture.shapesAt(21_000, desktop)).toEqual(first);
  });

  it('says by word and by shape that a server is down, and that it is out of rotation', () => {
    const down = picture.shapesAt(20_500, desktop);
    expect(texts(down)).toContain('down');
    expect(down.some((shape) => shape.type === 'cross' && shape.part === 'servers/2')).toBe(true);
    expect(texts(picture.shapesAt(39_000, desktop))).toContain('down, out of rotation');
    expect(texts(picture.shapesAt(10_000, desktop))).not.toContain('down');
  });

  it('draws everybody who waits, as a dot or in a number', () => {
    for (const tMs of [10_000, 25_000, 39_000, 45_000]) {
      const shapes = picture.shapesAt(tMs, { ...desktop, isStill: true });
      for (const { part, waiting, busy } of picture.stateAt(tMs).parts) {
        if (part.concurrency === 0) continue;
        const dots = shapes.filter((shape) => shape.type === 'circle' && shape.part === part.name).length;
        const more = shapes.find((shape) => shape.type === 'text' && shape.part === part.name && shape.text.startsWith('+'));
        expect(dots + (more?.type === 'text' ? Number(more.text.slice(1)) : 0)).toBe(waiting.length + busy);
      }
    }
  });

  it('stays within its size, with letters that can be read', () => {
    for (const count of [1, 2, 4, 8, 16, 64]) {
      const one = new FlowPicture(fleet(count, 4.5 * count, crash));
      for (const view of [desktop, phone, { ...desktop, size: { width: 560, height: 360 } }]) {
        for (const box of partBoxes(one.description, view.size)) {
          expect(box.x).toBeGreaterThanOrEqual(0);
          expect(box.y).toBeGreaterThanOrEqual(0);
          expect(box.x + box.width).toBeLessThanOrEqual(view.size.width + 0.01);
          expect(box.y + box.height).toBeLessThanOrEqual(view.size.height + 0.01);
        }
        for (const shape of one.shapesAt(30_000, view)) {
          if (shape.type === 'text' && view !== desktop) expect(shape.size).toBeGreaterThanOrEqual(view.size.width < 520 ? 11.9 : 10);
          if (shape.type === 'text' && view === desktop) expect(shape.size).toBeGreaterThanOrEqual(12);
          for (const value of Object.values(shape)) if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
        }
      }
    }
  });

  it('does not let parts overlap', () => {
    for (const count of [1, 4, 9, 64]) {
      const { description } = new FlowPicture(fleet(count, 4 * count));
      for (const { size } of [desktop, phone]) {
        const boxes = partBoxes(description, size);
        boxes.forEach((a, index) => {
          for (const b of boxes.slice(index + 1)) {
            expect(
              a.x + a.width <= b.x + 0.01 || b.x + b.width <= a.x + 0.01 || a.y + a.height <= b.y + 0.01 || b.y + b.height <= a.y + 0.01,
            ).toBe(true);
          }
        });
      }
    }
  });

  it('draws flows with their numbers where too much moves', () => {
    const busy = { ...desktop, msPerSecond: 20_000 };
    expect(picture.movesPerSecond(15_000, 20_000)).toBeGreaterThan(mostMovesPerSecond);
    expect(texts(picture.shapesAt(15_000, busy)).some((text) => text.endsWith('/s'))).toBe(true);
    expect(texts(picture.shapesAt(15_000, desktop)).some((text) => text.endsWith('/s'))).toBe(false);
  });

  it('draws the past alike, whatever comes after it, also where only a sample moves', () => {
    const calm = new FlowPicture(fleet(64, 288));
    const broken = new FlowPicture(fleet(64, 288, crash));
    expect(calm.movesPerSecond(19_900, desktop.msPerSecond)).toBeGreaterThan(mostMovesPerSecond);
    // A dot leaves up to 450 ms of watching before it lands, so the last half second may already look ahead.
    for (const tMs of [30, 500, 2000, 7300, 13_000, 19_500]) expect(broken.shapesAt(tMs, desktop)).toEqual(calm.shapesAt(tMs, desktop));
    expect(broken.shapesAt(20_100, desktop)).not.toEqual(calm.shapesAt(20_100, desktop));
  });

  it('shows nobody on the way to those who asked for less motion', () => {
    const still = picture.shapesAt(15_000, { ...desktop, isStill: true });
    expect(still.length).toBeLessThan(picture.shapesAt(15_000, desktop).length);
  });

  it('shows the length of a long line in front of one of several servers, turned under itself', () => {
    const busy = new FlowPicture(fleet(4, 60));
    const state = busy.stateAt(50_000);
    const longest = state.parts.reduce((best, part) => (part.waiting.length > best.waiting.length ? part : best));
    expect(longest.waiting.length).toBeGreaterThan(20);
    const places = busy
      .shapesAt(50_000, desktop)
      .flatMap((shape) => (shape.type === 'circle' && shape.part === longest.part.name ? [shape.y] : []));
    expect(new Set(places).size).toBeGreaterThan(2);
  });

  it('draws side B hollow', () => {
    const shapes = picture.shapesAt(25_000, { ...desktop, side: 'b' });
    expect(shapes.some(({ fill, stroke }) => fill === 'tomato' || stroke === 'tomato')).toBe(false);
    expect(shapes.some((shape) => shape.type === 'circle' && shape.stroke === 'plum' && shape.fill === 'surface')).toBe(true);
  });

  it('tells the same in words, the worst first', () => {
    expect(picture.describeAt(21_000)).toMatch(/^Server 2 is down\. /);
    expect(picture.describeAt(0)).toBe('Nobody waits. Nothing is being served. 0 served so far.');
    expect(picture.describePartAt(39_000, 1)).toMatch(/^Server 2, down, out of rotation, 0 of 1 busy, 0 waiting$/);
  });
});

describe('moves', () => {
  const { replay } = new FlowPicture(chain());
  const { kinds, parts, partList, timesMs, values } = replay.trace;
  const flightMs = 100;
  const all = new Moves(replay);
  const found = new Map<number, ReturnType<Moves['at']>[number]>();
  for (let tMs = 0; tMs <= 20_000; tMs += 25) for (const move of all.at(tMs, flightMs)) found.set(move.index, move);

  it('land just when the trace says so, and set out when it says so', () => {
    for (const move of found.values()) {
      const isIn = kinds[move.index] === recordKinds.enter;
      expect(isIn ? move.arriveMs : move.departMs).toBe(timesMs[move.index]);
      expect(move.arriveMs - move.departMs).toBeCloseTo(flightMs, 9);
      expect(isIn ? move.path[move.path.length - 1] : move.path[0]).toBe(parts[move.index]);
    }
  });

  it('go through parts that pass on at once', () => {
    const ways = new Set(
      [...found.values()].map(({ path, fate }) => `${path.map((id) => partList[id].name).join(' > ')}${fate < 0 ? '' : ' back'}`),
    );
    expect(ways).toContain('customers > clients > server');
    expect(ways).toContain('server > database');
    expect(ways).toContain('database > server > clients > customers back');
    expect(ways).not.toContain('customers > clients');
  });

  it('know an answer for which nobody waits any more', () => {
    const late = [...found.values()].filter(({ isLate }) => isLate);
    expect(late.length).toBeGreaterThan(0);
    for (const { path } of late) expect(partList[path[path.length - 1]].kind).toBe('client');
  });

  it('are all that happened: each answer of the outermost part is seen on its way', () => {
    const clients = partList.find(({ kind }) => kind === 'client');
    let answers = 0;
    for (let index = 0; index < replay.trace.count; index++)
      if (kinds[index] === recordKinds.leave && parts[index] === clients?.id) answers++;
    const seen = [...found.values()].filter(({ path, fate }) => fate >= 0 && partList[path[path.length - 1]].kind === 'source').length;
    expect(seen).toBe(answers);
    expect(values.length).toBe(replay.trace.count);
  });
});

const stepsOnPiece = 200;

/** Of a path of cubic curves, as many on each. */
function pointsOn(path: string): { x: number; y: number }[] {
  const pieces = path.split('M').slice(1);
  return pieces.flatMap((piece) => {
    const [x0, y0, x1, y1, x2, y2, x3, y3] = (piece.match(/-?[\d.]+/g) ?? []).map(Number);
    return Array.from({ length: stepsOnPiece }, (_, step) => {
      const share = step / (stepsOnPiece - 1);
      const [a, b, c, d] = [(1 - share) ** 3, 3 * share * (1 - share) ** 2, 3 * share ** 2 * (1 - share), share ** 3];
      return { x: a * x0 + b * x1 + c * x2 + d * x3, y: a * y0 + b * y1 + c * y2 + d * y3 };
    });
  });
}

describe('the picture of connections', () => {
  const picture = new FlowPicture(connected(6, 4));
  const cablesOf = (view: View, tMs: number): Shape[] => picture.shapesAt(tMs, view).filter(({ stroke }) => stroke?.startsWith('series-'));

  it.each([
    ['desktop', desktop],
    ['phone', phone],
  ])('draws each in the color of its client, once it is open: %s', (_name, view) => {
    expect(cablesOf(view, 0)).toEqual([]);
    const strokes = cablesOf(view, 19_000).map(({ stroke }) => stroke);
    expect(strokes).toEqual([1, 2, 3, 4, 5, 6].map((number) => `series-${number}`));
  });

  it('moves requests and answers on the connections that carry them, and draws no road beside them', () => {
    let seen = 0;
    for (let tMs = 10_000; tMs < 20_000; tMs += 500) {
      const shapes = picture.shapesAt(tMs, desktop);
      const cables = cablesOf(desktop, tMs).map((cable) => pointsOn(cable.type === 'path' ? cable.d : ''));
      const lines = Math.min(...cables.map((points) => points[3 * stepsOnPiece].x));
      for (const shape of shapes) {
        if (shape.type !== 'circle' || shape.request === undefined || shape.part !== undefined || shape.x > lines) continue;
        seen++;
        expect(Math.min(...cables.flat().map(({ x, y }) => Math.abs(x - shape.x) + Math.abs(y - shape.y)))).toBeLessThan(1.5);
      }
      expect(shapes.filter(({ type, stroke, part }) => type === 'path' && stroke === 'quiet' && part === undefined)).toEqual([]);
    }
    expect(seen).toBeGreaterThan(50);
  });

  it('names every client, in full or by its number, and leaves the counts out', () => {
    expect(texts(picture.shapesAt(19_000, desktop))).toEqual(expect.arrayContaining(['Client 1', 'Client 6']));
    const narrow = texts(picture.shapesAt(19_000, phone));
    for (let client = 1; client <= 6; client++)
      expect(narrow.some((text) => text === `Client ${client}` || text === String(client))).toBe(true);
    expect(narrow).not.toContain('served');
  });

  it('says in words how many each server has', () => {
    expect(picture.describeAt(19_000)).toContain('Connections: 2 at server 1, 2 at server 2, 1 at server 3, 1 at server 4.');
    expect(picture.describeAt(0)).not.toContain('Connections');
    const first = picture.description.parts.findIndex(({ name }) => name === 'clients/1');
    expect(picture.describePartAt(19_000, first)).toMatch(/^Client 1, connected to server [1-4]$/);
  });
});
