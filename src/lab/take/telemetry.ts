// The run in the formats of operators' own tools: OTLP/JSON for OpenTelemetry (log, metrics, spans), text for Prometheus.

import {
  type LogRecord,
  logRecords,
  type Metric,
  type OtlpOptions,
  otlpLogs,
  otlpMetrics,
  otlpTraces,
  prometheusText,
  recordKinds,
  requestRecords,
  type Span,
  spansOf,
  type Trace,
} from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import type { Taken, TakenSide } from './taken';

interface TextFile {
  /** As in the file's name: "traces", "side-b-traces". */
  what: string;
  text: string;
}

/** Some ten spans each; more than this many requests make a file that no tool likes to open. */
export const mostRequests = 20_000;
/** Ids of spans come from the seed. Both sides share it, so side B gets ids of its own. */
const apart = 4_294_967_296;

/** Three files for each side that was recorded. `share` of its requests have spans. */
export function otlpFiles(taken: Taken): { files: TextFile[]; share: number } {
  const files: TextFile[] = [];
  let smallest = 1;
  for (const one of taken.sides) {
    const { trace } = one.result;
    if (!trace) continue;
    const share = Math.min(1, mostRequests / Math.max(1, requestsIn(trace)));
    smallest = Math.min(smallest, share);
    const spans = spansOf(trace, { seed: one.side === 'b' ? taken.seed + apart : taken.seed, sampledShare: share });
    const options = optionsOf(taken, one);
    const prefix = taken.sides.length > 1 ? `side-${one.side}-` : '';
    const { definition } = taken;
    const metrics = metricsOf(definition, [one]);
    files.push(
      { what: `${prefix}traces`, text: otlpTraces(spans, options) },
      { what: `${prefix}logs`, text: otlpLogs(logOf(trace, spans), options) },
      { what: `${prefix}metrics`, text: otlpMetrics(metrics, { ...options, toMs: one.result.horizonMs }) },
    );
  }
  return { files, share: smallest };
}

/** One text for both sides, told apart by a label. */
export function prometheusFile({ definition, sides, seed }: Taken): string {
  return prometheusText(metricsOf(definition, sides), {
    namespace: 'simulation',
    labels: { experiment: definition.id, seed: String(seed), model: sides[0].result.modelHash },
  });
}

function optionsOf({ definition, seed }: Taken, { side, result }: TakenSide): OtlpOptions {
  return {
    namespace: definition.id,
    attributes: {
      'simulation.seed': BigInt(seed),
      'simulation.side': side,
      'simulation.model': result.modelHash,
      'simulation.run': result.traceHash,
    },
  };
}

function logOf(trace: Trace, spans: readonly Span[]): LogRecord[] {
  return [...logRecords(trace, spans), ...requestRecords(spans)].sort((a, b) => a.timeMs - b.timeMs);
}

function requestsIn({ kinds, count }: Trace): number {
  let opened = 0;
  for (let index = 0; index < count; index++) if (kinds[index] === recordKinds.open) opened++;
  return opened;
}

/** Metrics as gauges, accounts as counters by fate. What could not be measured has no point. */
function metricsOf(definition: ExperimentDefinition, sides: readonly TakenSide[]): Metric[] {
  const measured = Object.entries(definition.metrics).map(
    ([name, { label, help, unit }]): Metric => ({
      name,
      help: help ? `${label}. ${help}` : label,
      unit,
      kind: 'gauge',
      points: sides.flatMap(({ side, result }) => {
        const value = result.metrics[name]?.value;
        return value === null || value === undefined ? [] : [{ labels: { side }, value }];
      }),
    }),
  );
  const ended: Metric = {
    name: 'accountsEnded',
    help: translate({ id: 'lab.take.help.ended', message: 'What became of everything that was opened, by account and fate.' }),
    unit: '',
    kind: 'counter',
    points: booksOf(sides, ([fate]) => fate !== 'opened' && fate !== 'open').map(({ labels, fate, value }) => ({
      labels: { ...labels, fate },
      value,
    })),
  };
  const count = (name: string, fate: string, help: string, kind: 'counter' | 'gauge'): Metric => ({
    name,
    help,
    unit: '',
    kind,
    points: booksOf(sides, ([one]) => one === fate).map(({ labels, value }) => ({ labels, value })),
  });
  const opened = translate({ id: 'lab.take.help.opened', message: 'How many were opened, by account.' });
  const stillOpen = translate({ id: 'lab.take.help.open', message: 'How many were still open at the end of the run, by account.' });
  return [...measured, count('accountsOpened', 'opened', opened, 'counter'), count('accountsOpen', 'open', stillOpen, 'gauge'), ended];
}

function booksOf(sides: readonly TakenSide[], isMeant: (entry: [string, number]) => boolean) {
  return sides.flatMap(({ side, result }) =>
    Object.entries(result.accounts).flatMap(([account, book]) =>
      Object.entries(book)
        .filter(isMeant)
        .map(([fate, value]) => ({ labels: { side, account }, fate, value })),
    ),
  );
}
