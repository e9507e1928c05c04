// Names of parts, tables and categories in the reader's language. "Server 1" and "Server 2" are one text: "Server {number}".

import { spoken } from '@by-the-slice/simulation';
import type { ChartData, Result, ResultTable } from './result';

/** A label in the reader's language. */
export function spokenLabel(label: string): string {
  const numbers = label.match(/\d+/g) ?? [];
  return spoken(templateOf(label), Object.fromEntries(numbers.map((number, index) => [placeName(index), number])));
}

/** "{number} × size {number2}" */
export function templateOf(label: string): string {
  let count = 0;
  return label.replace(/\d+/g, () => `{${placeName(count++)}}`);
}

function placeName(index: number): string {
  return index === 0 ? 'number' : `number${index + 1}`;
}

/** The parts of a run by the reader's names for them. */
export function withSpokenLabels(trace: NonNullable<Result['trace']>): NonNullable<Result['trace']> {
  return { ...trace, partList: trace.partList.map((part) => ({ ...part, label: spokenLabel(part.label) })) };
}

export function spokenTable({ caption, columns, rows }: ResultTable): ResultTable {
  return {
    caption: spoken(caption),
    columns: columns.map((column) => ({ ...column, label: spoken(column.label) })),
    rows: rows.map((row) => ({ ...row, label: spokenLabel(row.label) })),
  };
}

export function spokenCharts(charts: Record<string, ChartData>): Record<string, ChartData> {
  const spokenData = (data: ChartData): ChartData =>
    data.type === 'bars' ? { ...data, categories: data.categories.map(spokenLabel) } : data;
  return Object.fromEntries(Object.entries(charts).map(([id, data]) => [id, spokenData(data)]));
}
