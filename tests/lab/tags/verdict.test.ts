import { describe, expect, it } from 'vitest';
import { checkGoal, type Goal } from '../../../src/experiments/definition/goal';
import type { Answer } from '../../../src/experiments/definition/twin';
import { readNumber, verdictOn } from '../../../src/lab/tags/verdict';

const milliseconds: Answer = {
  type: 'number',
  unit: 'ms',
  label: 'Wait',
  right: { text: '400', unit: 'ms', basis: 'mean', mean: 400, halfWidth: 5 },
};

describe('what a reader types', () => {
  it.each([
    ['1200', 1200],
    [' 1 200 ', 1200],
    ['1,200', 1200],
    ['1,200.5', 1200.5],
    ['0,5', 0.5],
    ['0,125', 0.125],
    ['−3', -3],
    ['1e3', 1000],
  ])('%s is %d', (text, value) => {
    expect(readNumber(text)).toEqual({ type: 'number', value });
  });

  it.each(['', 'many', '5 ms', '1.2.3', 'Infinity'])('%s is no number', (text) => {
    expect(readNumber(text)).toEqual(expect.any(String));
  });
});

describe('the verdict', () => {
  it.each([
    [380, 'right', 'That is as close as it gets.'],
    [300, 'near', 'You were 25 % too low.'],
    [600, 'wrong', 'You were 50 % too high.'],
    [100, 'wrong', 'You were too low by a factor of 4.'],
    [-5, 'wrong', 'You were too low.'],
  ])('on %d of 400', (value, kind, words) => {
    const verdict = verdictOn(milliseconds, { type: 'number', value });
    expect(verdict?.kind).toBe(kind);
    expect(verdict?.text).toContain('the experiment says 400\u00a0ms.');
    expect(verdict?.text).toContain(words);
  });

  it('reads percent as it is shown', () => {
    const share: Answer = { ...milliseconds, unit: '%', right: { text: '80', unit: '%', basis: '', mean: 0.8, halfWidth: 0.01 } };
    expect(verdictOn(share, { type: 'number', value: 81 })?.kind).toBe('right');
  });

  it('on a choice', () => {
    const choice: Answer = { type: 'choice', choices: ['a', 'b'], right: 1 };
    expect(verdictOn(choice, { type: 'choice', choice: 'b' })).toEqual({ kind: 'right', text: 'Right.' });
    expect(verdictOn(choice, { type: 'choice', choice: 'a' })?.text).toBe('You said: a. It is: b.');
    expect(verdictOn(choice, { type: 'number', value: 1 })).toBeNull();
  });
});

describe('a goal', () => {
  const goal: Goal = {
    experiment: 'x',
    conditions: [
      { about: 'metric', name: 'wait', comparison: 'below', bound: 250, unit: 'ms', text: 'wait below 250 ms' },
      { about: 'value', name: 'servers', comparison: 'atMost', bound: 5, unit: '', text: 'at most 5 servers' },
      {
        about: 'value',
        name: 'policy',
        comparison: 'is',
        bound: 'r',
        unit: '',
        options: { r: 'at random', q: 'in turn' },
        text: 'at random',
      },
    ],
  };

  it('says what is met and what there is', () => {
    expect(checkGoal(goal, { servers: 5, policy: 'q' }, { wait: { value: 250 } }).map(({ met, now }) => [met, now])).toEqual([
      [false, '250\u202fms'],
      [true, '5'],
      [false, 'in turn'],
    ]);
  });

  it('is never met by what could not be measured', () => {
    expect(checkGoal(goal, {}, { wait: { value: null } }).some(({ met }) => met)).toBe(false);
  });
});
