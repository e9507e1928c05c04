// Where everything stands. Wide: columns from left to right, each line in front of its server. Narrow: rows from top to
// bottom, each line above its server. Members that get too small for a line become cells of a grid.

import type { LinkDescription, PartDescription } from '@by-the-slice/simulation';
import type { Size } from '../shapes';
import { type Column, columnsOf, numberOf } from './columns';
import { bend, type Curve, centerOf, type Point, type Rect } from './geometry';

/** card: name, places, state on two lines. row: all on one line. cell: of a grid. node: a part without places. */
type Style = 'card' | 'row' | 'cell' | 'node';

export interface Placed {
  part: PartDescription;
  style: Style;
  box: Rect;
  /** Where those who wait are drawn; the head of the line is next to the box. */
  line?: Rect;
  /** Away from the box. */
  lineGrows?: 'left' | 'up';
  /** Where requests come in (the tail end of the room for the line) and where they go on. */
  entry: Point;
  exit: Point;
}

export interface LinkPlaced {
  /** Index in the description. */
  index: number;
  from: number;
  to: number;
  curve: Curve;
  /** The way of the answers, from `to` back to `from`. */
  back: Curve;
}

/** What is drawn for one link, or for all links of a grid together. */
export interface Road {
  curve: Curve;
  /** Indices in the description. */
  links: number[];
  from: number;
  to: number;
}

/** Cells of a grid share one frame and one road. */
interface Grid {
  frame: Rect;
  members: number[];
}

export interface Layout {
  /** Before zooming. */
  size: Size;
  /** A small system is drawn larger. */
  zoom: number;
  isVertical: boolean;
  /** By id; undefined for parts that are not drawn. */
  placed: (Placed | undefined)[];
  /** By index in the description. */
  links: (LinkPlaced | undefined)[];
  roads: Road[];
  grids: Grid[];
}

/** How far answers run beside the way of the requests. */
const laneGap = 11;
const margin = 12;
const narrow = 520;

export function layoutFlow(parts: readonly PartDescription[], links: readonly LinkDescription[], whole: Size): Layout {
  const columns = columnsOf(parts, links);
  const needed = neededWidth(columns, whole.height);
  const isVertical = whole.width < narrow || (whole.width < needed * 0.8 && whole.height > whole.width * 0.6);
  const isSmall = columns.length < 4 && columns.every((column) => column.parts.length === 1);
  const fits = isVertical ? whole.height / neededHeight(columns) : whole.width / needed;
  const zoom = isSmall ? Math.min(isVertical ? 1.12 : 1.25, fits) : Math.min(1, fits);
  const size = { width: whole.width / zoom, height: whole.height / zoom };
  const layout: Layout = { size, zoom, isVertical, placed: parts.map(() => undefined), links: [], roads: [], grids: [] };
  if (layout.isVertical) placeRows(layout, columns);
  else placeColumns(layout, columns);
  layout.links = links.map((link, index) => placeLink(layout, link, index));
  layout.roads = roadsOf(layout);
  return layout;
}

/** Below these sizes everything is drawn smaller. */
function neededWidth(columns: Column[], height: number): number {
  const { gap, serverBox } = wideMeasures(columns);
  return columns.reduce((sum, column) => sum + fixedWidth(column, height - 2 * margin, serverBox) + gap, 2 * margin - gap);
}

function neededHeight(columns: Column[]): number {
  return columns.reduce((sum, column) => sum + (isServing(column) && !column.isStack ? 92 : rowHeight(column)) + 24, 2 * margin - 24);
}

// ---- wide ----

const boxWidths: Partial<Record<PartDescription['kind'], number>> = { source: 116, client: 116, balancer: 92, cache: 116, network: 92 };
const serverWidth = 172;
/** Of a server when there are many columns. */
const smallServerWidth = 150;
/** The longest line in front of one of many servers, and of a single one, in px. */
const longestLine = 192;
const longestLineAlone = 252;
const placePitch = 12;

