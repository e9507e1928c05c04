// Paper to draw a curve on, and in the answer key the curve upon it.

import type { ReactNode } from 'react';
import { formatShort } from '../../experiments/definition/number';
import type { SketchAnswer } from '../../experiments/definition/twin';
import styles from './worksheet.module.css';

const width = 640;
const height = 260;
const plot = { left: 64, right: 624, top: 12, bottom: 212 };

export function CurvePaper({ answer: { x, y, points }, showsCurve }: { answer: SketchAnswer; showsCurve: boolean }): ReactNode {
  const [first, last] = [points[0].x, points[points.length - 1].x];
  const across = (value: number): number => plot.left + 16 + ((plot.right - plot.left - 32) * (value - first)) / (last - first);
  const up = (value: number): number => plot.bottom - ((plot.bottom - plot.top) * value) / y.top;
  const curve = points.map((point) => `${across(point.x)},${up(point.y)}`).join(' ');
  return (
    <figure className={styles.paper}>
      <figcaption>{withUnit(y)}</figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${withUnit(y)}; ${withUnit(x)}`}>
        {[0, 0.25, 0.5, 0.75, 1].map((share) => (
          <g key={share}>
            <line x1={plot.left} x2={plot.right} y1={up(share * y.top)} y2={up(share * y.top)} />
            <text x={plot.left - 8} y={up(share * y.top) + 4} textAnchor="end">
              {formatShort(share * y.top)}
            </text>
          </g>
        ))}
        {points.map((point) => (
          <g key={point.x}>
            <line x1={across(point.x)} x2={across(point.x)} y1={plot.top} y2={plot.bottom} strokeDasharray="1 4" />
            <text x={across(point.x)} y={plot.bottom + 18} textAnchor="middle">
              {formatShort(point.x)}
            </text>
          </g>
        ))}
        <text x={plot.right} y={height - 8} textAnchor="end">
          {withUnit(x)}
        </text>
        {showsCurve ? <polyline className={styles.curve} points={curve} /> : null}
      </svg>
    </figure>
  );
}

function withUnit({ label, unit }: { label: string; unit: string }): string {
  return unit === '' ? label : `${label}, ${unit}`;
}
