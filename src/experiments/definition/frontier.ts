// A picture of designs by price and response time, both on scales where equal steps are equal factors. Circles are single machines,
// squares are fleets; filled ones are available enough. Dominated designs are faint, and the reader's own carries its name.

import { log, spoken } from '@by-the-slice/simulation';
import type { Shape, Size } from '../../picture/shapes';
import { formatDecimals, formatNumber } from './number';
import { spokenLabel } from './spokenParts';

/** For translators: among the `sentences` of the experiment that is drawn so. */
export const frontierWords = {
  p95: 'p95, ms (lower is faster)',
  price: 'price a month, in small machines',
  budget: 'budget',
  target: 'p95 target',
  yours: 'yours: {design}',
  legend: '● one machine  ■ several · filled: available {target} or more · faint: dominated',
  cannotCarry: '{design} cannot carry this load.',
  onFrontier: '{design} is on the frontier: whatever is cheaper is slower or down more.',
  beaten: '{design} {price}, {speed}, and {down}.',
  costsLess: 'costs less',
  costsTheSame: 'costs the same',
  sooner: 'answers sooner',
  asFast: 'answers as fast',
  lessDown: 'is down {time} a year less',
  asSeldom: 'is down as seldom',
} as const;

interface FrontierDesign {
  name: string;
  cost: number;
  p95Ms: number;
  isSingle: boolean;
  /** Meets the availability target. */
  isAvailable: boolean;
  isOnFrontier: boolean;
  isOwn: boolean;
}

export interface Frontier {
  designs: FrontierDesign[];
  budget: number;
  targetP95Ms: number;
  /** The availability target in words. */
  target: string;
  /** The reader's design, whether it is among the designs, and what beats it by what. */
  own: { name: string; carriesLoad: boolean };
  better?: { name: string; isCheaper: boolean; isFaster: boolean; lessDownMinutes: number };
}

interface Places {
  size: Size;
  plot: { left: number; right: number; top: number; bottom: number };
  /** Letters in a line below the plot. */
  lineLength: number;
  markRadius: number;
}

const wide: Places = {
  size: { width: 640, height: 440 },
  plot: { left: 48, right: 628, top: 34, bottom: 350 },
  lineLength: 96,
  markRadius: 6,
};
const narrow: Places = {
  size: { width: 340, height: 480 },
  plot: { left: 44, right: 332, top: 34, bottom: 320 },
  lineLength: 46,
  markRadius: 5,
};

export const frontierSizes = { wide: wide.size, narrow: narrow.size };

/** Designs slower or dearer than this many times the best are beyond the edge, and stand on it. */
const widest = 60;

interface Scale {
  low: number;
  high: number;
  place(value: number): number;
}

function scaleOf(values: number[], from: number, to: number): Scale {
  const least = Math.min(...values);
  const low = least / 1.25;
  const high = Math.max(low * 2.5, Math.min(Math.max(...values) * 1.25, least * widest));
  const ratio = log(high / low);
  return { low, high, place: (value) => from + ((to - from) * log(Math.min(high, Math.max(low, value)) / low)) / ratio };
}

export function drawFrontier(frontier: Frontier, isNarrow: boolean): Shape[] {
  const places = isNarrow ? narrow : wide;
  const { left, right, top, bottom } = places.plot;
  const x = scaleOf([...frontier.designs.map(({ cost }) => cost), frontier.budget], left, right);
  const y = scaleOf([...frontier.designs.map(({ p95Ms }) => p95Ms), frontier.targetP95Ms], bottom, top);
  const named = placedNames(frontier.designs, x, y, places);
  return [
    ...axes(x, y, places),
    ...targets(frontier, x, y, places),
    ...frontier.designs.filter(isFaint).map((design) => mark(design, x, y, places)),
    ...named.map(backing),
    ...frontier.designs.filter((design) => !isFaint(design)).flatMap((design) => [...ringOf(design, x, y), mark(design, x, y, places)]),
    ...named.map(nameOf),
    ...wordsBelow(frontier, places),
  ];
}

