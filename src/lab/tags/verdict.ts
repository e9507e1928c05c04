// What is said about an answer: the reader's next to the experiment's.

import { translate } from '@docusaurus/Translate';
import { formatNumber, formatShort } from '../../experiments/definition/number';
import type { Answer } from '../../experiments/definition/twin';
import type { Given } from '../record/given';
import { plainNumeral } from '../words/typedNumber';
import { numberText } from './Result';
import { sketchVerdict } from './sketchVerdict';

export interface Verdict {
  kind: 'right' | 'near' | 'wrong';
  text: string;
}

/** Accepts 1200, 1 200, 1,200.5, 0,5 and −3, and the like in the reader's language; anything else is a sentence. */
export function readNumber(text: string): Extract<Given, { type: 'number' }> | string {
  const bare = plainNumeral(text);
  const value = Number(bare);
  if (bare === '') return translate({ id: 'lab.tags.noNumber', message: 'Write down a number first.' });
  if (Number.isFinite(value)) return { type: 'number', value };
  return translate({ id: 'lab.tags.notNumber', message: '“{text}” is not a number.' }, { text: text.trim().slice(0, 20) });
}

export function verdictOn(answer: Answer, given: Given): Verdict | null {
  if (answer.type === 'choice' && given.type === 'choice') {
    const right = answer.choices[answer.right];
    if (given.choice === right) return { kind: 'right', text: translate({ id: 'lab.tags.right', message: 'Right.' }) };
    const text = translate({ id: 'lab.tags.otherChoice', message: 'You said: {said}. It is: {right}.' }, { said: given.choice, right });
    return { kind: 'wrong', text };
  }
  if (answer.type === 'sketch' && given.type === 'sketch') return sketchVerdict(answer, given.heights);
  if (answer.type === 'goal' && given.type === 'goal')
    return { kind: 'right', text: translate({ id: 'lab.tags.goalReached', message: 'Reached.' }) };
  if (answer.type === 'number' && given.type === 'number') return verdictOnNumber(answer, given.value);
  return null;
}

function verdictOnNumber({ right, unit }: Extract<Answer, { type: 'number' }>, value: number): Verdict {
  const scale = unit === '%' ? 100 : 1;
  const truth = right.mean * scale;
  const tolerance = Math.max(Math.abs(truth) * 0.1, right.halfWidth * scale);
  const said = numberText({ text: formatNumber(value), unit });
  const both = translate(
    { id: 'lab.tags.bothNumbers', message: 'You said {said}; the experiment says {measured}.' },
    { said, measured: numberText(right) },
  );
  if (Math.abs(value - truth) <= tolerance)
    return { kind: 'right', text: `${both} ${translate({ id: 'lab.tags.asClose', message: 'That is as close as it gets.' })}` };
  const near = Math.abs(value - truth) <= Math.abs(truth) * 0.3;
  return { kind: near ? 'near' : 'wrong', text: `${both} ${distance(value, truth)}` };
}

function distance(said: number, truth: number): string {
  const high = said > truth;
  if (said > 0 && truth > 0) {
    const ratio = high ? said / truth : truth / said;
    const factor = formatShort(ratio);
    const percent = formatNumber(Math.round((Math.abs(said - truth) / truth) * 100));
    if (ratio >= 2 && high)
      return translate({ id: 'lab.tags.highByFactor', message: 'You were too high by a factor of {factor}.' }, { factor });
    if (ratio >= 2) return translate({ id: 'lab.tags.lowByFactor', message: 'You were too low by a factor of {factor}.' }, { factor });
    if (high) return translate({ id: 'lab.tags.highByPercent', message: 'You were {percent} % too high.' }, { percent });
    return translate({ id: 'lab.tags.lowByPercent', message: 'You were {percent} % too low.' }, { percent });
  }
  return high
    ? translate({ id: 'lab.tags.justHigh', message: 'You were too high.' })
    : translate({ id: 'lab.tags.justLow', message: 'You were too low.' });
}
