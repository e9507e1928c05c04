// The only file that knows recharts. It draws the lines or bars of one chart and nothing that moves:
// the cursor is laid over it, so that playing never draws a chart again.

import { memo, type ReactNode } from 'react';
import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatNumber } from '../../experiments/definition/number';
import type { ChartLine, ChartRows } from './chartLines';

/** Fixed, so that the cursor laid over the chart knows where the plot is. */
export const plot = { height: 240, left: 58, right: 12, top: 8, axis: 44 } as const;

interface RechartsChartProps {
  data: ChartRows;
  x: { label: string; unit: string };
  y: { label: string; unit: string };
  /** Ends of a clock's axis; undefined: from the data. */
  domain?: [number, number];
}

const tick = { fill: 'var(--slice-quiet)', fontSize: 12, fontFamily: 'var(--slice-font-mono, monospace)' };
const named = (text: string) => ({ fill: 'var(--slice-quiet)', fontSize: 12.5, value: text });

function withUnit({ label, unit }: { label: string; unit: string }): string {
  return unit === '' ? label : `${label} (${unit})`;
}

function RechartsChart({ data, x, y, domain }: RechartsChartProps): ReactNode {
  const isLines = data.kind === 'lines';
  return (
    <ResponsiveContainer width="100%" height={plot.height}>
      <ComposedChart
        data={data.rows}
        margin={{ top: plot.top, right: plot.right, bottom: 0, left: 0 }}
        barGap={0}
        barCategoryGap="12%"
        accessibilityLayer={false}
      >
        <CartesianGrid stroke="var(--slice-line)" vertical={false} />
        <XAxis
          dataKey="x"
          type={isLines ? 'number' : 'category'}
          domain={domain ?? ['dataMin', 'dataMax']}
          height={plot.axis}
          tick={tick}
          stroke="var(--slice-edge)"
          minTickGap={28}
          tickFormatter={(value: number | string) => (typeof value === 'number' ? formatNumber(value) : value)}
          label={{ ...named(withUnit(x)), position: 'insideBottom', offset: 4 }}
        />
        <YAxis
          width={plot.left}
          tick={tick}
          stroke="var(--slice-edge)"
          domain={[0, 'auto']}
          tickFormatter={(value: number) => formatNumber(value)}
          label={{ ...named(withUnit(y)), angle: -90, position: 'insideLeft', offset: 12, style: { textAnchor: 'middle' } }}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--slice-edge)', fill: 'var(--slice-line)', fillOpacity: 0.4 }}
          contentStyle={{
            background: 'var(--slice-raised)',
            border: '1px solid var(--slice-line)',
            borderRadius: 6,
            fontSize: 13,
            color: 'var(--slice-text)',
          }}
          labelStyle={{ color: 'var(--slice-quiet)' }}
          itemStyle={{ color: 'var(--slice-text)' }}
          labelFormatter={(value) => `${x.label} ${typeof value === 'number' ? formatNumber(value) : value} ${x.unit}`}
          formatter={(value, name) => [`${formatNumber(Number(value))} ${y.unit}`, name]}
        />
        {data.lines.map((line) => (isLines ? drawLine(line) : drawBar(line)))}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

function drawLine(line: ChartLine): ReactNode {
  return (
    <Line
      key={line.key}
      dataKey={line.key}
      name={line.label}
      stroke={line.color}
      strokeWidth={line.width}
      strokeDasharray={line.dash}
      dot={line.isSparse ? { r: 6, fill: line.isHollow ? 'var(--slice-raised)' : line.color, stroke: line.color, strokeWidth: 2 } : false}
      activeDot={{ r: 4 }}
      isAnimationActive={false}
      connectNulls={!line.isSparse}
      type="linear"
    />
  );
}

function drawBar(line: ChartLine): ReactNode {
  return (
    <Bar
      key={line.key}
      dataKey={line.key}
      name={line.label}
      fill={line.isHollow ? 'var(--slice-raised)' : line.color}
      stroke={line.color}
      strokeWidth={line.isHollow ? 1.5 : 0}
      strokeDasharray={line.isHollow ? '2 2' : undefined}
      isAnimationActive={false}
    />
  );
}

export default memo(RechartsChart);
