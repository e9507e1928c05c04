// A link can be typed, cut, mangled or forged. Whatever it is, reading it gives a setting that runs, and says what was changed.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { experimentOfLink, readLink, writeLink } from '../../src/experiments/definition/link';
import { settle } from '../../src/experiments/definition/settings';
import { experimentLoaders, loadExperiment } from '../../src/experiments/registry';

const experiments = await Promise.all(Object.keys(experimentLoaders).map(loadExperiment));
const balancing = await loadExperiment('load-balancing');
/** Read, not imported: the vector holds lone surrogates, which a bundler refuses. */
const hostile = JSON.parse(readFileSync('tests/vectors/sec.url.json', 'utf8')) as { data: string[] };
const runs = Number(process.env.FAST_CHECK_RUNS ?? 500);

function isValid(definition: (typeof experiments)[number], state: ReturnType<typeof readLink>['state']): boolean {
  return settle(definition, state).notices.length === 0;
}

describe('a link', () => {
  test('restores values, seed, interventions, side B and the cursor', () => {
    const { notices: _, ...setup } = settle(balancing, {
      values: { policy: 'least-connections', servers: 6, speeds: [1, 1, 1, 1, 1, 0.3] },
      seed: 7,
      interventions: [{ atMs: 12_300, untilMs: 20_000, verb: 'slow', targets: ['servers/2', 'servers/3'], arguments: { factor: 0.25 } }],
    });
    const sideB = settle(balancing, { values: { policy: 'random', servers: 6 } });
    const link = writeLink(balancing, {
      ...setup,
      sideB: { values: sideB.values, interventions: sideB.interventions },
      cursorMs: 20_000.5,
      modelHash: '1a2b3c4d',
    });
    const { state, notices } = readLink(balancing, `#${link}`);
    expect(notices).toEqual([]);
    expect(state).toEqual({ ...setup, sideB: { values: sideB.values, interventions: [] }, cursorMs: 20_000.5, modelHash: '1a2b3c4d' });
    expect(experimentOfLink(`#${link}`)).toBe('load-balancing');
  });

  test('is readable for the plain cases', () => {
    const { notices: _, ...setup } = settle(balancing, { values: { policy: 'random', servers: 6 }, seed: 7 });
    expect(writeLink(balancing, setup)).toBe(
      'x=1;id=load-balancing;policy=random;servers=6;speeds=1,1,1,0.5,1,1;seed=7'.replace(';speeds=1,1,1,0.5,1,1', ''),
    );
  });

  test('names what it had to change', () => {
    const { state, notices } = readLink(balancing, '#x=1;id=load-balancing;servers=1000;policy=magic;color=red');
    expect(state.values.servers).toBe(64);
    expect(state.values.policy).toBe('round-robin');
    expect(notices.map((notice) => notice.about)).toEqual(['policy', 'servers', 'color']);
    expect(notices[0].text).toContain('round-robin, smooth-weighted');
  });

  test('of another version is read as far as it can be, with a notice', () => {
    const { state, notices } = readLink(balancing, '#x=9;id=load-balancing;servers=6');
    expect(state.values.servers).toBe(6);
    expect(notices[0].text).toContain('version 9');
  });

  test.each(experiments.map((definition) => [definition.id, definition] as const))(
    'of %s never throws on hostile text and always ends in a valid setting',
    (id, definition) => {
      const names = [...Object.keys(definition.parameters), 'seed', 'i', 'b', 't', 'm', 'b.i', '__proto__', 'constructor', 'b.__proto__'];
      for (const text of hostile.data) {
        for (const name of names) expect(isValid(definition, readLink(definition, `#x=1;id=${id};${name}=${text}`).state)).toBe(true);
        expect(isValid(definition, readLink(definition, text).state)).toBe(true);
      }
      expect(({} as Record<string, unknown>).x).toBeUndefined();
    },
  );

  test.each(experiments.map((definition) => [definition.id, definition] as const))('of %s survives random mutation', (_id, definition) => {
    const { notices: _, ...setup } = settle(definition, { seed: 3, interventions: [{ atMs: 10, verb: 'crash', targets: ['server'] }] });
    const link = writeLink(definition, { ...setup, sideB: { values: setup.values, interventions: [] }, cursorMs: 5 });
    fc.assert(
      fc.property(fc.nat(link.length), fc.nat(20), fc.string({ maxLength: 40 }), (at, cut, inserted) => {
        const { state } = readLink(definition, link.slice(0, at) + inserted + link.slice(at + cut));
        expect(isValid(definition, state)).toBe(true);
      }),
      { numRuns: runs },
    );
  });

  test('a million characters long is cut, with a notice', () => {
    const { notices } = readLink(balancing, `#x=1;id=load-balancing;policy=${'a'.repeat(1_000_000)}`);
    expect(notices.some((notice) => notice.about === 'link')).toBe(true);
  });
});

describe('settling', () => {
  test.each(experiments.map((definition) => [definition.id, definition] as const))(
    '%s takes anything at all, and changes nothing the second time',
    (_id, definition) => {
      fc.assert(
        fc.property(
          fc.record({
            values: fc.dictionary(fc.constantFrom(...Object.keys(definition.parameters), 'nonsense'), fc.anything()),
            seed: fc.anything(),
            interventions: fc.anything(),
          }),
          (raw) => {
            const once = settle(definition, raw);
            const twice = settle(definition, once);
            expect(twice.notices).toEqual([]);
            expect(twice.values).toEqual(once.values);
            expect(twice.interventions).toEqual(once.interventions);
          },
        ),
        { numRuns: runs },
      );
    },
  );
});
