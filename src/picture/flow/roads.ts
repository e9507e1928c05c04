// The links as roads: a hairline, or, where too much moves to be followed, a band as wide as what flows, with its number.

import { spoken } from '@by-the-slice/simulation';
import type { Shape } from '../shapes';
import { pictureWords } from '../words';
import type { Side } from './dots';
import { curvePath, pointOn } from './geometry';
import type { Layout, Road } from './layout';
import { brief, widthOf, words } from './text';

const widestBand = 14;

/**
 * @param isOpen whether requests are sent to a part
 * @param covered links along which a cable runs: they need no hairline
 */
export function drawRoads(
  layout: Layout,
  isOpen: (part: number) => boolean,
  covered: ReadonlySet<number>,
  rates: ArrayLike<number> | undefined,
  side: Side,
): Shape[] {
  const sums = layout.roads.map(({ links }) => flowOf(links, rates));
  const highest = Math.max(1e-9, ...sums);
  return layout.roads.flatMap(({ curve, links, to }, index): Shape[] => {
    if (links.every((link) => covered.has(link)) && sums[index] === 0) return [];
    const d = curvePath(curve);
    if (sums[index] > 0) {
      return [{ type: 'path', d, stroke: side === 'a' ? 'tomato' : 'plum', strokeWidth: bandWidth(sums[index], highest), opacity: 0.3 }];
    }
    const isOut = links.length === 1 && !isOpen(to);
    return [{ type: 'path', d, stroke: 'quiet', strokeWidth: 1.25, opacity: isOut ? 0.3 : 0.5, ...(isOut ? { dash: [4, 5] } : {}) }];
  });
}

/** Beside the road, so that band and dots stay visible; to be drawn over them. */
export function drawRates(layout: Layout, rates: ArrayLike<number>): Shape[] {
  const sums = layout.roads.map(({ links }) => flowOf(links, rates));
  const highest = Math.max(1e-9, ...sums);
  return layout.roads.flatMap((road, index): Shape[] => {
    if (sums[index] === 0) return [];
    const { curve } = road;
    const isDown = Math.abs(curve.c1.x - curve.from.x) < 0.01 && Math.abs(curve.to.y - curve.from.y) > 0.01;
    const at = pointOn(curve, labelShare(layout, road));
    const text = spoken(pictureWords.perSecond, { rate: brief(sums[index]) });
    const width = widthOf(text, 12, 'mono') + 6;
    const away = bandWidth(sums[index], highest) / 2 + 3;
    const room = isDown ? undefined : roomBetween(layout, road);
    if (room && room.to - room.from < width) return [];
    const x = isDown ? at.x - away - width / 2 : room ? (room.from + room.to) / 2 : at.x;
    const y = isDown ? at.y : at.y + away + 8;
    return [
      { type: 'rectangle', x: x - width / 2, y: y - 8, width, height: 16, radius: 4, fill: 'surface', opacity: 0.85 },
      words({ x, y: y + 4.5 }, text, { size: 12, font: 'mono', anchor: 'middle', weight: 600 }),
    ];
  });
}

/** Between two boxes side by side in one row of a narrow picture: there is hardly room for a number. */
function roomBetween({ placed, isVertical }: Layout, { from, to, links }: Road): { from: number; to: number } | undefined {
  const [left, right] = [placed[from]?.box, placed[to]?.box];
  if (!isVertical || links.length > 1 || !left || !right || left.y + left.height <= right.y) return undefined;
  return { from: left.x + left.width, to: right.x };
}

function flowOf(links: readonly number[], rates: ArrayLike<number> | undefined): number {
  let sum = 0;
  for (const link of links) sum += rates?.[link] ?? 0;
  return sum;
}

function bandWidth(flow: number, highest: number): number {
  return Math.max(1.5, (widestBand * flow) / highest);
}

/** Where roads part or meet, a number stands at the end where its road is alone. */
function labelShare({ roads }: Layout, { from, to }: Road): number {
  if (roads.filter((road) => road.from === from).length > 1) return 0.8;
  if (roads.filter((road) => road.to === to).length > 1) return 0.42;
  return 0.5;
}
