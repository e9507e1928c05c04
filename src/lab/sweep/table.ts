// The curve's numbers in the form of the table that all charts have.

import { translate } from '@docusaurus/Translate';
import type { ChartDefinition } from '../../experiments/definition/defineExperiment';
import { isNumeric, type SweptParameter } from '../../experiments/definition/sweep';
import type { ChartModel, Row, Series } from '../charts/chartModel';
import { type CurvePoint, type SidePoint, sidesOf } from './curve';
import type { CurveMetric } from './curveWords';
import { bareValue } from './names';

const columns: { key: string; words: () => string; of: (at: SidePoint) => number | null | undefined }[] = [
  { key: 'mean', words: () => translate({ id: 'lab.sweep.table.mean', message: 'mean' }), of: ({ estimate }) => estimate?.mean },
  {
    key: 'low',
    words: () => translate({ id: 'lab.sweep.table.low', message: '95 % from' }),
    of: ({ estimate }) => estimate?.interval?.low,
  },
  {
    key: 'high',
    words: () => translate({ id: 'lab.sweep.table.high', message: '95 % to' }),
    of: ({ estimate }) => estimate?.interval?.high,
  },
  {
    key: 'lowest',
    words: () => translate({ id: 'lab.sweep.table.lowest', message: 'lowest run' }),
    of: ({ estimate }) => estimate?.lowest,
  },
  {
    key: 'highest',
    words: () => translate({ id: 'lab.sweep.table.highest', message: 'highest run' }),
    of: ({ estimate }) => estimate?.highest,
  },
  { key: 'theory', words: () => translate({ id: 'lab.sweep.table.theory', message: 'theory' }), of: ({ theory }) => theory },
];

export function tableOf(
  points: readonly CurvePoint[],
  parameter: SweptParameter,
  metric: CurveMetric,
): { definition: ChartDefinition; models: ChartModel[] } {
  const factor = metric.unit === '%' ? 100 : 1;
  const isPair = points.some(({ b }) => b !== null);
  const rows = points.map((point): Row => {
    const cells = sidesOf(point).flatMap(([side, at]) => columns.map(({ key, of }) => [`${side} ${key}`, scaled(of(at), factor)] as const));
    return { ...Object.fromEntries(cells), x: bareValue(parameter, point.value) };
  });
  const series = (isPair ? (['a', 'b'] as const) : (['a'] as const)).flatMap((side) =>
    columns.map(
      ({ key, words }, rank): Series => ({
        id: `${side} ${key}`,
        label: isPair ? `${side.toUpperCase()}: ${words()}` : words(),
        side,
        rank: key === 'theory' ? -1 : rank,
      }),
    ),
  );
  // A column without a single value says nothing.
  const told = series.filter(({ id }) => rows.some((row) => row[id] !== null && row[id] !== undefined));
  return {
    definition: {
      title: translate(
        { id: 'lab.sweep.table.title', message: '{metric} by {parameter}' },
        { metric: metric.label, parameter: parameter.label },
      ),
      caption: '',
      x: { label: parameter.label, unit: isNumeric(parameter) ? parameter.unit : '' },
      y: { label: metric.label, unit: metric.unit },
      series: {},
    },
    models: [{ type: 'lines', series: told, rows, domain: [0, 1], isBridged: false }],
  };
}

function scaled(value: number | null | undefined, factor: number): number | null {
  return value === null || value === undefined || !Number.isFinite(value) ? null : value * factor;
}