function placeColumns(layout: Layout, columns: Column[]): void {
  const { width, height } = layout.size;
  const inner = { top: margin, height: height - 2 * margin };
  const { gap, serverBox } = wideMeasures(columns);
  const fixed = columns.map((column) => fixedWidth(column, inner.height, serverBox));
  const shares = columns.map((column): number => (isServing(column) && !column.isStack ? 1 : 0));
  const shareSum = shares.reduce((sum, share) => sum + share, 0);
  const spare = width - 2 * margin - fixed.reduce((sum, one) => sum + one, 0) - gap * (columns.length - 1);
  let x = shareSum > 0 ? margin : margin + Math.max(0, spare / 2);
  columns.forEach((column, index) => {
    const room = fixed[index] + (shareSum > 0 ? (Math.max(0, spare) * shares[index]) / shareSum : 0);
    const area: Rect = { x, y: inner.top, width: room, height: inner.height };
    if (column.isStack) placeStack(layout, column, area);
    else placeColumn(layout, column, area, serverBox);
    x += room + gap;
  });
}

function wideMeasures(columns: Column[]): { gap: number; serverBox: number } {
  return columns.length > 3 ? { gap: 46, serverBox: smallServerWidth } : { gap: 60, serverBox: serverWidth };
}

/** Those who serve have a line before them, and so has a queue that others take from. */
function hasLine({ concurrency, kind }: PartDescription): boolean {
  return concurrency > 0 || kind === 'queue';
}

function isServing({ parts }: Column): boolean {
  return parts.some(hasLine);
}

function fixedWidth(column: Column, height: number, serverBox: number): number {
  const widest = Math.max(...column.parts.map((part) => (hasLine(part) ? serverBox : (boxWidths[part.kind] ?? 110))));
  if (column.isStack || !isServing(column)) return widest;
  return height / column.parts.length < smallestRow ? 220 : serverBox + 56;
}

const smallestRow = 32;

function placeColumn(layout: Layout, { parts }: Column, area: Rect, serverBox: number): void {
  const pitch = area.height / parts.length;
  const serving = parts.some(hasLine);
  if (parts.length > 1 && pitch < smallestRow) {
    placeGrid(layout, parts, area);
    return;
  }
  const step = Math.min(pitch, serving ? 88 : 110);
  const top = area.y + (area.height - step * parts.length) / 2;
  parts.forEach((part, index) => {
    const middle = top + step * (index + 0.5);
    if (serving) placeServer(layout, part, area, middle, parts.length === 1 ? 0 : step, serverBox);
    else placeNode(layout, part, { x: area.x, y: middle - nodeHeight(part) / 2, width: area.width, height: nodeHeight(part) });
  });
}

function nodeHeight(part: PartDescription): number {
  if (isOneOfMany(part)) return 38;
  return part.kind === 'source' ? 96 : part.kind === 'balancer' ? 52 : 58;
}

/** A source among others, `clients/3`: it has a small box, without the counts of the whole run. */
export function isOneOfMany(part: PartDescription): boolean {
  return part.kind === 'source' && numberOf(part) > 0;
}

/** @param step room from one to the next; 0: it is the only one. */
function placeServer(layout: Layout, part: PartDescription, area: Rect, middle: number, step: number, serverBox: number): void {
  const alone = step === 0;
  const width = alone ? Math.min(168, serverBox) : serverBox;
  const height = alone ? 104 : Math.min(64, step - (step > 44 ? 8 : 4));
  const box: Rect = { x: area.x + area.width - width, y: middle - height / 2, width, height };
  // A long line turns under itself as often as the next server leaves room for: one sees how long it is.
  const below = alone ? area.y + area.height - middle : Math.max(9, step / 2 - 6);
  const room = Math.max(placePitch, Math.min(alone ? longestLineAlone : longestLine, area.width - width - 8));
  const lineWidth = Math.min(room, Math.max(0, part.queueCapacity) * placePitch);
  const line: Rect = { x: box.x - 6 - lineWidth, y: middle - 9, width: lineWidth, height: 9 + below };
  layout.placed[part.id] = {
    part,
    style: height >= 46 ? 'card' : 'row',
    box,
    line,
    lineGrows: 'left',
    entry: { x: line.x, y: middle },
    exit: { x: box.x + width, y: middle },
  };
}

function placeNode(layout: Layout, part: PartDescription, box: Rect): void {
  const { y } = centerOf(box);
  const center = centerOf(box);
  layout.placed[part.id] = layout.isVertical
    ? { part, style: 'node', box, entry: { x: center.x, y: box.y }, exit: { x: center.x, y: box.y + box.height } }
    : { part, style: 'node', box, entry: { x: box.x, y }, exit: { x: box.x + box.width, y } };
}

