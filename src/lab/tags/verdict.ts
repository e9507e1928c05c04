// What is said about an answer: the reader's next to the experiment's.

import { formatNumber } from '../../experiments/definition/number';
import type { Answer } from '../../experiments/definition/twin';
import type { Given } from './answers';
import { numberText } from './Result';

export interface Verdict {
  kind: 'right' | 'near' | 'wrong';
  text: string;
}

/** Accepts 1200, 1 200, 1,200.5, 0,5 and −3; anything else is a sentence. */
export function readNumber(text: string): Given | string {
  let bare = text
    .trim()
    .replace(/[\s\u00a0\u202f\u2009']/g, '')
    .replace('−', '-');
  if (/,\d{3}(,|\.|$)/.test(bare) && !/^-?0,/.test(bare)) bare = bare.replace(/,/g, '');
  bare = bare.replace(',', '.');
  const value = Number(bare);
  if (bare === '') return 'Write down a number first.';
  return Number.isFinite(value) ? { type: 'number', value } : `“${text.trim().slice(0, 20)}” is not a number.`;
}

export function verdictOn(answer: Answer, given: Given): Verdict | null {
  if (answer.type === 'choice' && given.type === 'choice') {
    const right = given.choice === answer.choices[answer.right];
    return right
      ? { kind: 'right', text: 'Right.' }
      : { kind: 'wrong', text: `You said: ${given.choice}. It is: ${answer.choices[answer.right]}.` };
  }
  if (answer.type !== 'number' || given.type !== 'number') return null;
  const { right, unit } = answer;
  const truth = unit === '%' ? right.mean * 100 : right.mean;
  const tolerance = Math.max(Math.abs(truth) * 0.1, unit === '%' ? right.halfWidth * 100 : right.halfWidth);
  const said = numberText({ text: formatNumber(given.value), unit });
  const both = `You said ${said}; the experiment says ${numberText(right)}.`;
  if (Math.abs(given.value - truth) <= tolerance) return { kind: 'right', text: `${both} That is as close as it gets.` };
  const near = Math.abs(given.value - truth) <= Math.abs(truth) * 0.3;
  return { kind: near ? 'near' : 'wrong', text: `${both} ${distance(given.value, truth)}` };
}

function distance(said: number, truth: number): string {
  if (said > 0 && truth > 0) {
    const factor = said > truth ? said / truth : truth / said;
    if (factor >= 2) return `You were too ${said > truth ? 'high' : 'low'} by a factor of ${formatNumber(factor)}.`;
    return `You were ${formatNumber(Math.round((Math.abs(said - truth) / truth) * 100))} % too ${said > truth ? 'high' : 'low'}.`;
  }
  return said > truth ? 'You were too high.' : 'You were too low.';
}
