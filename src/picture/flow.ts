// A system of parts at one instant, as shapes: requests flow from their source along the links; those who wait stand in
// a line in front of whoever serves them. Pure: the same state, moves and options give the same shapes.

import {
  type LinkDescription,
  type PartDescription,
  type PartReplay,
  partStates,
  type ReplayState,
  spoken,
  type Trace,
} from '@by-the-slice/simulation';
import { cablesOf, drawCables } from './flow/connections';
import { drawMove, requestDot, type Side } from './flow/dots';
import { type Layout, layoutFlow, type Placed } from './flow/layout';
import { dotsShown, floorOf, placeInLine } from './flow/line';
import type { Move } from './flow/moves';
import { drawNode, type NodeLook } from './flow/nodes';
import { drawRates, drawRoads } from './flow/roads';
import { drawServer } from './flow/servers';
import { counted, words } from './flow/text';
import { zoomed } from './flow/zoom';
import type { PictureOf, SceneOptions } from './scene';
import type { Shape, Size } from './shapes';
import { pictureWords } from './words';

export type { Side } from './flow/dots';
export type { Move } from './flow/moves';

/** What does not change during a run. */
export interface FlowDescription {
  parts: readonly PartDescription[];
  links: readonly LinkDescription[];
  levelNames: readonly string[];
  /** The recording began with the run. */
  hasCounts: boolean;
  /** What the page calls a request. */
  request: string;
  requests: string;
  /** Draws it in place of the flow. */
  map?: PictureOf;
}

export interface FlowOptions {
  size: Size;
  side?: Side;
  /** Moves in one second of watching; above 200, flows are drawn, and dots only for a sample. */
  movesPerSecond?: number;
  /** Requests per simulated second on each link, by its index: needed for flows. */
  rates?: ArrayLike<number>;
  /** Recent share of places in use, by id of the part. Default: the share in use at this instant. */
  utilization?: ArrayLike<number>;
  /** Work of a request over the mean work. Default: all alike. */
  sizeOf?: (request: number) => number;
}

/** More moves than this in a second of watching cannot be followed. */
export const mostMovesPerSecond = 200;
/** Of them, so many are still shown as dots upon the flows, so that one sees which way things go. */
const sampledPerSecond = 40;

export function describeFlow(trace: Trace, scene?: SceneOptions): FlowDescription {
  return {
    parts: trace.partList,
    links: trace.links,
    levelNames: trace.levelNames,
    hasCounts: trace.fromMs === 0,
    request: scene?.words?.request ?? 'request',
    requests: scene?.words?.requests ?? 'requests',
    map: scene?.map,
  };
}

export function drawFlow(description: FlowDescription, state: ReplayState, moves: readonly Move[], options: FlowOptions): Shape[] {
  if (description.map) return description.map.shapes(description, state, moves, options);
  const layout = layoutOf(description, options.size);
  const side = options.side ?? 'a';
  const showsFlows = options.rates !== undefined && (options.movesPerSecond ?? 0) > mostMovesPerSecond;
  const shapes: Shape[] = [];
  const isOpen = (part: number): boolean => isInRotation(description, state.parts[part]);
  const cables = cablesOf(layout, description.levelNames, state);
  const covered = new Set(cables.flatMap(({ links }) => links));
  shapes.push(...drawRoads(layout, isOpen, covered, showsFlows ? options.rates : undefined, side));
  shapes.push(...drawCables(cables));
  for (const { frame } of layout.grids)
    shapes.push({ type: 'rectangle', ...frame, radius: 10, fill: 'surface', stroke: 'line', strokeWidth: 1.25 });
  const rotation = rotationOf(description, state);
  const look: NodeLook = { isVertical: layout.isVertical, levelNames: description.levelNames, rotation, hasCounts: description.hasCounts };
  const sizeOf = options.sizeOf ?? (() => 1);
  const drawPart = (placed: Placed): void => {
    const part = state.parts[placed.part.id];
    if (!part.exists) {
      if (placed.style === 'cell') shapes.push(emptyPlace(placed));
      return;
    }
    if (placed.part.concurrency === 0) {
      shapes.push(...drawNode(placed, part, state, look));
      return;
    }
    const now = part.busy / placed.part.concurrency;
    const utilization = options.utilization?.[placed.part.id] ?? now;
    shapes.push(
      ...drawServer(placed, part, { side, nowMs: state.timeMs, utilization, isInRotation: isInRotation(description, part), sizeOf }),
    );
  };
  const drawn = layout.placed.filter((placed): placed is Placed => placed !== undefined);
  for (const placed of drawn) {
    const part = state.parts[placed.part.id];
    const reached = cables.some(({ server }) => server === part.part.id) ? 'by cable' : isOpen(part.part.id) ? 'by road' : 'not';
    drawLine(shapes, placed, part, reached, side, sizeOf);
  }
  const every = showsFlows ? Math.ceil((options.movesPerSecond ?? 0) / sampledPerSecond) : 1;
  for (const move of moves) {
    if (move.request % every !== 0) continue;
    const shape = drawMove(layout, move, state.timeMs, side, cables);
    if (shape) shapes.push(shape);
  }
  if (showsFlows && options.rates) shapes.push(...drawRates(layout, options.rates));
  drawn.forEach(drawPart);
  if (every > 1) shapes.push(sampleNote(layout, description.request, every));
  return layout.zoom === 1 ? shapes : shapes.map((shape) => zoomed(shape, layout.zoom));
}

