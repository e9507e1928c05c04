// A server: its name, its places of service, how busy it was just now, and its state by shape and by word. In three
// sizes: a card, a row on one line, a cell of a grid.

import { type PartReplay, partStates, spoken } from '@by-the-slice/simulation';
import type { ColorName, Shape } from '../shapes';
import { pictureWords as texts } from '../words';
import { numberOf } from './columns';
import { requestDot, type Side } from './dots';
import { hatchPath, type Rect } from './geometry';
import type { Placed } from './layout';
import { brief, counted, fitted, widthOf, words } from './text';

interface ServerLook {
  side: Side;
  nowMs: number;
  /** Recent share of its places in use, 0 to 1. */
  utilization: number;
  isInRotation: boolean;
  sizeOf: (request: number) => number;
}

/** From here on the fill warns. */
const nearlyFull = 0.9;

export function drawServer(placed: Placed, state: PartReplay, look: ServerLook): Shape[] {
  if (placed.style === 'cell') return drawCell(placed, state, look);
  return placed.style === 'row' ? drawRow(placed, state, look) : drawCard(placed, state, look);
}

function drawCard(placed: Placed, state: PartReplay, look: ServerLook): Shape[] {
  const { box, part } = placed;
  const { name } = part;
  const isBig = box.height > 90;
  const isNarrow = box.width < 130;
  const pad = isBig ? 14 : isNarrow ? 7 : 10;
  const size = isBig ? 15 : 13;
  const right = box.x + box.width - pad;
  const shapes = frame(box, state, look, name, isBig ? 10 : 8);
  const headY = box.y + pad + size * 0.72 + (isNarrow ? 3 : 0);
  const speed = speedText(state);
  const room = box.width - 2 * pad - (speed ? widthOf(speed, 12, 'mono') + 4 : 0);
  const label =
    isNarrow && widthOf(part.label, size) > room
      ? String(numberOf(part) || fitted(part.label, room, size))
      : fitted(part.label, room, size);
  shapes.push(words({ x: box.x + pad, y: headY }, label, { size, weight: 600, fill: isDown(state) ? 'quiet' : 'text', part: name }));
  if (speed) shapes.push(words({ x: right, y: headY }, speed, { size: 12, font: 'mono', anchor: 'end', fill: 'quiet', part: name }));
  const barHeight = isBig ? 7 : 4;
  const barY = box.y + box.height - pad - (isBig ? 8 : 3);
  const y = (headY + barY) / 2 + (isBig ? 3 : 2);
  shapes.push(...bar({ x: box.x + pad, y: barY, width: box.width - 2 * pad, height: barHeight }, look.utilization, name));
  const left = box.x + pad;
  const word = stateWord(state, look, isNarrow);
  if (!word) {
    const number = `${Math.round(look.utilization * 100)} %`;
    const widest = widthOf('100 %', 12, 'mono');
    const most = Math.max(1, Math.floor((box.width - 2 * pad - widest - 6) / placePitch));
    shapes.push(...places({ x: left, y }, state, look, name, most));
    if (placesWidth(part.concurrency, most) + widest + 2 <= box.width - 2 * pad) {
      shapes.push(words({ x: right, y: y + 4.5 }, number, { size: isBig ? 14 : 12, font: 'mono', anchor: 'end', part: name }));
    }
    return shapes;
  }
  shapes.push(...stateSign({ x: left, y }, state, look, name, isNarrow));
  const rest = box.width - 2 * pad - widthOf(word, 12) - 26;
  if (!isDown(state) && rest >= placeSide) {
    const most = Math.floor((rest + 3) / placePitch);
    if (placesWidth(part.concurrency, most) <= rest)
      shapes.push(...places({ x: right - placesWidth(part.concurrency, most), y }, state, look, name, most));
  }
  return shapes;
}

function drawRow(placed: Placed, state: PartReplay, look: ServerLook): Shape[] {
  const { box, part } = placed;
  const { name } = part;
  const shapes = frame(box, state, look, name, 6);
  const y = box.y + box.height / 2 - 2;
  const label = fitted(part.label, 74, 12);
  shapes.push(words({ x: box.x + 8, y: y + 4.5 }, label, { size: 12, weight: 600, fill: isDown(state) ? 'quiet' : 'text', part: name }));
  const left = box.x + 14 + widthOf(label, 12);
  const isPlain = state.state === partStates.up && look.isInRotation;
  if (isPlain) {
    const right = box.x + box.width - 8;
    const most = Math.max(1, Math.floor((right - left - widthOf('100 %', 12, 'mono') - 4) / placePitch));
    shapes.push(...places({ x: left, y }, state, look, name, most));
    shapes.push(
      words({ x: right, y: y + 4.5 }, `${Math.round(look.utilization * 100)} %`, { size: 12, font: 'mono', anchor: 'end', part: name }),
    );
  } else shapes.push(...stateSign({ x: left + 4, y }, state, look, name, true));
  shapes.push(...bar({ x: box.x + 8, y: box.y + box.height - 6, width: box.width - 16, height: 3 }, look.utilization, name));
  return shapes;
}

