// How series are told apart without color: a mark of its own for each, filled and solid for side A, hollow and dotted for
// side B; theory is dashed and has none. The lines, the legend and the tooltip use the same.

import type { ReactNode } from 'react';
import type { Series } from './chartModel';

const tones = {
  a: ['var(--slice-tomato)', 'color-mix(in oklab, var(--slice-tomato) 45%, var(--slice-text))', 'var(--slice-crust)', 'var(--slice-basil)'],
  b: ['var(--slice-plum)', 'color-mix(in oklab, var(--slice-plum) 50%, var(--slice-text))', 'var(--slice-char)', 'var(--slice-quiet)'],
} as const;

export function colorOf({ rank, side }: Series): string {
  return rank < 0 ? 'var(--slice-blueprint)' : tones[side][rank % 4];
}

export function dashOf({ rank, side }: Series): string | undefined {
  return rank < 0 ? '8 5' : side === 'b' ? '1 5' : undefined;
}

const half = 3.75;
const outlines = [
  (x: number, y: number) => `M ${x - half} ${y} a ${half} ${half} 0 1 0 ${2 * half} 0 a ${half} ${half} 0 1 0 ${-2 * half} 0 Z`,
  (x: number, y: number) => `M ${x - half} ${y - half} h ${2 * half} v ${2 * half} h ${-2 * half} Z`,
  (x: number, y: number) => `M ${x} ${y - half - 1} L ${x + half + 1} ${y + half} L ${x - half - 1} ${y + half} Z`,
  (x: number, y: number) => `M ${x} ${y - half - 1.5} L ${x + half + 1.5} ${y} L ${x} ${y + half + 1.5} L ${x - half - 1.5} ${y} Z`,
];

export function Mark({ series, x, y }: { series: Series; x: number; y: number }): ReactNode {
  if (series.rank < 0) return null;
  const color = colorOf(series);
  return (
    <path
      d={outlines[series.rank % 4](x, y)}
      fill={series.side === 'a' ? color : 'var(--slice-raised)'}
      stroke={color}
      strokeWidth={1.75}
    />
  );
}

/** A short piece of the series, for the legend. */
export function Sample({ series, type }: { series: Series; type: 'lines' | 'bars' }): ReactNode {
  const color = colorOf(series);
  return (
    <svg width={30} height={14} viewBox="0 0 30 14" aria-hidden="true">
      {type === 'lines' || series.rank < 0 ? (
        <>
          <line x1={2} y1={7} x2={28} y2={7} stroke={color} strokeWidth={2.25} strokeLinecap="round" strokeDasharray={dashOf(series)} />
          <Mark series={series} x={15} y={7} />
        </>
      ) : (
        <rect x={6} y={2} width={18} height={10} rx={1.5} {...barPaint(series)} />
      )}
    </svg>
  );
}

export function barPaint(series: Series): {
  fill: string;
  fillOpacity: number;
  stroke: string;
  strokeWidth: number;
  strokeDasharray?: string;
} {
  const color = colorOf(series);
  if (series.rank < 0) return { fill: 'none', fillOpacity: 0, stroke: color, strokeWidth: 1.5, strokeDasharray: '5 3' };
  if (series.side === 'b') return { fill: color, fillOpacity: 0.12, stroke: color, strokeWidth: 1.5, strokeDasharray: '2 2' };
  return { fill: color, fillOpacity: series.rank % 2 === 0 ? 1 : 0.55, stroke: color, strokeWidth: 1 };
}