/** One above the other, with room for a line above those who serve. */
function placeStack(layout: Layout, { parts }: Column, area: Rect): void {
  const heights = parts.map((part): number => (hasLine(part) ? 64 : nodeHeight(part)));
  const gaps = parts.map((part, index): number => (index === 0 ? 0 : hasLine(part) ? 78 : 46));
  const whole = heights.reduce((sum, height) => sum + height, 0) + gaps.reduce((sum, gap) => sum + gap, 0);
  let y = area.y + (area.height - whole) / 2;
  parts.forEach((part, index) => {
    y += gaps[index];
    const box: Rect = { x: area.x, y, width: area.width, height: heights[index] };
    placeNode(layout, part, box);
    const placed = layout.placed[part.id];
    if (placed && hasLine(part)) {
      placed.style = 'card';
      placed.line = { x: area.x, y: y - 52, width: area.width, height: 46 };
      placed.lineGrows = 'up';
      placed.entry = { x: area.x + area.width / 2, y: y - 56 };
    }
    y += heights[index];
  });
}

function placeGrid(layout: Layout, parts: readonly PartDescription[], frame: Rect): void {
  const inner: Rect = { x: frame.x + 8, y: frame.y + 8, width: frame.width - 16, height: frame.height - 16 };
  let best = { columns: 1, score: 0 };
  for (let columns = 1; columns <= parts.length; columns++) {
    const width = inner.width / columns;
    const height = inner.height / Math.ceil(parts.length / columns);
    const score = Math.min(width / 1.35, height);
    if (score > best.score) best = { columns, score };
  }
  const rows = Math.ceil(parts.length / best.columns);
  const cell = { width: inner.width / best.columns, height: inner.height / rows };
  const gap = cell.width > 60 ? 6 : 4;
  parts.forEach((part, index) => {
    const box: Rect = {
      x: inner.x + (index % best.columns) * cell.width + gap / 2,
      y: inner.y + Math.floor(index / best.columns) * cell.height + gap / 2,
      width: cell.width - gap,
      height: cell.height - gap,
    };
    const { x, y } = centerOf(box);
    const ends = layout.isVertical
      ? [
          { x, y: frame.y },
          { x, y: frame.y + frame.height },
        ]
      : [
          { x: frame.x, y },
          { x: frame.x + frame.width, y },
        ];
    layout.placed[part.id] = { part, style: 'cell', box, entry: ends[0], exit: ends[1] };
  });
  layout.grids.push({ frame, members: parts.map(({ id }) => id) });
}

// ---- narrow ----

function placeRows(layout: Layout, columns: Column[]): void {
  const { width, height } = layout.size;
  const gap = columns.length > 3 ? 24 : 30;
  const heights = columns.map((column) => (isServing(column) && !column.isStack ? 0 : rowHeight(column)));
  const growing = heights.filter((one) => one === 0).length;
  const spare = height - 2 * margin - gap * (columns.length - 1) - heights.reduce((sum, one) => sum + one, 0);
  let y = margin;
  columns.forEach((column, index) => {
    const room = heights[index] > 0 ? heights[index] : spare / growing;
    const area: Rect = { x: margin, y, width: width - 2 * margin, height: room };
    if (heights[index] > 0) placeAbreast(layout, column, area);
    else placeServersBelowLines(layout, column, area);
    y += room + gap;
  });
}

function rowHeight({ parts }: Column): number {
  return Math.max(...parts.map((part) => (hasLine(part) ? 56 : part.kind === 'balancer' || isOneOfMany(part) ? 34 : 54)));
}

