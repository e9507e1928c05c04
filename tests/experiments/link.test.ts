// A link can be typed, cut, mangled or forged. Whatever it is, reading it gives a setting that runs, and says what was changed.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { experimentOfLink, type LinkState, linkLimits, linkVersion, readLink, writeLink } from '../../src/experiments/definition/link';
import { fieldsOf } from '../../src/experiments/definition/link/fields';
import { migrated, migrations } from '../../src/experiments/definition/link/migrations';
import type { Parameter } from '../../src/experiments/definition/parameters';
import { runExperiment } from '../../src/experiments/definition/run';
import { horizonMsOf, settle, shownParameters } from '../../src/experiments/definition/settings';
import { experimentLoaders, loadExperiment } from '../../src/experiments/registry';
import { cases } from '../cases';

const experiments = await Promise.all(Object.keys(experimentLoaders).map(loadExperiment));
const balancing = await loadExperiment('load-balancing');
/** Read, not imported: the vector holds lone surrogates, which a bundler refuses. */
const hostile = JSON.parse(readFileSync('tests/vectors/sec.url.json', 'utf8')) as { data: string[] };
/** Ten thousand links take a while on a busy machine. */
const patienceMs = 30_000 + 20 * cases;

function isValid(definition: (typeof experiments)[number], state: ReturnType<typeof readLink>['state']): boolean {
  return settle(definition, state).notices.length === 0;
}

/** Any value of a parameter, one of its ends more often than by chance. */
function anyValue(parameter: Parameter): fc.Arbitrary<unknown> {
  if (parameter.type === 'switch') return fc.boolean();
  if (parameter.type === 'choice') return fc.constantFrom(...Object.keys(parameter.options));
  if (parameter.type === 'list') return fc.array(anyValue(parameter.element), { maxLength: 12 });
  const { min, max, type } = parameter;
  const inside = type === 'integer' ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true }).map((value) => value + 0);
  return fc.oneof(inside, fc.constantFrom(min, max, parameter.default));
}

function faults(horizonMs: number): fc.Arbitrary<unknown[]> {
  return fc.array(
    fc.record(
      {
        atMs: fc.oneof(fc.integer({ min: 0, max: horizonMs }), fc.double({ min: 0, max: horizonMs, noNaN: true }), fc.constant(1e-7)),
        untilMs: fc.double({ min: 0, max: horizonMs, noNaN: true }),
        verb: fc.constantFrom('crash', 'restore', 'slow', 'flush'),
        targets: fc.array(fc.constantFrom('servers/0', 'servers/1', 'server', 'store', 'a part/x.y_z'), { minLength: 1, maxLength: 3 }),
        arguments: fc.dictionary(fc.constantFrom('factor', 'ms'), fc.double({ min: 1e-9, max: 1000, noNaN: true }), { maxKeys: 2 }),
      },
      { requiredKeys: ['atMs', 'verb', 'targets'] },
    ),
    { maxLength: 40 },
  );
}

/** Any settled state at all: one side or two, forked or not. */
function states(definition: (typeof experiments)[number]): fc.Arbitrary<LinkState> {
  const values = fc.record(
    Object.fromEntries(Object.entries(definition.parameters).map(([name, parameter]) => [name, anyValue(parameter)])),
    { requiredKeys: [] },
  );
  const list = faults(horizonMsOf(definition, settle(definition, {}).values));
  return fc
    .record({
      values,
      list,
      valuesB: values,
      listB: list,
      sides: fc.constantFrom('one', 'two', 'fork'),
      seed: fc.nat(4_294_967_295),
      cursor: fc.option(fc.nat(100_000), { nil: undefined }),
    })
    .map((given) => {
      const { notices: _, ...setup } = settle(definition, { values: given.values, seed: given.seed, interventions: given.list });
      const state: LinkState = setup;
      if (given.cursor !== undefined) state.cursorMs = given.cursor / 8;
      if (given.sides === 'one') return state;
      const forked = given.sides === 'fork';
      const { values, interventions } = settle(definition, {
        values: forked ? { ...setup.values, ...given.valuesB } : given.valuesB,
        interventions: forked ? [...setup.interventions, ...given.listB] : given.listB,
      });
      return { ...state, sideB: { values, interventions } };
    });
}