function isFaint({ isOnFrontier, isOwn }: FrontierDesign): boolean {
  return !isOnFrontier && !isOwn;
}

/** 1, 2, 5, 10 … within the scale; closer ones where these would be fewer than three. */
function ticks(scale: Scale): number[] {
  const few = ticksAt(scale, [1, 2, 5]);
  return few.length > 2 ? few : ticksAt(scale, [1, 1.5, 2, 3, 4, 5, 6, 8]);
}

function ticksAt({ low, high }: Scale, steps: readonly number[]): number[] {
  const all: number[] = [];
  for (let decade = 0.1; decade < high; decade *= 10) all.push(...steps.map((step) => step * decade));
  return all.map((tick) => Math.round(tick * 10) / 10).filter((tick) => tick >= low && tick <= high);
}

function tickText(tick: number): string {
  return formatDecimals(tick, Number.isInteger(tick) ? 0 : 1);
}

function axes(x: Scale, y: Scale, { plot }: Places): Shape[] {
  const { left, right, top, bottom } = plot;
  return [
    ...ticks(x).flatMap((tick): Shape[] => [
      { type: 'line', x1: x.place(tick), y1: top, x2: x.place(tick), y2: bottom, stroke: 'line', strokeWidth: 1 },
      { type: 'text', x: x.place(tick), y: bottom + 16, text: tickText(tick), size: 12, font: 'mono', anchor: 'middle', fill: 'quiet' },
    ]),
    ...ticks(y).flatMap((tick): Shape[] => [
      { type: 'line', x1: left, y1: y.place(tick), x2: right, y2: y.place(tick), stroke: 'line', strokeWidth: 1 },
      { type: 'text', x: left - 6, y: y.place(tick) + 4, text: tickText(tick), size: 12, font: 'mono', anchor: 'end', fill: 'quiet' },
    ]),
    { type: 'text', x: 4, y: 14, text: spoken(frontierWords.p95), size: 12, fill: 'quiet' },
    { type: 'text', x: right, y: bottom + 33, text: spoken(frontierWords.price), size: 12, anchor: 'end', fill: 'quiet' },
  ];
}

function targets({ budget, targetP95Ms }: Frontier, x: Scale, y: Scale, { plot }: Places): Shape[] {
  const { left, right, top, bottom } = plot;
  const dashed = { stroke: 'blueprint', dash: [4, 3], strokeWidth: 1.5 } as const;
  return [
    { type: 'line', x1: x.place(budget), y1: top, x2: x.place(budget), y2: bottom, ...dashed },
    { type: 'text', x: x.place(budget), y: top - 5, text: spoken(frontierWords.budget), size: 12, anchor: 'middle', fill: 'blueprint' },
    { type: 'line', x1: left, y1: y.place(targetP95Ms), x2: right, y2: y.place(targetP95Ms), ...dashed },
    { type: 'text', x: right, y: y.place(targetP95Ms) - 4, text: spoken(frontierWords.target), size: 12, anchor: 'end', fill: 'blueprint' },
  ];
}

function mark(design: FrontierDesign, x: Scale, y: Scale, { markRadius }: Places): Shape {
  const color = design.isSingle ? 'plum' : 'basil';
  const at = { x: x.place(design.cost), y: y.place(design.p95Ms) };
  const paint = {
    fill: design.isAvailable ? color : 'surface',
    stroke: color,
    strokeWidth: 2,
    opacity: isFaint(design) ? 0.3 : 1,
  } as const;
  if (design.isSingle) return { type: 'circle', ...at, radius: markRadius, ...paint };
  const side = 2 * markRadius - 1;
  return { type: 'rectangle', x: at.x - side / 2, y: at.y - side / 2, width: side, height: side, radius: 1, ...paint };
}

function ringOf(design: FrontierDesign, x: Scale, y: Scale): Shape[] {
  if (!design.isOwn) return [];
  return [
    { type: 'circle', x: x.place(design.cost), y: y.place(design.p95Ms), radius: 12, fill: 'none', stroke: 'tomato', strokeWidth: 3 },
  ];
}

