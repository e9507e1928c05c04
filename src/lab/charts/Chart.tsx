// One chart: title, legend, plot of a fixed height, caption, table. A click on a chart over the run's time moves the cursor.

import { translate } from '@docusaurus/Translate';
import { type PointerEvent, type ReactNode, useId, useMemo, useRef } from 'react';
import type { ChartDefinition } from '../../experiments/definition/defineExperiment';
import type { ChartData } from '../../experiments/definition/result';
import type { Clock } from '../stage/clock';
import { useSize } from '../stage/useSize';
import { ClockCursor } from './ClockCursor';
import { axisName, type ChartModel, modelOf, sharesCategories } from './chartModel';
import styles from './charts.module.css';
import { DataTable } from './DataTable';
import { ForkLine } from './ForkLine';
import { Sample } from './marks';
import { PlotDrawing } from './PlotDrawing';
import { chartHeight, plot } from './plot';

interface ChartProps {
  definition: ChartDefinition;
  a: ChartData;
  b?: ChartData;
  forkMs?: number | null;
  /** The longer of the two runs. */
  horizonMs: number;
  clock?: Clock;
  onSeek?: (toMs: number) => void;
}

export function Chart({ definition, a, b, forkMs = null, horizonMs, clock, onSeek }: ChartProps): ReactNode {
  const titleId = useId();
  const models = useMemo(() => {
    if (sharesCategories(a, b)) return [modelOf(definition, a, b, horizonMs, forkMs)];
    const own = [a, b as ChartData].map((data) => modelOf(definition, data, undefined, horizonMs));
    return [own[0], asSideB(own[1])].map((model, index) => named(model, index === 0 ? 'A' : 'B'));
  }, [definition, a, b, horizonMs, forkMs]);
  const isEmpty = models.every(({ rows }) => rows.length === 0);
  return (
    <figure className={styles.chart} aria-labelledby={titleId}>
      <h4 id={titleId} className={styles.title}>
        {definition.title}
      </h4>
      <ul className={styles.legend}>
        {models.flatMap((model) =>
          model.series.map((series) => (
            <li key={series.id}>
              <Sample series={series} type={model.type} />
              {series.label}
            </li>
          )),
        )}
      </ul>
      <p className={styles.axis}>{axisName(definition.y)}</p>
      {isEmpty ? (
        <p className={styles.empty}>{translate({ id: 'lab.charts.empty', message: 'Nothing to show: no request completed.' })}</p>
      ) : (
        models.map((model) => (
          <Plot
            key={model.series[0]?.side ?? 'a'}
            definition={definition}
            model={model}
            height={models.length > 1 ? chartHeight / 2 + 30 : chartHeight}
            horizonMs={horizonMs}
            clock={clock}
            onSeek={onSeek}
          />
        ))
      )}
      <p className={styles.axisBelow}>{axisName(definition.x)}</p>
      <figcaption className={styles.caption}>{definition.caption}</figcaption>
      <DataTable definition={definition} models={models} />
    </figure>
  );
}

interface PlotProps extends Pick<ChartProps, 'definition' | 'horizonMs' | 'clock' | 'onSeek'> {
  model: ChartModel;
  height: number;
}

function Plot({ definition, model, height, horizonMs, clock, onSeek }: PlotProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const follows = definition.followsClock === true && clock !== undefined && horizonMs > 0;
  const onPointerUp = (event: PointerEvent<HTMLDivElement>): void => {
    if (!follows || !onSeek || event.button !== 0) return;
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - left - plot.left) / (width - plot.left - plot.right);
    if (share >= -0.02 && share <= 1.02) onSeek(Math.min(1, Math.max(0, share)) * horizonMs);
  };
  const words = translate(
    { id: 'lab.charts.words', message: '{title}. {y} by {x}. The numbers stand in the table below.' },
    { title: definition.title, y: axisName(definition.y), x: axisName(definition.x) },
  );
  return (
    <div
      ref={box}
      className={styles.plot}
      style={{ blockSize: height }}
      data-follows={follows && onSeek ? 'yes' : undefined}
      role="img"
      aria-label={words}
      onPointerUp={onPointerUp}
    >
      {size && size.width > 0 ? (
        <>
          <PlotDrawing model={model} xUnit={definition.x.unit} yUnit={definition.y.unit} width={size.width} height={height} />
          {model.forkX === undefined ? null : <ForkLine model={model} unit={definition.x.unit} width={size.width} />}
          {follows && clock ? <ClockCursor clock={clock} spanMs={horizonMs} width={size.width} /> : null}
        </>
      ) : null}
    </div>
  );
}

function named(model: ChartModel, side: string): ChartModel {
  return {
    ...model,
    series: model.series.map((series) => ({ ...series, label: series.rank < 0 ? series.label : `${side}: ${series.label}` })),
  };
}

/** A model of side B's own data, made as if it stood alone. */
function asSideB(model: ChartModel): ChartModel {
  const rename = (id: string): string => id.replace(/^a /, 'b ');
  return {
    ...model,
    series: model.series.filter(({ rank }) => rank >= 0).map((series) => ({ ...series, id: rename(series.id), side: 'b' })),
    rows: model.rows.map(({ x, ...values }) => ({
      x,
      ...Object.fromEntries(Object.entries(values).map(([id, value]) => [rename(id), value])),
    })),
  };
}
