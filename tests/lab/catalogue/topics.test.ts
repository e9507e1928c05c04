import { describe, expect, test } from 'vitest';
import { hiding, isShown, topicsOf } from '../../../src/lab/catalogue/topics';

const entries = [{ topics: ['queues', 'response time'] }, { topics: ['keys', 'queues', 'queues'] }, { topics: [] }];

describe('topics of the catalogue', () => {
  test('the most common comes first, then in the order in which they are met', () => {
    expect(topicsOf(entries)).toEqual(['queues', 'response time', 'keys']);
  });

  test('an experiment is shown under its own', () => {
    expect(entries.map((entry) => isShown(entry, 'keys'))).toEqual([false, true, false]);
  });

  test('there is a rule for each, which holds nothing but its number', () => {
    const rules = hiding(3).split('\n');
    expect(rules).toHaveLength(3);
    for (const [index, rule] of rules.entries())
      expect(rule).toBe(`:has(#topic-${index + 1}:checked) [data-topics]:not([data-topics~='${index + 1}']){display:none}`);
  });
});
