// <Result experiment="one-server" metric="waitMs" arrivalsPerSecond={9}/>: the mean of 20 runs, rounded to its interval.
// With against={{…}} and as="ratio" or "difference": this setting compared with another one, seed by seed.

import { spoken } from '@by-the-slice/simulation';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import type { Setup } from '../../experiments/definition/result';
import { runExperiment } from '../../experiments/definition/run';
import type { ComputedNumber } from '../../experiments/definition/twin';
import { type Given, givenOf } from '../given';
import type { Node } from '../nodes';
import type { Page } from '../page';
import { computedNumber, formulaNumber } from '../rounded';
import type { Samples } from '../runAnswers';
import { estimateOf, paired, samplesOf } from '../runs';
import { buildSentences } from '../sentences';
import { readSetup } from '../setup';

const ownProperties = ['experiment', 'metric', 'against', 'as', 'theory', 'unit'];

export async function expandResult(node: Node, page: Page): Promise<void> {
  const given = givenOf(node, page.problems);
  const showUnit = given.take('unit', 'switch') ?? true;
  const asked = await numberOf(given, page);
  if (asked) page.replaceProperties(node, showUnit ? asked.number : { ...asked.number, unit: '' });
}

/** A computed number, and what it was computed from. */
interface AskedNumber {
  number: ComputedNumber;
  definition: ExperimentDefinition;
  metric: string;
  setup: Setup;
}

/** The number that the properties of a `<Result>`, or of an `answer`, ask for. */
export async function numberOf(given: Given, page: Page): Promise<AskedNumber | undefined> {
  const definition = await page.definition(given, 'experiment');
  if (!definition) return undefined;
  const metric = page.metric(definition, given);
  const wantsTheory = given.take('theory', 'switch') ?? false;
  const as = given.take('as', 'text');
  const other = given.inside('against');
  const setup = readSetup(definition, given, page.problems, { others: ownProperties });
  const setupB = other && readSetup(definition, other, page.problems, { others: [] });
  if ((as !== undefined) !== (other !== undefined) || (as !== undefined && as !== 'ratio' && as !== 'difference')) {
    page.problems.add(given.at('as'), `${given.owner} compares with against={{…}} and as="ratio" or as="difference": it needs both.`);
    return undefined;
  }
  if (metric === undefined || !setup || (other && !setupB)) return undefined;
  const number = wantsTheory
    ? theoryOf(definition, metric, setup, given, page)
    : await measuredNumber({ definition, metric, setup, setupB, as }, given, page);
  return number && { number, definition, metric, setup };
}

interface Wanted extends Omit<AskedNumber, 'number'> {
  setupB: Setup | undefined;
  as: string | undefined;
}

async function measuredNumber(
  { definition, metric, setup, setupB, as }: Wanted,
  given: Given,
  page: Page,
): Promise<ComputedNumber | undefined> {
  const samples = (await samplesOf(page.course, definition, setup))[metric];
  const samplesB = setupB && (await samplesOf(page.course, definition, setupB))[metric];
  const values = samplesB === undefined ? samples : paired(samples, samplesB, as === 'ratio' ? (a, b) => a / b : (a, b) => a - b);
  return estimated(values, definition, metric, samplesB === undefined ? undefined : as, given, page);
}

function estimated(
  values: Samples[string],
  definition: ExperimentDefinition,
  metric: string,
  as: string | undefined,
  given: Given,
  page: Page,
): ComputedNumber | undefined {
  const estimate = estimateOf(values);
  const { unit } = definition.metrics[metric];
  if ('missing' in estimate) {
    page.problems.add(
      given.at('metric'),
      `${metric} of ${definition.id} has no value in ${estimate.missing} of ${values.length} runs with these values (too few samples, or nothing to measure).`,
    );
    return undefined;
  }
  if (as === 'ratio') return computedNumber(estimate, '×', 'meanRatio');
  if (as === 'difference') {
    const number = computedNumber(estimate, unit, 'meanDifference');
    return unit === '%' ? { ...number, unit: spoken(buildSentences.percentagePoints) } : number;
  }
  return computedNumber(estimate, unit);
}

function theoryOf(definition: ExperimentDefinition, metric: string, setup: Setup, given: Given, page: Page): ComputedNumber | undefined {
  const entry = runExperiment(definition, setup).theory[metric];
  if (entry && entry.value !== null && !entry.reason) return formulaNumber(entry.value, definition.metrics[metric].unit, entry.formula);
  page.problems.add(given.at('theory'), `${definition.id} has no formula for ${metric} with these values. ${entry?.reason ?? ''}`.trim());
  return undefined;
}