interface PlacedName {
  text: string;
  isOwn: boolean;
  /** Middle of its base line. */
  x: number;
  y: number;
  width: number;
}

/** The reader's design first, then those of the frontier that have room for their name. None stands on a mark that counts. */
function placedNames(designs: FrontierDesign[], x: Scale, y: Scale, { plot }: Places): PlacedName[] {
  const wanted = designs.filter((design) => !isFaint(design)).sort((a, b) => Number(b.isOwn) - Number(a.isOwn));
  const marks = wanted.map(({ cost, p95Ms }) => ({ x: x.place(cost), y: y.place(p95Ms) + 4, width: 14 }));
  const names: PlacedName[] = [];
  for (const { isOwn, name, cost, p95Ms } of wanted) {
    const design = spokenLabel(name);
    const text = isOwn ? spoken(frontierWords.yours, { design }) : design;
    const width = text.length * 6.4;
    const middle = Math.min(plot.right - width / 2, Math.max(plot.left + width / 2, x.place(cost)));
    const above = y.place(p95Ms) - (isOwn ? 17 : 11);
    const isFree = (base: number): boolean =>
      base > plot.top + 10 &&
      base < plot.bottom &&
      ![...marks, ...names].some((other) => Math.abs(other.x - middle) < (other.width + width) / 2 + 2 && Math.abs(other.y - base) < 14);
    const base = [above, above + (isOwn ? 42 : 32), above - 16].find(isFree);
    if (base === undefined && !isOwn) continue;
    names.push({ text, isOwn, x: middle, y: base ?? above, width });
  }
  return names;
}

/** Faint marks and lines behind a name would be read into it. */
function backing({ x, y, width }: PlacedName): Shape {
  return { type: 'rectangle', x: x - width / 2 - 2, y: y - 12, width: width + 4, height: 16, radius: 4, fill: 'surface', opacity: 0.85 };
}

function nameOf({ text, isOwn, x, y }: PlacedName): Shape {
  return { type: 'text', x, y, text, size: 12, anchor: 'middle', weight: isOwn ? 700 : 400, fill: isOwn ? 'tomato' : 'text' };
}

function wordsBelow(frontier: Frontier, { plot, size, lineLength }: Places): Shape[] {
  const legend = broken(spoken(frontierWords.legend, { target: frontier.target }), lineLength);
  const said = broken(verdict(frontier), Math.floor(lineLength * 0.85));
  const first = plot.bottom + 56;
  const middle = { type: 'text', x: size.width / 2, anchor: 'middle' } as const;
  return [
    ...said.map((text, index): Shape => ({ ...middle, y: first + index * 19, text, size: 14, weight: 600, fill: 'text' })),
    ...legend.map((text, index): Shape => ({ ...middle, y: first + said.length * 19 + 6 + index * 16, text, size: 12, fill: 'quiet' })),
  ];
}

function verdict({ own, better }: Frontier): string {
  const design = spokenLabel((better ?? own).name);
  if (!own.carriesLoad) return spoken(frontierWords.cannotCarry, { design });
  if (!better) return spoken(frontierWords.onFrontier, { design });
  const price = spoken(better.isCheaper ? frontierWords.costsLess : frontierWords.costsTheSame);
  const speed = spoken(better.isFaster ? frontierWords.sooner : frontierWords.asFast);
  const { lessDownMinutes: minutes } = better;
  const down = minutes > 0 ? spoken(frontierWords.lessDown, { time: span(minutes) }) : spoken(frontierWords.asSeldom);
  return spoken(frontierWords.beaten, { design, price, speed, down });
}

function span(minutes: number): string {
  return minutes >= 120 ? formatNumber(Math.round(minutes / 60), 'h') : formatNumber(Math.round(minutes), 'min');
}

function broken(text: string, length: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== '' && last.length + word.length >= length) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