function drawCell(placed: Placed, state: PartReplay, look: ServerLook): Shape[] {
  const { box, part } = placed;
  const { name } = part;
  const shapes = frame(box, state, look, name, 5);
  const isTall = box.height >= 54;
  const pad = box.width < 44 ? 4 : 6;
  const right = box.x + box.width - pad;
  const number = String(numberOf(part) || part.label.slice(0, 3));
  const waiting = state.waiting.length;
  const word = isDown(state) ? spoken(texts.down) : look.isInRotation ? '' : spoken(box.width >= 96 ? texts.outOfRotation : texts.out);
  const headY = box.y + Math.min(15, box.height * 0.48);
  shapes.push(...bar({ x: box.x + pad, y: box.y + box.height - 7, width: box.width - 2 * pad, height: 3.5 }, look.utilization, name));
  if (isTall) {
    const label = widthOf(part.label.replace(/\d+$/, '00'), 12) <= box.width - 2 * pad - 12 ? part.label : number;
    shapes.push(words({ x: box.x + pad, y: headY }, label, { size: 12, weight: 600, fill: isDown(state) ? 'quiet' : 'text', part: name }));
    const corner = { x: right - 5, y: headY - 4.5 };
    if (state.state !== partStates.up) shapes.push(...stateShape(corner, state, name));
    else if (state.busy > 0) shapes.push(requestDot(corner, 1, look.side, name));
    const footY = box.y + box.height - 12;
    if (word) shapes.push(words({ x: box.x + pad, y: footY }, word, { size: 12, fill: 'char', weight: 600, part: name }));
    else shapes.push(...cellLine(box, state, look, name));
    return shapes;
  }
  const isTiny = box.width < 40;
  const sign = stateShape({ x: right - 5, y: headY - 4 }, state, name);
  const isFull = sign.length > 0 && !isDown(state) && waiting >= 10;
  if (!isTiny && !isFull) shapes.push(words({ x: box.x + pad, y: headY }, number, { size: 12, fill: 'quiet', part: name }));
  if (isDown(state)) shapes.push(...sign);
  else if (word && !isTiny)
    shapes.push(words({ x: right, y: headY }, word, { size: 12, fill: 'char', weight: 600, anchor: 'end', part: name }));
  else {
    if (sign.length > 0)
      shapes.push(...stateShape({ x: isTiny || isFull ? box.x + pad + 5 : right - (waiting > 0 ? 15 : 5), y: headY - 4 }, state, name));
    if (waiting > 0)
      shapes.push(words({ x: right, y: headY }, counted(waiting), { size: 12, font: 'mono', anchor: 'end', weight: 600, part: name }));
  }
  if (box.height >= 46 && isDown(state))
    shapes.push(words({ x: box.x + pad, y: box.y + box.height - 11 }, word, { size: 12, fill: 'char', weight: 600, part: name }));
  return shapes;
}

/** The line inside a cell, between its head and its bar, as far as there is room; then the number of the others. */
function cellLine(box: Rect, state: PartReplay, look: ServerLook, name: string): Shape[] {
  const step = 10;
  const columns = Math.floor((box.width - 10) / step);
  const rows = Math.max(1, Math.floor((box.height - 31) / step));
  const { length } = state.waiting;
  const shown = length <= columns * rows ? length : Math.max(0, columns * rows - 3);
  const at = (place: number) => ({ x: box.x + 10 + (place % columns) * step, y: box.y + 26 + Math.floor(place / columns) * step });
  const shapes: Shape[] = [];
  for (let place = 0; place < shown; place++)
    shapes.push(requestDot(at(place), Math.min(1, look.sizeOf(state.waiting.at(place))), look.side, name, state.waiting.at(place)));
  if (shown < length) {
    const { y } = at(shown);
    shapes.push(
      words({ x: box.x + box.width - 5, y: y + 4 }, `+${counted(length - shown)}`, {
        size: 12,
        font: 'mono',
        anchor: 'end',
        weight: 600,
        part: name,
      }),
    );
  }
  return shapes;
}

function frame(box: Rect, state: PartReplay, look: ServerLook, part: string, radius: number): Shape[] {
  const down = isDown(state);
  const stroke: ColorName = down ? 'char' : isSlowed(state) ? 'crust' : 'quiet';
  const outline: Shape = {
    type: 'rectangle',
    ...box,
    radius,
    fill: 'raised',
    stroke,
    strokeWidth: down || isSlowed(state) ? 2 : 1.25,
    part,
  };
  if (!look.isInRotation) outline.dash = [5, 4];
  const shapes: Shape[] = [outline];
  if (down)
    shapes.push({
      type: 'path',
      d: hatchPath({ x: box.x + 2, y: box.y + 2, width: box.width - 4, height: box.height - 4 }, 8),
      stroke: 'char',
      strokeWidth: 1,
      opacity: 0.22,
      part,
    });
  return shapes;
}

