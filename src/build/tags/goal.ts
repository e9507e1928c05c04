// goal={{experiment: 'load-balancing', metric: 'responseMsP99', below: 250, with: {servers: {atMost: 5}}, solution: {policy: '…'}}}
// A goal must be open at the page's own setting, and its solution must reach it: the build runs both.

import { spoken } from '@by-the-slice/simulation';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { type Comparison, type Condition, checkGoal, type Goal, inWords } from '../../experiments/definition/goal';
import type { Setup } from '../../experiments/definition/result';
import type { Answer } from '../../experiments/definition/twin';
import type { Given } from '../given';
import type { Literal } from '../literals';
import type { Page } from '../page';
import { known, written } from '../problems';
import { estimateOf, metricsOf, samplesOf } from '../runs';
import { buildSentences } from '../sentences';
import { readSetup, wrongValue } from '../setup';
import { tryLink } from './try';

const comparisons: readonly Comparison[] = ['below', 'above', 'atMost', 'atLeast', 'is'];

export async function goalOf(given: Given, page: Page): Promise<Answer | undefined> {
  const asked = given.inside('goal');
  const definition = asked && (await page.definition(asked, 'experiment'));
  if (!asked || !definition || !page.needOnPage(definition, asked)) return undefined;
  const metric = page.metric(definition, asked);
  const conditions: (Condition | undefined)[] = [];
  if (metric !== undefined) conditions.push(metricCondition(definition, metric, asked, page));
  const others = asked.inside('with');
  for (const name of others?.rest() ?? []) conditions.push(otherCondition(definition, name, others as Given, page));
  const solution = asked.has('solution') ? asked.inside('solution') : undefined;
  if (!asked.has('solution'))
    page.problems.add(
      asked.place,
      `${asked.owner} lacks solution: values that reach it, like {{servers: 5}}. The build proves that it can be done.`,
    );
  asked.refuseRest(['experiment', 'metric', ...comparisons, 'with', 'solution']);
  const setup = solution && readSetup(definition, solution, page.problems, { others: [] });
  if (!setup || !conditions.every((condition): condition is Condition => condition !== undefined)) return undefined;

  const goal: Goal = { experiment: definition.id, conditions };
  const atFirst = page.experiments.get(definition.id)?.setup;
  if (atFirst && (await failing(goal, definition, atFirst, page)).length === 0) {
    page.problems.add(
      asked.place,
      `${asked.owner} is already met by the <Experiment id="${definition.id}"> of this page: there is nothing to do.`,
    );
  }
  const failed = await failing(goal, definition, setup, page);
  if (failed.length > 0)
    page.problems.add((solution as Given).place, `The solution of ${asked.owner} does not reach it: ${failed.join('; ')}.`);
  return { type: 'goal', goal, solution: tryLink(definition, setup) };
}

/** What is not met with the seed that readers start from, or else on average over 20 seeds. */
async function failing(
  goal: Goal,
  definition: ExperimentDefinition,
  { values, seed, interventions }: Setup,
  page: Page,
): Promise<string[]> {
  const setup = { values, seed, interventions };
  const metrics = await metricsOf(page.course, definition, setup);
  const open = checkGoal(goal, values, metrics).filter(({ met }) => !met);
  if (open.length > 0) return open.map(({ text, now }) => `${text} is wanted, ${now} is found`);
  const samples = await samplesOf(page.course, definition, setup);
  const means = Object.fromEntries(
    Object.entries(samples).map(([metric, values]) => {
      const estimate = estimateOf(values);
      return [metric, { value: 'missing' in estimate ? null : estimate.mean }];
    }),
  );
  return checkGoal(goal, values, means).flatMap(({ met, text, now }) => (met ? [] : [`${text} is wanted, ${now} is the mean of 20 runs`]));
}

function metricCondition(definition: ExperimentDefinition, metric: string, given: Given, page: Page): Condition | undefined {
  const { label, unit } = definition.metrics[metric];
  const found = comparisonIn(given, page);
  if (!found) return undefined;
  const { comparison, bound } = found;
  if (typeof bound !== 'number') {
    page.problems.add(
      given.at(comparison),
      `${comparison} of ${given.owner} is ${written(bound)}; it takes a number in the metric's unit${unit === '%' ? ' (0.9 is 90 %)' : ''}.`,
    );
    return undefined;
  }
  return condition('metric', metric, label, { comparison, bound, unit });
}

function otherCondition(definition: ExperimentDefinition, name: string, others: Given, page: Page): Condition | undefined {
  if (Object.hasOwn(definition.metrics, name)) {
    const inner = others.inside(name);
    const found = inner && metricCondition(definition, name, inner, page);
    inner?.refuseRest(comparisons);
    return found;
  }
  const parameter = Object.hasOwn(definition.parameters, name) ? definition.parameters[name] : undefined;
  if (!parameter || parameter.type === 'list') {
    page.problems.add(
      others.at(name),
      `${others.owner} names ${name}. ${known(name, [...Object.keys(definition.parameters), ...Object.keys(definition.metrics)])}`,
    );
    return undefined;
  }
  const raw = others.raw(name) as Literal;
  const isObject = typeof raw === 'object' && raw !== null && !Array.isArray(raw);
  const inner = isObject ? others.inside(name) : undefined;
  const found = inner ? comparisonIn(inner, page) : { comparison: 'is' as const, bound: raw };
  inner?.refuseRest(comparisons);
  if (!found) return undefined;
  const wrong = wrongValue(`${name} in ${others.owner}`, parameter, found.bound);
  if (wrong) {
    page.problems.add(others.at(name), wrong);
    return undefined;
  }
  const unit = 'unit' in parameter && parameter.unit !== parameter.label.toLowerCase() ? parameter.unit : '';
  const options = parameter.type === 'choice' ? { options: parameter.options } : {};
  return condition('value', name, parameter.label, {
    comparison: found.comparison,
    bound: found.bound as Condition['bound'],
    unit,
    ...options,
  });
}

function comparisonIn(given: Given, page: Page): { comparison: Comparison; bound: Literal } | undefined {
  const found = comparisons.filter((comparison) => given.has(comparison));
  if (found.length === 1) return { comparison: found[0], bound: given.raw(found[0]) as Literal };
  for (const comparison of found) given.raw(comparison);
  page.problems.add(
    given.place,
    `${given.owner} needs one of ${comparisons.join(', ')}, like below: 250; it has ${found.length === 0 ? 'none' : found.join(' and ')}.`,
  );
  return undefined;
}

function condition(
  about: Condition['about'],
  name: string,
  label: string,
  rest: Pick<Condition, 'comparison' | 'bound' | 'unit' | 'options'>,
): Condition {
  const text = spoken(buildSentences[rest.comparison], { label, bound: inWords(rest.bound, rest) });
  return { about, name, ...rest, text };
}
