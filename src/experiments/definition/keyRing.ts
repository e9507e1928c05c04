// A picture for ways to place keys: a ring of sample keys in the order that the scheme sees them, owners before inside,
// owners after outside, and between them a sign for each key that moved. Beside it, what each shard holds and must serve.

import { cos, sin } from '@by-the-slice/simulation';
import type { ColorName, Shape } from '../../picture/shapes';

export interface KeyRing {
  /** Owner of each sample key before and after, in the order of the ring; -1: nobody. */
  before: number[];
  after: number[];
  shardNames: string[];
  /** Share of the keys, and of the requests, of each shard after the change. */
  keyShares: number[];
  loadShares: number[];
  caption: string;
}

export const keyRingSize = { width: 720, height: 400 };

const center = { x: 190, y: 200 };
const rings = { before: [92, 118], moved: [122, 134], after: [138, 170] } as const;
const turn = 6.283185307179586;

export function colorOfShard(shard: number): ColorName {
  return shard < 0 ? 'char' : `series-${(shard % 12) + 1}`;
}

export function drawKeyRing(ring: KeyRing): Shape[] {
  const moved = ring.before.map((owner, index) => owner !== ring.after[index]);
  return [
    ...arcs(ring.before, rings.before, colorOfShard),
    ...arcs(
      moved.map((hasMoved) => (hasMoved ? 1 : -2)),
      rings.moved,
      () => 'tomato',
    ),
    ...arcs(ring.after, rings.after, colorOfShard),
    {
      type: 'text',
      x: center.x,
      y: center.y - 12,
      text: `${Math.round((moved.filter(Boolean).length / moved.length) * 100)} %`,
      size: 34,
      anchor: 'middle',
      weight: 700,
      font: 'mono',
      fill: 'text',
    },
    { type: 'text', x: center.x, y: center.y + 14, text: 'of these keys moved', size: 14, anchor: 'middle', fill: 'quiet' },
    { type: 'text', x: center.x, y: center.y + 36, text: 'inside: before', size: 12, anchor: 'middle', fill: 'quiet' },
    { type: 'text', x: center.x, y: center.y + 52, text: 'outside: after', size: 12, anchor: 'middle', fill: 'quiet' },
    { type: 'text', x: center.x, y: 392, text: ring.caption, size: 13, anchor: 'middle', fill: 'quiet' },
    ...shardBars(ring),
  ];
}

/** One piece for each run of neighbors with the same owner. -2 is drawn as nothing. */
function arcs(owners: number[], [inner, outer]: readonly [number, number], color: (owner: number) => ColorName): Shape[] {
  const shapes: Shape[] = [];
  let from = 0;
  for (let index = 1; index <= owners.length; index++) {
    if (index < owners.length && owners[index] === owners[from]) continue;
    if (owners[from] !== -2)
      shapes.push({
        type: 'path',
        d: arcPath(from / owners.length, index / owners.length, inner, outer),
        fill: color(owners[from]),
        stroke: 'surface',
        strokeWidth: 0.5,
      });
    from = index;
  }
  return shapes;
}

function arcPath(from: number, to: number, inner: number, outer: number): string {
  if (to - from >= 1) return `${arcPath(0, 0.5, inner, outer)} ${arcPath(0.5, 1, inner, outer)}`;
  const large = to - from > 0.5 ? 1 : 0;
  return `M ${point(from, outer)} A ${outer} ${outer} 0 ${large} 1 ${point(to, outer)} L ${point(to, inner)} A ${inner} ${inner} 0 ${large} 0 ${point(from, inner)} Z`;
}

function point(share: number, radius: number): string {
  const angle = share * turn;
  return `${round(center.x + radius * sin(angle))} ${round(center.y - radius * cos(angle))}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function shardBars({ shardNames, keyShares, loadShares }: KeyRing): Shape[] {
  const top = 34;
  const rowHeight = Math.min(44, 350 / shardNames.length);
  const left = 470;
  const longest = 190;
  const scale = longest / Math.max(...keyShares, ...loadShares, 2 / shardNames.length);
  const even = left + scale / shardNames.length;
  const showsNumbers = rowHeight >= 15;
  const shapes: Shape[] = [
    { type: 'text', x: left, y: 20, text: 'upper bar: keys held · lower bar: requests', size: 12, fill: 'quiet' },
    {
      type: 'line',
      x1: even,
      y1: top - 6,
      x2: even,
      y2: top + rowHeight * shardNames.length,
      stroke: 'blueprint',
      dash: [4, 3],
      strokeWidth: 1.5,
    },
  ];
  shardNames.forEach((name, shard) => {
    const y = top + shard * rowHeight;
    const bar = Math.max(2, Math.min(13, rowHeight * 0.36));
    shapes.push(
      {
        type: 'rectangle',
        x: left,
        y,
        width: Math.max(1, keyShares[shard] * scale),
        height: bar,
        radius: 2,
        fill: colorOfShard(shard),
        opacity: 0.55,
      },
      {
        type: 'rectangle',
        x: left,
        y: y + bar + 1,
        width: Math.max(1, loadShares[shard] * scale),
        height: bar,
        radius: 2,
        fill: colorOfShard(shard),
      },
    );
    if (showsNumbers) {
      shapes.push(
        { type: 'text', x: left - 8, y: y + bar + 5, text: name, size: 13, anchor: 'end', fill: 'text' },
        {
          type: 'text',
          x: left + Math.max(keyShares[shard], loadShares[shard]) * scale + 6,
          y: y + bar + 5,
          text: `${Math.round(loadShares[shard] * 100)} %`,
          size: 12,
          font: 'mono',
          fill: 'text',
        },
      );
    }
  });
  return shapes;
}