/** Side by side; a stack flows from left to right. */
function placeAbreast(layout: Layout, { parts, isStack }: Column, area: Rect): void {
  const gap = isStack ? 30 : parts.length > 6 ? 5 : 12;
  const lineRoom = isStack && parts.some(hasLine) ? 36 : 0;
  const width = Math.min(parts.length === 1 ? 200 : 160, (area.width - gap * (parts.length - 1) - lineRoom) / parts.length);
  let x = area.x + (area.width - width * parts.length - gap * (parts.length - 1) - lineRoom) / 2;
  for (const part of parts) {
    if (hasLine(part)) x += lineRoom;
    const box: Rect = { x, y: area.y, width, height: area.height };
    placeNode(layout, part, box);
    const placed = layout.placed[part.id];
    const { y } = centerOf(box);
    if (placed && hasLine(part)) {
      placed.style = 'card';
      placed.line = { x: x - lineRoom, y: y - 9, width: lineRoom - 6, height: 18 };
      placed.lineGrows = 'left';
      placed.entry = { x: x - lineRoom, y };
    } else if (placed && isStack && part !== parts[0]) {
      placed.exit = { x: box.x + box.width / 2, y: box.y + box.height };
    }
    x += width + gap;
  }
}

function placeServersBelowLines(layout: Layout, { parts }: Column, area: Rect): void {
  if (parts.length > 4) {
    placeGrid(layout, parts, area);
    return;
  }
  const step = area.width / parts.length;
  const height = Math.min(66, area.height * 0.62);
  parts.forEach((part, index) => {
    const width = parts.length === 1 ? 200 : step - 6;
    const middle = area.x + step * (index + 0.5);
    const box: Rect = { x: middle - width / 2, y: area.y + area.height - height, width, height };
    const room = parts.length === 1 ? area.width - 40 : width - 14;
    layout.placed[part.id] = {
      part,
      style: 'card',
      box,
      line: { x: middle - room / 2, y: area.y, width: room, height: area.height - height - 5 },
      lineGrows: 'up',
      entry: { x: middle, y: area.y },
      exit: { x: middle, y: area.y + area.height },
    };
  });
}

// ---- links ----

function placeLink(layout: Layout, { from, to }: LinkDescription, index: number): LinkPlaced | undefined {
  const start = layout.placed[from];
  const end = layout.placed[to];
  if (!start || !end) return undefined;
  const sameX = Math.abs(centerOf(start.box).x - centerOf(end.box).x) < 1;
  const sameY = Math.abs(centerOf(start.box).y - centerOf(end.box).y) < 1;
  const isDown = layout.isVertical ? !(sameY && end.box.x > start.box.x) : sameX && end.box.y > start.box.y;
  const turned = isDown !== layout.isVertical;
  const out = turned ? sideOf(start.box, isDown) : start.exit;
  const into = turned && !end.line ? oppositeSideOf(end.box, isDown) : end.entry;
  const shift = isDown ? { x: laneGap, y: 0 } : { x: 0, y: -laneGap };
  return {
    index,
    from,
    to,
    curve: bend(out, into, isDown),
    back: bend({ x: into.x + shift.x, y: into.y + shift.y }, { x: out.x + shift.x, y: out.y + shift.y }, isDown),
  };
}

function sideOf(box: Rect, isDown: boolean): Point {
  const center = centerOf(box);
  return isDown ? { x: center.x, y: box.y + box.height } : { x: box.x + box.width, y: center.y };
}

function oppositeSideOf(box: Rect, isDown: boolean): Point {
  const center = centerOf(box);
  return isDown ? { x: center.x, y: box.y } : { x: box.x, y: center.y };
}

function roadsOf({ links, grids, isVertical }: Layout): Road[] {
  const roads = new Map<string, Road>();
  for (const link of links) {
    if (!link) continue;
    const into = grids.findIndex(({ members }) => members.includes(link.to));
    const out = grids.findIndex(({ members }) => members.includes(link.from));
    const key = `${out < 0 ? `part ${link.from}` : out} ${into < 0 ? `part ${link.to}` : into}`;
    const known = roads.get(key);
    if (known) {
      known.links.push(link.index);
      continue;
    }
    const from = out < 0 ? link.curve.from : edgeOf(grids[out].frame, isVertical, 1);
    const to = into < 0 ? link.curve.to : edgeOf(grids[into].frame, isVertical, 0);
    roads.set(key, {
      curve: into < 0 && out < 0 ? link.curve : bend(from, to, isVertical),
      links: [link.index],
      from: link.from,
      to: link.to,
    });
  }
  return [...roads.values()];
}

/** Middle of the side where requests come in (0) or go out (1). */
function edgeOf({ x, y, width, height }: Rect, isVertical: boolean, side: 0 | 1): Point {
  return isVertical ? { x: x + width / 2, y: y + height * side } : { x: x + width * side, y: y + height / 2 };
}
