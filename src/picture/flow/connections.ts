// Connections that are pinned: from a client through the balancer to one server, each in a color of its own, side by side like cables.
// A part that has one says so by the level `connected to`: the number of the server, or below 0 for none. What is sent over a connection
// moves on its cable, and so do the answers.

import type { PartReplay, ReplayState } from '@by-the-slice/simulation';
import type { Shape } from '../shapes';
import { numberOf } from './columns';
import { bend, type Curve, curvePath, type Point, straight } from './geometry';
import type { Layout, LinkPlaced } from './layout';

/** From one cable to the next, in px. */
const pitch = 5;

interface Connection {
  client: number;
  server: number;
}

/** Who is connected to whom, by ids of parts. */
export function connectionsOf(levelNames: readonly string[], parts: readonly PartReplay[]): Connection[] {
  const level = levelNames.indexOf('connected to');
  if (level < 0) return [];
  return parts.filter(({ levels }) => levels[level] >= 0).map(({ part, levels }) => ({ client: part.id, server: levels[level] }));
}

export interface Cable extends Connection {
  /** Number of the client: its color. */
  number: number;
  /** Indices of the links that it runs along. */
  links: readonly [into: number, out: number];
  /** Up to where the room for the line begins, and from there to the server. */
  way: Curve[];
  lastPiece: Curve;
}

export function cablesOf(layout: Layout, levelNames: readonly string[], { parts }: ReplayState): Cable[] {
  const connections = connectionsOf(levelNames, parts);
  return connections.flatMap((connection, index): Cable[] => {
    const { client, server } = connection;
    const into = layout.links.find((link) => link?.from === client);
    const out = layout.links.find((link) => link?.from === into?.to && link?.to === server);
    const box = layout.placed[server]?.box;
    if (!into || !out || !box) return [];
    const aside = (index - (connections.length - 1) / 2) * pitch;
    const links = [into.index, out.index] as const;
    return [{ ...connection, number: numberOf(parts[client].part), links, ...cable(layout, into, out, aside, box) }];
  });
}

export function drawCables(cables: readonly Cable[]): Shape[] {
  return cables.map(({ number, way, lastPiece }) => ({
    type: 'path',
    d: [...way, lastPiece].map(curvePath).join(' '),
    stroke: `series-${number}`,
    strokeWidth: 2.5,
    opacity: 0.75,
  }));
}

function cable({ isVertical }: Layout, into: LinkPlaced, out: LinkPlaced, aside: number, server: Point): Pick<Cable, 'way' | 'lastPiece'> {
  const beside = (point: Point): Point => (isVertical ? { x: point.x + aside, y: point.y } : { x: point.x, y: point.y + aside });
  const [enters, leaves, arrives] = [beside(into.curve.to), beside(out.curve.from), beside(out.curve.to)];
  const end = isVertical ? { x: arrives.x, y: server.y } : { x: server.x, y: arrives.y };
  return {
    way: [bend(into.curve.from, enters, isVertical), straight(enters, leaves), bend(leaves, arrives, isVertical)],
    lastPiece: straight(arrives, end),
  };
}