const placePitch = 17;
const placeSide = 14;

function placesWidth(concurrency: number, most: number): number {
  return concurrency <= most ? concurrency * placePitch - 3 : widthOf(`${concurrency}/${concurrency}`, 12, 'mono');
}

/** Sockets with who is in them; a number where there are too many. A hollow dot: its work goes on elsewhere. */
function places({ x, y }: { x: number; y: number }, state: PartReplay, look: ServerLook, part: string, most: number): Shape[] {
  const { concurrency } = state.part;
  if (concurrency > most) {
    return [words({ x, y: y + 4.5 }, `${state.busy}/${concurrency}`, { size: 12, font: 'mono', weight: 600, part })];
  }
  const shapes: Shape[] = [];
  for (let place = 0; place < concurrency; place++) {
    const left = x + place * placePitch;
    const socket: Rect = { x: left, y: y - placeSide / 2, width: placeSide, height: placeSide };
    shapes.push({ type: 'rectangle', ...socket, radius: 4, fill: 'surface', stroke: 'quiet', strokeWidth: 1, part });
    const request = state.serving[place] ?? -1;
    if (request < 0) continue;
    const at = { x: left + placeSide / 2, y };
    const isElsewhere = state.endsMs[place] < look.nowMs - 1e-6;
    shapes.push(
      isElsewhere
        ? {
            type: 'circle',
            x: at.x,
            y: at.y,
            radius: 3.2,
            fill: 'surface',
            stroke: look.side === 'a' ? 'tomato' : 'plum',
            strokeWidth: 1.5,
            dash: [2, 1.5],
            part,
            request,
          }
        : requestDot(at, look.sizeOf(request), look.side, part, request),
    );
  }
  return shapes;
}

function bar({ x, y, width, height }: Rect, share: number, part: string): Shape[] {
  const full = Math.min(1, Math.max(0, share));
  const shapes: Shape[] = [{ type: 'rectangle', x, y, width, height, radius: height / 2, fill: 'line', part }];
  if (full > 0)
    shapes.push({
      type: 'rectangle',
      x,
      y,
      width: Math.max(height, width * full),
      height,
      radius: height / 2,
      fill: full >= nearlyFull ? 'crust' : 'basil',
      part,
    });
  return shapes;
}

function isDown(state: PartReplay): boolean {
  return state.state === partStates.down;
}

/** Slow, warming up or standing still. */
function isSlowed({ state }: PartReplay): boolean {
  return state === partStates.slow || state === partStates.paused || state === partStates.warming;
}

function slowedWord({ state, speedFactor }: PartReplay, isNarrow: boolean): string {
  if (state === partStates.paused) return spoken(texts.paused);
  const [word, withSpeed] = state === partStates.warming ? [texts.warming, texts.warmingAt] : [texts.slow, texts.slowAt];
  return isNarrow ? spoken(word) : spoken(withSpeed, { percent: Math.round(speedFactor * 100) });
}

/** Speed that it was built with, where it is not the usual one. */
function speedText({ part }: PartReplay): string {
  return part.speed === 1 ? '' : `${brief(part.speed)}×`;
}

function stateWord(state: PartReplay, { isInRotation }: Pick<ServerLook, 'isInRotation'>, isNarrow: boolean): string {
  const out = isInRotation ? '' : spoken(isNarrow ? texts.out : texts.outOfRotation);
  if (isDown(state)) return out && !isNarrow ? `${spoken(texts.down)}, ${out}` : spoken(texts.down);
  if (isSlowed(state)) return `${slowedWord(state, isNarrow)}${out ? `, ${out}` : ''}`;
  return out;
}

function stateSign(at: { x: number; y: number }, state: PartReplay, look: ServerLook, part: string, isNarrow: boolean): Shape[] {
  const sign = stateShape({ x: at.x + 5, y: at.y }, state, part);
  const left = sign.length > 0 ? 16 : 0;
  const fill: ColorName = isDown(state) ? 'char' : isSlowed(state) ? 'crust' : 'text';
  return [...sign, words({ x: at.x + left, y: at.y + 4.5 }, stateWord(state, look, isNarrow), { size: 12, weight: 600, fill, part })];
}

export function stateShape({ x, y }: { x: number; y: number }, state: PartReplay, part: string): Shape[] {
  if (isDown(state)) return [{ type: 'cross', x, y, radius: 5, stroke: 'char', strokeWidth: 2.5, part }];
  if (isSlowed(state)) return [{ type: 'triangle', x, y, radius: 6, fill: 'crust', part }];
  return [];
}
