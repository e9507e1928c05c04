// A request is a dot, as large as its work; an answer has the shape of its fate. Dots travel along the links.

import { fates } from '@by-the-slice/simulation';
import type { Shape } from '../shapes';
import type { Cable } from './connections';
import { bend, type Curve, distance, type Point, pointOn, reversed, straight } from './geometry';
import type { Layout, Placed } from './layout';
import { placeInLine } from './line';
import type { Move } from './moves';

export type Side = 'a' | 'b';

const usualRadius = 4.2;
/** Who only passes by is lighter than who waits; what went wrong is not. */
const passing = 0.55;
/** In and out of a line a dot is quick: what stands there waits, what glides is on a link. */
const haste = 0.3;

function dotRadius(size: number): number {
  return Math.min(5.6, Math.max(2.8, usualRadius * Math.sqrt(size)));
}

/** A request that waits, is served or is on its way in: filled for side A, hollow for side B. */
export function requestDot(at: Point, size: number, side: Side, part?: string, request?: number): Shape {
  const radius = dotRadius(size);
  const dot: Shape =
    side === 'a'
      ? { type: 'circle', x: at.x, y: at.y, radius, fill: 'tomato' }
      : { type: 'circle', x: at.x, y: at.y, radius: radius - 0.8, fill: 'surface', stroke: 'plum', strokeWidth: 1.8 };
  if (part !== undefined) dot.part = part;
  if (request !== undefined) dot.request = request;
  return dot;
}

/** Sign of a fate, alone or on the move. */
export function fateSign(fate: number, at: Point, radius: number, isLate = false): Shape {
  if (fate === fates.completed && isLate)
    return { type: 'circle', x: at.x, y: at.y, radius: radius - 0.5, fill: 'surface', stroke: 'char', strokeWidth: 1.5 };
  if (fate === fates.completed) return { type: 'circle', x: at.x, y: at.y, radius, fill: 'basil' };
  if (fate === fates.rejected) return { type: 'cross', x: at.x, y: at.y, radius, stroke: 'tomato', strokeWidth: 2.25 };
  if (fate === fates.failed || fate === fates.lost) return { type: 'cross', x: at.x, y: at.y, radius, stroke: 'char', strokeWidth: 2.25 };
  return { type: 'circle', x: at.x, y: at.y, radius: radius - 0.5, fill: 'surface', stroke: 'char', strokeWidth: 1.5, dash: [2, 1.5] };
}

export function drawMove(layout: Layout, move: Move, nowMs: number, side: Side, cables: readonly Cable[] = []): Shape | undefined {
  const cable = cableOf(cables, move);
  const track = cable ? trackOn(cable, move) : trackOf(layout, move);
  if (!track) return undefined;
  const share = (nowMs - move.departMs) / (move.arriveMs - move.departMs);
  const at = placeOn(track, Math.min(1, Math.max(0, share)), move, layout);
  // On a cable it must not take the cable's color.
  const opacity = cable ? 1 : passing;
  if (move.fate < 0) return { ...requestDot(at, move.size, side, undefined, move.request), opacity };
  const radius = dotRadius(move.size);
  const { request } = move;
  if (move.fate !== fates.completed) return { ...fateSign(move.fate, at, Math.max(4, radius)), request };
  return { ...fateSign(move.fate, at, radius * 0.7, move.isLate), opacity, request };
}

// ---- the way that a move takes ----

interface Track {
  pieces: Curve[];
  length: number;
}

/** Between the two ends of a connection that is open now. */
function cableOf(cables: readonly Cable[], { path, fate }: Move): Cable | undefined {
  if (cables.length === 0 || path.length !== 3) return undefined;
  const [client, server] = fate < 0 ? [path[0], path[2]] : [path[2], path[0]];
  return cables.find((one) => one.client === client && one.server === server);
}

function trackOn({ way, lastPiece }: Cable, { fate }: Move): Track {
  return measured(fate < 0 ? way : [hasty(reversed(lastPiece)), ...way.map(reversed).reverse()]);
}

const tracksOf = new WeakMap<Layout, Map<string, Track | undefined>>();

function trackOf(layout: Layout, { path, fate }: Move): Track | undefined {
  let tracks = tracksOf.get(layout);
  if (!tracks) {
    tracks = new Map();
    tracksOf.set(layout, tracks);
  }
  const key = `${fate < 0 ? 'in' : 'out'} ${path.join(' ')}`;
  if (!tracks.has(key)) tracks.set(key, fate < 0 ? trackIn(layout, path) : trackOut(layout, path));
  return tracks.get(key);
}

function trackIn(layout: Layout, path: readonly number[]): Track | undefined {
  const pieces: Curve[] = [];
  for (let step = 1; step < path.length; step++) {
    const link = layout.links.find((one) => one?.from === path[step - 1] && one.to === path[step]);
    if (!link) return undefined;
    join(pieces, link.curve);
  }
  return measured(pieces);
}

function trackOut(layout: Layout, path: readonly number[]): Track | undefined {
  const pieces: Curve[] = [];
  for (let step = 1; step < path.length; step++) {
    const link = layout.links.find((one) => one?.to === path[step - 1] && one.from === path[step]);
    const left = layout.placed[path[step - 1]];
    if (!link || !left) return undefined;
    if (left.lineGrows === 'up') {
      const edge = left.box.x + left.box.width - 12;
      const top = { x: edge, y: left.entry.y };
      join(pieces, hasty(straight({ x: edge, y: left.box.y + 8 }, top)));
      join(pieces, bend(top, link.back.to, true));
    } else {
      if (left.lineGrows === 'left') join(pieces, hasty(straight({ x: left.box.x + 8, y: link.back.from.y }, link.back.from)));
      else if (left.style === 'cell')
        join(pieces, straight({ x: left.box.x + left.box.width / 2, y: left.box.y + left.box.height / 2 }, link.back.from));
      join(pieces, link.back);
    }
  }
  return measured(pieces);
}

/** Adds a piece, and the straight way to where it begins. */
function join(pieces: Curve[], piece: Curve): void {
  const last = pieces[pieces.length - 1];
  if (last && distance(last.to, piece.from) > 0.5) pieces.push(straight(last.to, piece.from));
  pieces.push(piece);
}

function hasty(curve: Curve): Curve {
  return { ...curve, length: curve.length * haste };
}

function measured(pieces: Curve[]): Track {
  return { pieces, length: pieces.reduce((sum, { length }) => sum + length, 0) };
}

function placeOn({ pieces, length }: Track, share: number, move: Move, layout: Layout): Point {
  const end = pieces[pieces.length - 1].to;
  const goal = move.fate < 0 ? goalOf(layout.placed[move.path[move.path.length - 1]], move) : end;
  const rest = distance(end, goal) * haste;
  let way = share * (length + rest);
  for (const piece of pieces) {
    if (way <= piece.length) return pointOn(piece, piece.length > 0 ? way / piece.length : 1);
    way -= piece.length;
  }
  const part = rest > 0 ? Math.min(1, way / rest) : 1;
  return { x: end.x + (goal.x - end.x) * part, y: end.y + (goal.y - end.y) * part };
}

function goalOf(placed: Placed | undefined, { linePlace }: Move): Point {
  if (!placed) return { x: 0, y: 0 };
  const { box, style } = placed;
  if (style === 'cell') return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  if (linePlace > 0) return placeInLine(placed, linePlace - 1);
  if (placed.lineGrows === 'left') return { x: box.x + 8, y: box.y + box.height / 2 };
  if (placed.lineGrows === 'up') return { x: box.x + box.width / 2, y: box.y + 8 };
  return placed.entry;
}