/** What a link holds: hidden parameters and empty arguments are no part of it. */
function readable(definition: (typeof experiments)[number], { sideB, ...side }: LinkState): unknown {
  const shown = ({ values, interventions }: Pick<LinkState, 'values' | 'interventions'>) => ({
    values: Object.fromEntries(shownParameters(definition, values).map((name) => [name, values[name]])),
    interventions,
  });
  return { ...side, ...shown(side), sideB: sideB && shown(sideB) };
}

/** What can happen to a link on its way: cut, mistyped, doubled, swapped, or forged. */
const hostilePieces = fc.constantFrom(
  ...['=', ';', '%', '%00', '%E0%A4%A', '%zz', '#', 'NaN', 'Infinity', '-Infinity', '1e999', '1e9', '-0', '9'.repeat(400), '\ud800', '🍕'],
  ...[
    '__proto__=1',
    'constructor=1',
    'b.__proto__=x',
    'toString=1',
    'x=2',
    'x=99',
    'b=fork',
    'b=fresh',
    'b=1',
    'b.i=',
    'i=::::',
    'i=crash',
  ],
  ...['i=crash:servers/1:1,2,3,4-5', 'seed=-1', 'seed=1e99', 't=-5', 't=Infinity', 'm=<script>', 'id=one-server', 'javascript:alert(1)'],
);
const mutations: fc.Arbitrary<(text: string) => string> = fc
  .record({
    kind: fc.constantFrom('cut', 'insert', 'replace', 'double', 'shuffle', 'repeat'),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(30),
    piece: fc.oneof(hostilePieces, fc.constantFrom(...hostile.data), fc.string({ maxLength: 40 })),
  })
  .map(({ kind, at, length, piece }) => (text: string) => {
    const from = Math.floor(at * text.length);
    if (kind === 'cut') return text.slice(0, from) + text.slice(from + length);
    if (kind === 'insert') return text.slice(0, from) + piece + text.slice(from);
    if (kind === 'replace') return text.slice(0, from) + piece + text.slice(from + piece.length);
    if (kind === 'double') return `${text};${text.slice(from)}`.slice(0, 60_000);
    if (kind === 'repeat') return text + `;${piece}`.repeat(length * 20);
    return text
      .split(';')
      .sort((a, b) => ((a.length * (from + 7)) % 13) - ((b.length * (from + 7)) % 13))
      .join(';');
  });

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
    'of %s never throws on hostile text and always ends in a valid setting, with a notice',
    (id, definition) => {
      const names = [...Object.keys(definition.parameters), 'seed', 'i', 'b', 't', 'm', 'b.i', '__proto__', 'constructor', 'b.__proto__'];
      for (const text of hostile.data) {
        for (const name of names) {
          const { state, notices } = readLink(definition, `#x=1;id=${id};${name}=${text}`);
          expect(isValid(definition, state)).toBe(true);
          // Minus nothing is a number; that the model is another one is told by the page, which knows its own.
          if (text !== '-0' && name !== 'm') expect([name, text, notices.length > 0]).toEqual([name, text, true]);
        }
        expect(isValid(definition, readLink(definition, text).state)).toBe(true);
      }
      expect(({} as Record<string, unknown>).x).toBeUndefined();
    },
  );

  test.each(experiments.map((definition) => [definition.id, definition] as const))(
    'of %s survives random mutation',
    (_id, definition) => {
      fc.assert(
        fc.property(states(definition), fc.array(mutations, { minLength: 1, maxLength: 6 }), (state, changes) => {
          let text = writeLink(definition, state);
          for (const change of changes) text = change(text);
          const { state: read, notices } = readLink(definition, text);
          expect(isValid(definition, read)).toBe(true);
          if (read.sideB) expect(isValid(definition, { ...read.sideB, seed: read.seed })).toBe(true);
          expect(notices.length).toBeLessThanOrEqual(20);
          expect(read.interventions.length).toBeLessThanOrEqual(200);
          expect(JSON.stringify(read).length).toBeLessThan(100_000);
          for (const { text } of notices) expect(text.length).toBeLessThan(1000);
          const id = experimentOfLink(text);
          if (id !== null) expect(id).toMatch(/^[a-z0-9-]+$/);
        }),
        { numRuns: cases },
      );
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
    patienceMs,
  );

  test('a million characters long is cut, with a notice', () => {
    const { notices } = readLink(balancing, `#x=1;id=load-balancing;policy=${'a'.repeat(1_000_000)}`);
    expect(notices.some((notice) => notice.about === 'link')).toBe(true);
  });
});

