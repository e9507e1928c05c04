// The run as one table: a row for each number, with the side it belongs to, what kind it is, its unit, and where it lies on its axis.
// One shape for everything, so that a spreadsheet or a data frame can filter it.

import { type CsvCell, csv } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { commandLine } from './commandLine';
import { shownValues } from './shownValues';
import type { Taken, TakenSide } from './taken';

const columns = ['side', 'kind', 'name', 'series', 'at', 'value', 'unit', 'samples', 'note'] as const;
type Row = Partial<Record<(typeof columns)[number], CsvCell>>;

export function runTable(taken: Taken, address: string): string {
  const { definition, sides, seed } = taken;
  const about: Row[] = [
    { kind: 'run', name: 'experiment', value: definition.id, note: definition.title },
    { kind: 'run', name: 'seed', value: seed },
    { kind: 'run', name: 'model', value: sides[0].result.modelHash },
    { kind: 'run', name: 'address', value: address },
  ];
  const rows = [...about, ...sides.flatMap((side) => sideRows(definition, side))];
  return csv(
    columns,
    rows.map((row) => columns.map((column) => row[column])),
  );
}

function sideRows(definition: ExperimentDefinition, { side, result }: TakenSide): Row[] {
  const rows: Row[] = [
    { kind: 'run', name: 'hash', value: result.traceHash },
    { kind: 'run', name: 'command', value: commandLine(definition, result) },
    ...Object.entries(shownValues(definition, result.values)).map(([name, value]) => ({
      kind: 'setting',
      name,
      value: String(value),
      unit: unitOf(definition, name),
      note: definition.parameters[name].label,
    })),
    ...result.interventions.map(({ atMs, untilMs, verb, targets }) => ({
      kind: 'intervention',
      name: verb,
      series: targets.join(' '),
      at: atMs,
      value: untilMs,
      unit: 'ms',
      note: untilMs === undefined ? '' : translate({ id: 'lab.take.csv.until', message: 'value: until' }),
    })),
  ];
  return [...rows, ...measuredRows(definition, result), ...seriesRows(definition, result)].map((row) => ({ side, ...row }));
}

function measuredRows(definition: ExperimentDefinition, { metrics, theory, accounts, table }: TakenSide['result']): Row[] {
  const rows: Row[] = [];
  for (const [name, { value, unit, samples, reason }] of Object.entries(metrics))
    rows.push({ kind: 'metric', name, value, unit, samples, note: reason ?? definition.metrics[name]?.label });
  for (const [name, { value, formula, reason }] of Object.entries(theory))
    rows.push({ kind: 'theory', name, value, unit: definition.metrics[name]?.unit, note: reason ?? formula });
  for (const [name, book] of Object.entries(accounts))
    for (const [fate, count] of Object.entries(book)) rows.push({ kind: 'account', name, series: fate, value: count });
  for (const { label, cells } of table?.rows ?? [])
    cells.forEach((value, index) => {
      const column = table?.columns[index];
      rows.push({ kind: 'table', name: label, series: column?.label, value, unit: column?.unit });
    });
  return rows;
}

function seriesRows(definition: ExperimentDefinition, { charts }: TakenSide['result']): Row[] {
  return Object.entries(charts).flatMap(([name, data]) => {
    const words = definition.charts[name];
    const places: readonly CsvCell[] = data.type === 'lines' ? data.x : data.categories;
    return (data.type === 'lines' ? data.lines : data.bars).flatMap(({ key, values }) =>
      values.map((value, index) => ({
        kind: 'chart',
        name,
        series: key,
        at: places[index],
        value,
        unit: words?.y.unit,
        note: index === 0 ? axisNote(words?.series[key]?.label ?? key, words?.x) : '',
      })),
    );
  });
}

function axisNote(series: string, axis: { label: string; unit: string } | undefined): string {
  return translate(
    { id: 'lab.take.csv.axis', message: '{series}; at: {axis}', description: 'What a column of numbers is, and what its places are' },
    { series, axis: `${axis?.label ?? ''} ${axis?.unit ?? ''}`.trim() },
  );
}

function unitOf({ parameters }: ExperimentDefinition, name: string): string {
  const parameter = parameters[name];
  if (parameter.type === 'list') return parameter.element.unit;
  return parameter.type === 'number' || parameter.type === 'integer' ? parameter.unit : '';
}
