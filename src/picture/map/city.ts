// A city on the map and in the list beside it: as large as the crowd in it, its state by shape, its load in figures.

import { type PartReplay, partStates, spoken } from '@by-the-slice/simulation';
import type { Point, Rect } from '../flow/geometry';
import { counted, widthOf, words } from '../flow/text';
import type { ColorName, Shape } from '../shapes';
import { pictureWords } from '../words';

export interface CityLook {
  state: PartReplay;
  /** Recent share of its service places in use. */
  utilization: number;
  short: string;
  /** Where the name stands when it does not stand beneath. */
  label?: 'right';
}

const nearlyFull = 0.9;
const leastRadius = 6;
const greatestRadius = 20;

function isFull({ state, utilization }: CityLook): boolean {
  return utilization >= nearlyFull || state.waiting.length > state.part.concurrency;
}

function colorOf(look: CityLook): ColorName {
  if (look.state.state === partStates.down) return 'char';
  return isFull(look) ? 'crust' : 'basil';
}

/** Circle: well. Triangle: full. Cross: down. */
function sign(look: CityLook, { x, y }: Point, radius: number): Shape[] {
  const part = look.state.part.name;
  const color = colorOf(look);
  const ground: Shape = { type: 'circle', x, y, radius: radius + 2.5, fill: 'surface', part };
  if (color === 'char') {
    return [
      { ...ground, stroke: 'char', strokeWidth: 1.5 },
      { type: 'cross', x, y, radius: Math.max(4, radius * 0.6), stroke: 'char', strokeWidth: 3, part },
    ];
  }
  if (color === 'crust') return [ground, { type: 'triangle', x, y, radius: radius + 1, fill: 'crust', part }];
  return [ground, { type: 'circle', x, y, radius, fill: 'basil', part }];
}

function loadText({ state, utilization }: CityLook): string {
  if (state.state === partStates.down) return spoken(pictureWords.dark);
  const waiting = state.waiting.length;
  return `${Math.round(utilization * 100)} %${waiting > 0 ? ` +${counted(waiting)}` : ''}`;
}

function radiusOf({ state }: CityLook, scale: number): number {
  return Math.min(greatestRadius, leastRadius + 2 * Math.sqrt(state.inside)) * scale;
}

/** With its name and load beneath it, where there is room. */
export function drawCity(look: CityLook, at: Point, isNarrow: boolean): Shape[] {
  const { name, label } = look.state.part;
  const radius = radiusOf(look, isNarrow ? 0.6 : 1);
  const shapes = sign(look, at, radius);
  if (isNarrow) {
    shapes.push(words({ x: at.x, y: at.y - radius - 5 }, look.short, { size: 12, weight: 600, anchor: 'middle', part: name }));
    return shapes;
  }
  const load = loadText(look);
  if (look.label === 'right') {
    const x = at.x + radius + 7;
    shapes.push(words({ x, y: at.y - 1 }, label, { size: 13, weight: 600, part: name }));
    shapes.push(words({ x, y: at.y + 14 }, load, { size: 12, font: 'mono', part: name }));
    return shapes;
  }
  const y = at.y + radius + 17;
  const width = Math.max(widthOf(label, 13), widthOf(load, 12, 'mono')) + 10;
  shapes.push(
    { type: 'rectangle', x: at.x - width / 2, y: y - 13, width, height: 34, radius: 5, fill: 'surface', opacity: 0.8, part: name },
    words({ x: at.x, y }, label, { size: 13, weight: 600, anchor: 'middle', part: name }),
    words({ x: at.x, y: y + 16 }, load, { size: 12, font: 'mono', anchor: 'middle', part: name }),
  );
  return shapes;
}

/** A line of the list: sign, name, a bar as full as the city, its load. */
export function drawRow(look: CityLook, { x, y, width, height }: Rect): Shape[] {
  const { name, label } = look.state.part;
  const middle = y + height / 2;
  const barX = x + 142;
  const barWidth = Math.max(10, width - 142 - 84);
  const fill = colorOf(look);
  const shapes = sign(look, { x: x + 10, y: middle }, 6);
  shapes.push(
    words({ x: x + 24, y: middle + 4.5 }, look.short, { size: 12, font: 'mono', weight: 600, part: name }),
    words({ x: x + 46, y: middle + 4.5 }, label, { size: 13, part: name }),
    { type: 'rectangle', x: barX, y: middle - 3, width: barWidth, height: 6, radius: 3, fill: 'line', part: name },
  );
  const full = barWidth * Math.min(1, look.utilization);
  if (full > 0.5 && fill !== 'char')
    shapes.push({ type: 'rectangle', x: barX, y: middle - 3, width: full, height: 6, radius: 3, fill, part: name });
  shapes.push(words({ x: x + width, y: middle + 4.5 }, loadText(look), { size: 12, font: 'mono', anchor: 'end', part: name }));
  return shapes;
}
