// Tables for spreadsheets: comma-separated values by RFC 4180 (lines end with CR LF, quotes around what holds a comma, quote or line end).

import type { LogRecord } from './logRecords';
import type { Metric } from './metrics';
import type { Span } from './spans';

export type CsvCell = string | number | boolean | bigint | null | undefined;

/** The header, then one line for each row; nothing, null and NaN are empty cells. Throws RangeError for a row not as long as the header. */
export function csv(header: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  const lines = [header.map(cellText).join(',')];
  for (const row of rows) {
    if (row.length !== header.length) throw new RangeError(`A row has ${row.length} cells, the header ${header.length}.`);
    lines.push(row.map(cellText).join(','));
  }
  return lines.map((line) => `${line}\r\n`).join('');
}

function cellText(cell: CsvCell): string {
  if (cell === null || cell === undefined || Number.isNaN(cell)) return '';
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function spansCsv(spans: readonly Span[]): string {
  const columns = ['traceId', 'spanId', 'parentSpanId', 'name', 'step', 'part', 'request', 'attempt', 'startMs', 'endMs', 'fate'] as const;
  return csv(
    columns,
    spans.map((span) => columns.map((column) => span[column])),
  );
}

export function logCsv(records: readonly LogRecord[]): string {
  return csv(
    ['timeMs', 'severity', 'part', 'eventName', 'body', 'traceId'],
    records.map(({ timeMs, severity, part, eventName, body, traceId }) => [timeMs, severity, part, eventName, body, traceId]),
  );
}

/** One line for each number. Of a histogram: the count of each bucket, with its upper bound, in the unit of the metric. */
export function metricsCsv(metrics: readonly Metric[]): string {
  const rows: CsvCell[][] = [];
  for (const { name, unit, kind, points } of metrics) {
    for (const point of points) {
      const labels = Object.entries(point.labels ?? {})
        .map(([key, value]) => `${key}=${value}`)
        .join(' ');
      if ('value' in point) rows.push([name, labels, kind, unit, null, point.value]);
      else
        for (let index = 0; index < point.counts.length; index++)
          rows.push([name, labels, kind, unit, point.bounds[index] ?? Infinity, point.counts[index]]);
    }
  }
  return csv(['name', 'labels', 'kind', 'unit', 'upperBound', 'value'], rows);
}
