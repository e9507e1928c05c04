import { describe, expect, it } from 'vitest';
import type { PartialSetup } from '../../src/experiments/definition/defineExperiment';
import { runExperiment } from '../../src/experiments/definition/run';
import { settle } from '../../src/experiments/definition/settings';
import { summaryOf } from '../../src/experiments/definition/summary';
import { experimentLoaders, loadExperiment } from '../../src/experiments/registry';
import { tiny } from '../lab/tiny';

const experiments = await Promise.all(Object.keys(experimentLoaders).map(loadExperiment));

describe.each(experiments.map((definition) => [definition.id, definition] as const))('the summary of %s', (_id, definition) => {
  it('fills every place, for each option and scenario', () => {
    const { metrics } = runExperiment(definition, settle(definition, {}));
    const options = Object.entries(definition.parameters).flatMap(([name, parameter]): PartialSetup[] => {
      if (parameter.type === 'switch') return [{ values: { [name]: !parameter.default } }];
      return parameter.type === 'choice' ? Object.keys(parameter.options).map((option) => ({ values: { [name]: option } })) : [];
    });
    for (const setup of [{}, ...options, ...Object.values(definition.scenarios)]) {
      const summary = summaryOf(definition, metrics, settle(definition, setup));
      expect(summary).not.toMatch(/[{}]|undefined|NaN/);
      expect(summary.length).toBeGreaterThan(40);
    }
  });

  it('names a metric or a parameter, never what is both', () => {
    const { summary, sentences = {} } = definition;
    const places = [typeof summary === 'string' ? summary : '', ...Object.values(sentences)].flatMap(
      (text) => text.match(/\w+(?=\})/g) ?? [],
    );
    expect(places.filter((name) => Object.hasOwn(definition.metrics, name) && Object.hasOwn(definition.parameters, name))).toEqual([]);
  });
});

describe('a summary', () => {
  const metrics = { opened: { value: 12_000, unit: 'requests' } };
  const setup = settle(tiny, { values: { rate: 7.25 } });

  it('may be one text: metrics with their unit, values with all their digits, options by their words', () => {
    const definition = { ...tiny, summary: '{opened} at {rate}, {order}, {unknown}' };
    expect(summaryOf(definition, metrics, setup).replace(/\s/gu, ' ')).toBe('12 000 requests at 7.25, first come, {unknown}');
  });

  it('may choose among sentences, fill in more, or write English itself', () => {
    const sentences = { one: '{rate} and {more}', two: '{twice}' };
    const definition: typeof tiny = {
      ...tiny,
      sentences,
      summary: (say, _values, tell) => `${tell('one', { more: 1.5 })}; ${tell('two', { twice: 'x' })}; ${say('opened')}`,
    };
    expect(summaryOf(definition, metrics, setup).replace(/\s/gu, ' ')).toBe('7.25 and 1.5; x; 12 000 requests');
  });
});
