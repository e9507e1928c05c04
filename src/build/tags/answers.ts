// What is asked of a reader, in <Predict> and <Question>, and what the right answer is. Numbers are computed, never typed.

import type { Answer } from '../../experiments/definition/twin';
import type { Given } from '../given';
import type { Page } from '../page';
import { known, written } from '../problems';
import { goalOf } from './goal';
import { numberOf } from './result';

export const answerProperties = ['choices', 'answer', 'unit', 'goal'];

export async function answerOf(given: Given, page: Page): Promise<Answer | undefined> {
  if (given.has('goal')) return goalOf(given, page);
  if (given.has('choices')) return choiceOf(given, page);
  if (given.has('answer')) return measuredOf(given, page);
  return { type: 'open' };
}

function choiceOf(given: Given, page: Page): Answer | undefined {
  const choices = given.texts('choices');
  const answer = given.raw('answer');
  if (choices === undefined) return undefined;
  if (choices.length < 2 || new Set(choices).size < choices.length) {
    page.problems.add(given.at('choices'), `choices of ${given.owner} needs two or more different texts.`);
    return undefined;
  }
  const right = typeof answer === 'string' ? choices.indexOf(answer) : answer;
  if (typeof right === 'number' && Number.isInteger(right) && right >= 0 && right < choices.length)
    return { type: 'choice', choices, right };
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
  const right = wanted && (await numberOf(wanted, page));
  if (!wanted || !right) return undefined;
  if (unit !== undefined && unit !== right.unit) {
    page.problems.add(
      given.at('unit'),
      `unit of ${given.owner} is "${unit}"; the metric is measured in "${right.unit}". Leave unit out: it is taken from the metric.`,
    );
    return undefined;
  }
  const definition = await page.course.load(String(wanted.raw('experiment')));
  return { type: 'number', unit: right.unit, right, label: definition.metrics[String(wanted.raw('metric'))].label };
}