export interface PartBox {
  name: string;
  id: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where the parts stand, for what lies over the picture: buttons, menus. By name, in the order of the flow. */
export function partBoxes(description: FlowDescription, size: Size): PartBox[] {
  if (description.map) return description.map.boxes(description, size);
  const { placed, zoom, isVertical } = layoutOf(description, size);
  const boxes = placed
    .filter((one): one is Placed => one !== undefined)
    .map(({ part, box }) => ({
      name: part.name,
      id: part.id,
      x: box.x * zoom,
      y: box.y * zoom,
      width: box.width * zoom,
      height: box.height * zoom,
    }));
  return boxes.sort((a, b) => (isVertical ? a.y - b.y || a.x - b.x : a.x - b.x || a.y - b.y));
}

export function isInRotation({ levelNames }: FlowDescription, part: PartReplay): boolean {
  const level = levelNames.indexOf('in rotation');
  return part.state !== partStates.removedFromRotation && !(level >= 0 && part.levels[level] === 0);
}

// ---- within ----

interface KnownLayout {
  size: Size;
  layout: Layout;
}
const known = new WeakMap<FlowDescription, KnownLayout[]>();
const mostKnown = 4;

function layoutOf(description: FlowDescription, size: Size): Layout {
  const layouts = known.get(description) ?? [];
  known.set(description, layouts);
  const found = layouts.find((one) => one.size.width === size.width && one.size.height === size.height);
  if (found) return found.layout;
  const layout = layoutFlow(description.parts, description.links, size);
  layouts.push({ size: { ...size }, layout });
  if (layouts.length > mostKnown) layouts.shift();
  return layout;
}

function sampleNote({ size, isVertical }: Layout, request: string, every: number): Shape {
  const at = isVertical ? { x: size.width - 12, y: 10 } : { x: 12, y: size.height - 6 };
  return words(at, spoken(pictureWords.sample, { request, every }), { size: 12, anchor: isVertical ? 'end' : 'start', fill: 'quiet' });
}

/** Where a member of a fleet may come. */
function emptyPlace({ box, part }: Placed): Shape {
  return { type: 'rectangle', ...box, radius: 5, fill: 'none', stroke: 'line', strokeWidth: 1, part: part.name };
}

function rotationOf(description: FlowDescription, state: ReplayState): [number, number] {
  const balancer = description.parts.find(({ kind }) => kind === 'balancer');
  if (!balancer) return [0, 0];
  const members = description.links.filter(({ from }) => from === balancer.id);
  return [members.filter(({ to }) => isInRotation(description, state.parts[to])).length, members.length];
}

function drawLine(
  shapes: Shape[],
  placed: Placed,
  state: PartReplay,
  reached: 'by road' | 'by cable' | 'not',
  side: Side,
  sizeOf: (request: number) => number,
): void {
  const { waiting } = state;
  const floor = floorOf(placed, waiting.length);
  if (!floor) return;
  const { name } = placed.part;
  shapes.push({ type: 'rectangle', ...floor, radius: 9, fill: 'line', opacity: 0.6, part: name });
  if (reached !== 'by cable' && placed.lineGrows === 'up' && floor.y > placed.entry.y) {
    shapes.push({
      type: 'line',
      x1: placed.entry.x,
      y1: placed.entry.y,
      x2: placed.entry.x,
      y2: floor.y,
      stroke: 'quiet',
      strokeWidth: 1.25,
      opacity: reached === 'by road' ? 0.5 : 0.3,
      ...(reached === 'by road' ? {} : { dash: [4, 5] }),
    });
  }
  const shown = dotsShown(placed, waiting.length);
  for (let place = 0; place < shown; place++) {
    const request = waiting.at(place);
    shapes.push(requestDot(placeInLine(placed, place), sizeOf(request), side, name, request));
  }
  if (shown === waiting.length) return;
  const first = placeInLine(placed, shown);
  const last = placeInLine(placed, shown + 2);
  shapes.push(
    words({ x: (first.x + last.x) / 2, y: first.y + 4.5 }, `+${counted(waiting.length - shown)}`, {
      size: 12,
      font: 'mono',
      weight: 600,
      anchor: 'middle',
      part: name,
    }),
  );
}
