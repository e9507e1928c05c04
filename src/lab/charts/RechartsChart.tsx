// The only file that knows recharts: lines or bars of a model, at a given size, without animation. All around it (legend,
// words, cursor, table) is ours.

import type { ReactNode } from 'react';
import { Bar, BarChart, CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts';
import { type ChartModel, roundTicks, type Series, withUnit } from './chartModel';
import styles from './charts.module.css';
import { barPaint, colorOf, dashOf, Mark, Sample } from './marks';
import { plot } from './plot';

export interface RechartsChartProps {
  model: ChartModel;
  xUnit: string;
  yUnit: string;
  width: number;
  height: number;
}

const tick = { fontSize: 12, fill: 'var(--slice-quiet)', fontFamily: 'var(--slice-font-number)' };
const marksOnALine = 7;

export default function RechartsChart({ model, xUnit, yUnit, width, height }: RechartsChartProps): ReactNode {
  const { rows, series, type } = model;
  const margin = { top: plot.top, right: plot.right, bottom: 0, left: 0 };
  const yTicks = heightTicks(model);
  const axes = [
    <CartesianGrid key="grid" vertical={false} stroke="var(--slice-line)" />,
    <YAxis
      key="y"
      width={plot.left}
      tick={tick}
      tickLine={false}
      axisLine={false}
      tickFormatter={(value: number) => withUnit(value, '')}
      ticks={yTicks}
      domain={[0, yTicks[yTicks.length - 1]]}
    />,
    <Tooltip
      key="tooltip"
      isAnimationActive={false}
      cursor={type === 'lines' ? { stroke: 'var(--slice-quiet)', strokeDasharray: '2 3' } : { fill: 'var(--slice-line)', fillOpacity: 0.5 }}
      content={({ active, payload, label }) =>
        active && payload && payload.length > 0 ? (
          <Told x={withUnit(label, xUnit)} row={payload[0].payload as Record<string, number | null>} model={model} yUnit={yUnit} />
        ) : null
      }
    />,
  ];
  if (type === 'bars') {
    return (
      <BarChart
        width={width}
        height={height}
        data={rows}
        margin={margin}
        accessibilityLayer={false}
        barCategoryGap={rows.length > 24 ? 1 : '18%'}
        barGap={1}
      >
        {axes}
        <XAxis
          dataKey="x"
          height={plot.bottom}
          tick={tick}
          tickLine={false}
          axisLine={{ stroke: 'var(--slice-edge)' }}
          interval="equidistantPreserveStart"
          minTickGap={22}
        />
        {series.map((one) => (
          <Bar key={one.id} dataKey={one.id} isAnimationActive={false} {...barPaint(one)} />
        ))}
      </BarChart>
    );
  }
  const ticks = roundTicks(model.domain, width < 420 ? 4 : 7);
  return (
    <LineChart width={width} height={height} data={rows} margin={margin} accessibilityLayer={false}>
      {axes}
      <XAxis
        dataKey="x"
        type="number"
        domain={model.domain}
        allowDataOverflow
        ticks={ticks}
        height={plot.bottom}
        tick={tick}
        tickLine={false}
        axisLine={{ stroke: 'var(--slice-edge)' }}
        tickFormatter={(value: number) => withUnit(value, '')}
      />
      {series.map((one, index) => (
        <Line
          key={one.id}
          dataKey={one.id}
          type="linear"
          stroke={colorOf(one)}
          strokeWidth={one.rank < 0 ? 2 : 2.25}
          strokeDasharray={dashOf(one)}
          strokeLinecap="round"
          isAnimationActive={false}
          connectNulls={model.isBridged}
          activeDot={false}
          dot={(place: { cx?: number; cy?: number; index?: number }) => markAt(model, one, index, place)}
        />
      ))}
    </LineChart>
  );
}

/** Round heights from 0 to above the highest value. */
function heightTicks({ rows, series }: ChartModel): number[] {
  let highest = 0;
  for (const row of rows) for (const { id } of series) highest = Math.max(highest, Number(row[id] ?? 0));
  if (highest === 0) return [0, 1];
  const ticks = roundTicks([0, highest], 4);
  const step = ticks[1] - ticks[0] || highest;
  if (ticks[ticks.length - 1] < highest * 0.999) ticks.push(ticks[ticks.length - 1] + step);
  return ticks;
}

/** A mark now and then, and wherever a value stands alone and would not show as a line. */
function markAt(
  model: ChartModel,
  series: Series,
  order: number,
  { cx, cy, index }: { cx?: number; cy?: number; index?: number },
): React.ReactElement {
  const { rows } = model;
  const key = `${series.id} ${index}`;
  if (index === undefined || typeof cx !== 'number' || typeof cy !== 'number' || !Number.isFinite(cy)) return <g key={key} />;
  const isAlone = model.isBridged ? isOnly(model, series) : isGap(rows[index - 1], series) && isGap(rows[index + 1], series);
  const every = Math.max(1, Math.round(rows.length / marksOnALine));
  const isDue = index % every === Math.floor((every * (order + 1)) / (model.series.length + 1));
  return <g key={key}>{isAlone || isDue ? <Mark series={series} x={cx} y={cy} /> : null}</g>;
}

function isGap(row: ChartModel['rows'][number] | undefined, { id }: Series): boolean {
  return (row?.[id] ?? null) === null;
}

/** The one value of its series: nothing to bridge to. */
function isOnly({ rows }: ChartModel, series: Series): boolean {
  return rows.filter((row) => !isGap(row, series)).length === 1;
}

function Told({ x, row, model, yUnit }: { x: string; row: Record<string, number | null>; model: ChartModel; yUnit: string }): ReactNode {
  return (
    <div className={styles.tooltip}>
      <p className={styles.tooltipHead}>{x}</p>
      {model.series.map((one) => (
        <p key={one.id} className={styles.tooltipRow}>
          <Sample series={one} type={model.type} />
          <span>{one.label}</span>
          <b>{withUnit(row[one.id], yUnit)}</b>
        </p>
      ))}
    </div>
  );
}
