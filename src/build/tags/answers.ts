// What is asked of a reader, in <Predict> and <Question>, and what the right answer is. Numbers and curves are computed, never
// typed; the right one of several choices is proven by a claim: proof="claim-id", or proof="experiment/claim-id".

import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { unitName } from '../../experiments/definition/number';
import { settle } from '../../experiments/definition/settings';
import type { Answer, CheckedClaim, Moment } from '../../experiments/definition/twin';
import type { Given } from '../given';
import { momentOf } from '../moment';
import type { Page } from '../page';
import { known, written } from '../problems';
import { verdictOf } from '../runs';
import { goalOf } from './goal';
import { numberOf } from './result';
import { sketchOf } from './sketch';

export const answerProperties = ['choices', 'answer', 'proof', 'unit', 'goal', 'sketch'];

export async function answerOf(given: Given, page: Page): Promise<Answer | undefined> {
  if (given.has('goal')) return goalOf(given, page);
  if (given.has('sketch')) return sketchOf(given, page);
  if (given.has('choices')) return choiceOf(given, page);
  if (given.has('answer')) return measuredOf(given, page);
  return { type: 'open' };
}

async function choiceOf(given: Given, page: Page): Promise<Answer | undefined> {
  const choices = given.texts('choices');
  const answer = given.raw('answer');
  if (choices === undefined) return undefined;
  if (choices.length < 2 || new Set(choices).size < choices.length) {
    page.problems.add(given.at('choices'), `choices of ${given.owner} needs two or more different texts.`);
    return undefined;
  }
  const right = typeof answer === 'string' ? choices.indexOf(answer) : answer;
  if (typeof right === 'number' && Number.isInteger(right) && right >= 0 && right < choices.length) {
    const proven = given.has('proof') ? await proofOf(given, page) : {};
    return proven && { type: 'choice', choices, right, ...proven };
  }
  const allowed = `It is the text of one of the choices, or its number counted from 0 (to ${choices.length - 1}).`;
  const near = typeof answer === 'string' ? ` ${known(answer, choices)}` : '';
  page.problems.add(
    given.at('answer'),
    answer === undefined
      ? `${given.owner} has choices and no answer. ${allowed}`
      : `answer of ${given.owner} is ${written(answer)}. ${allowed}${near}`,
  );
  return undefined;
}

/** The claim that makes a choice the right one, and where its run shows why. */
async function proofOf(given: Given, page: Page): Promise<{ proof: CheckedClaim; moment: Moment } | undefined> {
  const text = given.take('proof', 'text');
  if (text === undefined) return undefined;
  const found = await claimNamed(text, given, page);
  if (!found) return undefined;
  const { definition, id } = found;
  const claim = definition.claims[id];
  const { holds, detail } = await verdictOf(page.course, definition, id);
  if (!holds) {
    page.problems.add(given.at('proof'), `The claim "${id}" of ${definition.id} no longer holds: “${claim.sentence}” ${detail}`);
    return undefined;
  }
  const { notices: _, ...setup } = settle(definition, 'always' in claim ? (claim.setups?.[0] ?? {}) : claim.a);
  return { proof: { sentence: claim.sentence, detail }, moment: await momentOf(page.course, definition, setup) };
}

/** Among the experiments of the page, so that the reader can look at the run behind it. */
async function claimNamed(text: string, given: Given, page: Page): Promise<{ definition: ExperimentDefinition; id: string } | undefined> {
  const [id, experiment] = text.split('/').reverse();
  const definitions = await Promise.all([...page.experiments.keys()].map((key) => page.course.load(key)));
  const holders = definitions.filter((one) => Object.hasOwn(one.claims, id) && (experiment === undefined || one.id === experiment));
  if (holders.length === 1) return { definition: holders[0], id };
  const claims = definitions.flatMap((one) =>
    Object.keys(one.claims).map((claim) => (definitions.length > 1 ? `${one.id}/${claim}` : claim)),
  );
  page.problems.add(
    given.at('proof'),
    `proof of ${given.owner} is "${text}", which is ${holders.length === 0 ? 'no claim' : 'a claim of several'} of this page’s experiments. ${known(text, claims)}`,
  );
  return undefined;
}

async function measuredOf(given: Given, page: Page): Promise<Answer | undefined> {
  if (typeof given.raw('answer') === 'number') {
    page.problems.add(
      given.at('answer'),
      `answer of ${given.owner} is typed; a number is computed: answer={{experiment: '…', metric: '…'}}. With choices it would be the number of one.`,
    );
    return undefined;
  }
  const wanted = given.inside('answer');
  const unit = given.take('unit', 'text');
  const asked = wanted && (await numberOf(wanted, page));
  if (!asked) return undefined;
  const { number: right, definition, metric, setup } = asked;
  if (unit !== undefined && unitName(unit) !== right.unit) {
    page.problems.add(
      given.at('unit'),
      `unit of ${given.owner} is "${unit}"; the metric is measured in "${right.unit}". Leave unit out: it is taken from the metric.`,
    );
    return undefined;
  }
  const answer: Answer = { type: 'number', unit: right.unit, right, label: definition.metrics[metric].label };
  // An experiment that is not on the page cannot be shown there.
  return page.experiments.has(definition.id) ? { ...answer, moment: await momentOf(page.course, definition, setup) } : answer;
}