describe('what is written', () => {
  test.each(experiments.map((definition) => [definition.id, definition] as const))(
    'for %s reads back as the same run',
    (_id, definition) => {
      fc.assert(
        fc.property(states(definition), (state) => {
          const link = writeLink(definition, state);
          const { state: read, notices } = readLink(definition, `#${link}`);
          if (link.length > linkLimits.hard) return;
          expect(notices).toEqual([]);
          expect(readable(definition, read)).toEqual(readable(definition, state));
          expect(writeLink(definition, read)).toBe(link);
        }),
        { numRuns: Math.min(cases, 2000) },
      );
    },
    patienceMs,
  );

  test('gives the same events when it is run, hidden values or not', () => {
    for (const definition of experiments) {
      for (const state of fc.sample(states(definition), { numRuns: 5, seed: 1 })) {
        if ((definition.expectedEvents?.(state.values as never) ?? 0) > 100_000) continue;
        const link = writeLink(definition, state);
        if (link.length > linkLimits.hard) continue;
        expect(runExperiment(definition, readLink(definition, link).state).traceHash).toBe(runExperiment(definition, state).traceHash);
      }
    }
  });

  test('is short for a fork with many faults: what both sides do is written once, and each fault once', () => {
    const faults = Array.from({ length: 60 }, (_, index) => ({
      atMs: 500 * (index + 1),
      verb: 'crash',
      targets: [`servers/${index % 4}`],
    }));
    const { notices: _, ...setup } = settle(balancing, { values: { policy: 'random' }, interventions: faults });
    const { notices: __, ...b } = settle(balancing, {
      values: { policy: 'least-connections' },
      interventions: [...faults, { atMs: 20_000, verb: 'restore', targets: ['servers/1'] }],
    });
    const link = writeLink(balancing, { ...setup, sideB: { values: b.values, interventions: b.interventions } });
    expect(link).toContain('x=2;');
    expect(link).toContain(';b=fork;b.policy=least-connections;b.i=restore:servers/1:20000');
    expect(link.length).toBeLessThan(linkLimits.chat / 3);
    expect(readLink(balancing, link).state.sideB).toEqual({ values: b.values, interventions: b.interventions });
  });

  test('keeps the order of what happens at one instant', () => {
    const interventions = ['crash', 'restore', 'crash'].map((verb) => ({ atMs: 5000, verb, targets: ['servers/0'] }));
    const list = Array.from({ length: 30 }, () => interventions).flat();
    const { notices: _, ...setup } = settle(balancing, { interventions: list });
    expect(readLink(balancing, writeLink(balancing, setup)).state.interventions).toEqual(list);
  });
});

