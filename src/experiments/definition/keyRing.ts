// A picture for ways to place keys: a ring of sample keys in the order that the scheme sees them, owners before inside,
// owners after outside, and between them a sign for each key that moved. Beside it, or below it on a narrow screen, what each
// shard holds and must serve.

import { cos, sin, spoken } from '@by-the-slice/simulation';
import type { ColorName, Shape, Size } from '../../picture/shapes';
import { spokenLabel } from './spokenParts';

/** For translators: among the `sentences` of the experiment that is drawn so. */
export const keyRingWords = {
  moved: 'of these keys moved',
  before: 'inside: before',
  after: 'outside: after',
  bars: 'upper bar: keys held · lower: requests',
} as const;

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

/** Where things stand in the picture. */
interface Places {
  size: Size;
  center: { x: number; y: number };
  /** Inner and outer radius of each ring. */
  rings: { before: Radii; moved: Radii; after: Radii };
  /** Base line of the words under the ring. */
  captionY: number;
  /** Room for the bars, their heading and their numbers; the names of the shards stand left of it. */
  bars: { x: number; y: number; width: number; height: number };
}
type Radii = readonly [inner: number, outer: number];

const wide: Places = {
  size: { width: 640, height: 400 },
  center: { x: 176, y: 184 },
  rings: { before: [92, 118], moved: [122, 134], after: [138, 170] },
  captionY: 382,
  bars: { x: 420, y: 24, width: 212, height: 340 },
};
const narrow: Places = {
  size: { width: 340, height: 500 },
  center: { x: 170, y: 136 },
  rings: { before: [76, 95], moved: [99, 107], after: [111, 132] },
  captionY: 288,
  bars: { x: 70, y: 318, width: 264, height: 176 },
};

export const keyRingSizes = { wide: wide.size, narrow: narrow.size };

const turn = 6.283185307179586;
const usualRow = 44;
/** With less, a shard has no name and no number of its own. */
const leastNamedRow = 15;
/** Kept free at the end of the longest bar: "100 %". */
const numberWidth = 46;

function colorOfShard(shard: number): ColorName {
  return shard < 0 ? 'char' : `series-${(shard % 12) + 1}`;
}

/** Where it is narrow: ring above, bars below. */
export function drawKeyRing(ring: KeyRing, isNarrow: boolean): Shape[] {
  const places = isNarrow ? narrow : wide;
  const { center, rings, captionY } = places;
  const moved = ring.before.map((owner, index) => owner !== ring.after[index]);
  const movedShare = moved.filter(Boolean).length / moved.length;
  const middle = { type: 'text', x: center.x, anchor: 'middle' } as const;
  return [
    ...arcs(ring.before, center, rings.before, colorOfShard),
    ...arcs(
      moved.map((hasMoved) => (hasMoved ? 1 : nothing)),
      center,
      rings.moved,
      () => 'tomato',
    ),
    ...arcs(ring.after, center, rings.after, colorOfShard),
    {
      ...middle,
      y: center.y - 12,
      text: `${Math.round(movedShare * 100)} %`,
      size: 34,
      weight: 700,
      font: 'mono',
      fill: 'text',
    },
    { ...middle, y: center.y + 12, text: spoken(keyRingWords.moved), size: 14, fill: 'quiet' },
    { ...middle, y: center.y + 33, text: spoken(keyRingWords.before), size: 12, fill: 'quiet' },
    { ...middle, y: center.y + 48, text: spoken(keyRingWords.after), size: 12, fill: 'quiet' },
    { ...middle, y: captionY, text: spoken(ring.caption), size: 13, fill: 'quiet' },
    ...shardBars(ring, places.bars),
  ];
}

const nothing = -2;

/** One piece for each run of neighbors with the same owner. */
function arcs(owners: number[], center: Places['center'], radii: Radii, color: (owner: number) => ColorName): Shape[] {
  const shapes: Shape[] = [];
  let from = 0;
  for (let index = 1; index <= owners.length; index++) {
    if (index < owners.length && owners[index] === owners[from]) continue;
    if (owners[from] !== nothing)
      shapes.push({
        type: 'path',
        d: arcPath(from / owners.length, index / owners.length, center, radii),
        fill: color(owners[from]),
        stroke: 'surface',
        strokeWidth: 0.5,
      });
    from = index;
  }
  return shapes;
}

function arcPath(from: number, to: number, center: Places['center'], radii: Radii): string {
  if (to - from >= 1) return `${arcPath(0, 0.5, center, radii)} ${arcPath(0.5, 1, center, radii)}`;
  const [inner, outer] = radii;
  const large = to - from > 0.5 ? 1 : 0;
  const point = (share: number, radius: number): string => {
    const angle = share * turn;
    return `${round(center.x + radius * sin(angle))} ${round(center.y - radius * cos(angle))}`;
  };
  return `M ${point(from, outer)} A ${outer} ${outer} 0 ${large} 1 ${point(to, outer)} L ${point(to, inner)} A ${inner} ${inner} 0 ${large} 0 ${point(from, inner)} Z`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function shardBars({ shardNames, keyShares, loadShares }: KeyRing, { x, y, width, height }: Places['bars']): Shape[] {
  const count = shardNames.length;
  const rowHeight = Math.min(usualRow, (height - 14) / count);
  // A few bars stand beside the middle of the ring.
  const headingY = y + (height - 14 - rowHeight * count) / 2;
  const top = headingY + 14;
  const isNamed = rowHeight >= leastNamedRow;
  const scale = (width - numberWidth) / Math.max(...keyShares, ...loadShares, 2 / count);
  const even = x + scale / count;
  const shapes: Shape[] = [
    { type: 'text', x: x + width, y: headingY, text: spoken(keyRingWords.bars), size: 12, anchor: 'end', fill: 'quiet' },
    { type: 'line', x1: even, y1: top - 6, x2: even, y2: top + rowHeight * count, stroke: 'blueprint', dash: [4, 3], strokeWidth: 1.5 },
  ];
  const bar = Math.max(1, Math.min(13, rowHeight * 0.36));
  const gap = rowHeight >= 10 ? 1 : 0;
  shardNames.forEach((name, shard) => {
    const rowTop = top + shard * rowHeight;
    const fill = colorOfShard(shard);
    const bars: [share: number, barTop: number, opacity: number][] = [
      [keyShares[shard], rowTop, 0.55],
      [loadShares[shard], rowTop + bar + gap, 1],
    ];
    for (const [share, barTop, opacity] of bars)
      shapes.push({ type: 'rectangle', x, y: barTop, width: Math.max(1, share * scale), height: bar, radius: 2, fill, opacity });
    if (!isNamed) return;
    const longer = Math.max(keyShares[shard], loadShares[shard]);
    const base = rowTop + bar + 5;
    shapes.push(
      { type: 'text', x: x - 8, y: base, text: spokenLabel(name), size: 13, anchor: 'end', fill: 'text' },
      {
        type: 'text',
        x: x + longer * scale + 6,
        y: base,
        text: `${Math.round(loadShares[shard] * 100)} %`,
        size: 12,
        font: 'mono',
        fill: 'text',
      },
    );
  });
  return shapes;
}
