// The static twin: one run of an `<Experiment>` tag's setting as text, table and picture, for the HTML.

import type { ExperimentDefinition, MetricDefinition } from '../experiments/definition/defineExperiment';
import { inReadersWords } from '../experiments/definition/inReadersWords';
import { writeLink } from '../experiments/definition/link';
import { formatNumber } from '../experiments/definition/number';
import type { Result, ResultTable } from '../experiments/definition/result';
import { runExperiment } from '../experiments/definition/run';
import { settle } from '../experiments/definition/settings';
import { spokenLabel } from '../experiments/definition/spokenParts';
import type { Twin, TwinMetric, TwinSetup } from '../experiments/definition/twin';
import { pictureOf } from './pictureOf';
import { horizonText, interventionText, valuesInWords } from './words';

export function twinOf(definition: ExperimentDefinition, setup: TwinSetup): Twin {
  const result = inReadersWords(definition, runExperiment(definition, setup, { record: { detail: 'all' } }));
  const resultB = setup.sideB && inReadersWords(definition, runExperiment(definition, { ...setup.sideB, seed: setup.seed }));
  const pictures = pictureOf(definition, result, setup.cursorMs);
  const twin: Twin = {
    id: definition.id,
    title: definition.title,
    question: definition.question,
    kind: definition.kind,
    setup,
    values: valuesInWords(definition, setup.values),
    interventions: setup.interventions.map((one) => interventionText(one, definition, result.trace?.partList)),
    metrics: Object.entries(definition.metrics).map(([id, metric]) => metricText(id, metric, result, resultB)),
    accounts: Object.fromEntries(Object.entries(result.accounts).map(([name, accounts]) => [spokenLabel(name), accounts])),
    summary: result.summary,
    scenarios: Object.entries(definition.scenarios).map(([name, scenario]) => {
      const { notices: _, ...settled } = settle(definition, scenario);
      return { name: scenario.title ?? name, note: scenario.note, fragment: writeLink(definition, settled) };
    }),
    leavesOut: definition.leavesOut,
    modelHash: result.modelHash,
    resultHash: result.traceHash,
    ...pictures,
  };
  const horizon = horizonText(definition, setup.values);
  if (horizon !== undefined) twin.horizon = horizon;
  if (result.table) twin.table = tableText(result.table);
  if (resultB) twin.summaryB = resultB.summary;
  return twin;
}

function metricText(id: string, metric: MetricDefinition, result: Result, resultB: Result | undefined): TwinMetric {
  const { value, samples } = result.metrics[id];
  const text: TwinMetric = {
    id,
    label: metric.label,
    short: metric.short,
    main: metric.main === true,
    text: formatNumber(value, metric.unit),
  };
  if (samples !== undefined) text.samples = samples;
  if (metric.help !== undefined) text.help = metric.help;
  if (resultB) text.textB = formatNumber(resultB.metrics[id].value, metric.unit);
  const theory = result.theory[id];
  if (theory) {
    text.theory = { text: formatNumber(theory.value, metric.unit), formula: theory.formula, source: theory.source };
    if (theory.reason !== undefined) text.theory.reason = theory.reason;
  }
  return text;
}

function tableText({ caption, columns, rows }: ResultTable): NonNullable<Twin['table']> {
  return {
    caption,
    columns: columns.map(({ label }) => label),
    rows: rows.map(({ label, cells }) => ({ label, cells: cells.map((cell, index) => formatNumber(cell, columns[index].unit)) })),
  };
}