describe('versions', () => {
  /** Links that were sent to somebody. They are never edited: each must read as it did on the day it was made. */
  const sent: { version: number; link: string; state: object }[] = [
    {
      version: 1,
      link: 'x=1;id=load-balancing;policy=random;servers=6;seed=7;i=slow:servers/2+servers/3:12300-20000:factor=0.25;b=1;b.policy=round-robin;t=20000.5;m=1a2b3c4d',
      state: {
        seed: 7,
        cursorMs: 20_000.5,
        modelHash: '1a2b3c4d',
        interventions: [{ atMs: 12_300, untilMs: 20_000, verb: 'slow', targets: ['servers/2', 'servers/3'], arguments: { factor: 0.25 } }],
        // In version 1 side B begins at the defaults: 4 servers, and nothing slowed.
        sideB: { values: expect.objectContaining({ policy: 'round-robin', servers: 4 }), interventions: [] },
      },
    },
    {
      version: 2,
      link: 'x=2;id=load-balancing;policy=random;servers=6;i=crash:servers/1:1000,2500-3000;b=fork;b.policy=round-robin;b.i=crash:servers/2:2000',
      state: {
        interventions: [
          { atMs: 1000, verb: 'crash', targets: ['servers/1'] },
          { atMs: 2500, untilMs: 3000, verb: 'crash', targets: ['servers/1'] },
        ],
        sideB: {
          values: expect.objectContaining({ policy: 'round-robin', servers: 6 }),
          interventions: [
            { atMs: 1000, verb: 'crash', targets: ['servers/1'] },
            { atMs: 2000, verb: 'crash', targets: ['servers/2'] },
            { atMs: 2500, untilMs: 3000, verb: 'crash', targets: ['servers/1'] },
          ],
        },
      },
    },
    {
      version: 2,
      link: 'x=2;id=load-balancing;servers=6;i=crash:servers/1:1000;b=fresh;b.policy=random',
      state: { sideB: { values: expect.objectContaining({ policy: 'random', servers: 4 }), interventions: [] } },
    },
  ];

  test.each(sent)('version $version: $link', ({ link, state }) => {
    const read = readLink(balancing, `#${link}`);
    expect(read.notices).toEqual([]);
    expect(read.state).toMatchObject(state);
    expect(read.state.values).toMatchObject({ servers: 6 });
    expect(experimentOfLink(`#${link}`)).toBe('load-balancing');
  });

  test('every older one has a step to the next, and is among the links that were sent', () => {
    const older = Array.from({ length: linkVersion - 1 }, (_, index) => index + 1);
    expect(Object.keys(migrations).map(Number)).toEqual(older);
    expect(new Set(sent.map(({ version }) => version))).toEqual(new Set([...older, linkVersion]));
  });

  test('a step takes any fields at all, and adds none', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.constantFrom(...Object.keys(migrations)), (text, from) => {
        const fields = fieldsOf(`x=${from};${text}`);
        expect(migrated(fields).fields.length).toBeLessThanOrEqual(fields.length);
      }),
      { numRuns: cases },
    );
  });

  test.each(['0', '3', '9', '1e9', 'NaN', '-1', '01', '', '1.5', '__proto__'])(
    'version "%s" is read as the newest, with a notice',
    (version) => {
      const { state, notices } = readLink(balancing, `#x=${version};id=load-balancing;servers=6`);
      expect(state.values.servers).toBe(6);
      expect(notices.map(({ about }) => about)).toEqual(['link']);
    },
  );
});

describe('a link that asks for too much', () => {
  test.each([
    ['a list of a thousand million', 'servers=1e9', 'servers'],
    ['ten thousand list elements', `speeds=${'1,'.repeat(3900)}`, ''],
    ['three thousand times in one intervention', `i=crash:servers/1:${'1,'.repeat(3900)}`, 'interventions'],
    ['a thousand interventions', 'i=crash:a:1;'.repeat(650), 'interventions'],
    ['forty thousand targets', `i=crash:${'a+'.repeat(3900)}b:1`, ''],
    ['two thousand unknown fields', 'q=1;'.repeat(1900), 'q'],
    ['a thousand different unknown fields', Array.from({ length: 1000 }, (_, index) => `q${index}=1`).join(';'), 'link'],
    ['infinity', 'servers=Infinity', 'servers'],
    ['a number of a thousand digits', `servers=${'9'.repeat(1000)}`, 'servers'],
    ['a cursor beyond everything', 't=1e400', ''],
    ['one thing twice', 'policy=random;policy=round-robin', 'policy'],
    ['a side B that does not exist', 'b=both', 'b'],
  ])('%s: is cut to what can run', (_what, text, about) => {
    const { state, notices } = readLink(balancing, `#x=2;id=load-balancing;${text}`);
    expect(isValid(balancing, state)).toBe(true);
    expect(state.interventions.length).toBeLessThanOrEqual(200);
    expect(horizonMsOf(balancing, state.values)).toBeLessThanOrEqual(3_600_000);
    expect(notices.length).toBeLessThanOrEqual(20);
    if (about !== '') expect(notices.map((notice) => notice.about)).toContain(about);
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
        { numRuns: cases },
      );
    },
    patienceMs,
  );
});
