// A file can be anything that somebody calls .json. It is opened as an experiment, or refused in a sentence; nothing else happens.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { settle } from '../../../src/experiments/definition/settings';
import { arrange, overlay } from '../../../src/lab/session/arrange';
import { Session } from '../../../src/lab/session/session';
import { experimentFile, longestFile, readExperimentFile } from '../../../src/lab/share/experimentFile';
import { openFile } from '../../../src/lab/take/experimentFiles';
import { cases } from '../../cases';
import { HeldFrames, HeldRuns, tiny } from '../tiny';

const { notices: _, ...setup } = settle(tiny, {
  values: { rate: 12, servers: 3 },
  seed: 5,
  interventions: [{ atMs: 100, verb: 'crash', targets: ['server'] }],
});
const { notices: __, ...other } = settle(tiny, { values: { order: 'last' } });
const state = { ...setup, sideB: { values: other.values, interventions: [] }, cursorMs: 4000, modelHash: '1a2b3c4d' };
const text = JSON.stringify(experimentFile(tiny, state));

function opened(file: string) {
  const reading = readExperimentFile(tiny, file, '1a2b3c4d');
  if ('refusal' in reading) throw new Error(reading.refusal);
  return { ...arrange(tiny, overlay({}, reading.raw)), reading };
}

describe('a file with an experiment', () => {
  test('brings back both sides, seed, interventions and the moment', () => {
    const { arrangement, notices, reading } = opened(text);
    expect([...reading.notices, ...notices]).toEqual([]);
    expect(arrangement).toMatchObject({ seed: 5, a: { values: setup.values, interventions: setup.interventions }, b: state.sideB });
    expect(reading.raw.cursorMs).toBe(4000);
  });

  test('holds a hundred interventions, which no link would', () => {
    const interventions = Array.from({ length: 200 }, (_, index) => ({
      atMs: index * 40 + 0.123456789,
      verb: 'crash',
      targets: ['server'],
    }));
    const settled = settle(tiny, { interventions });
    expect(opened(JSON.stringify(experimentFile(tiny, settled))).arrangement.a.interventions).toEqual(interventions);
  });

  test('of another model or version is opened, with a notice', () => {
    const file = JSON.parse(text);
    expect(opened(JSON.stringify({ ...file, version: 9 })).reading.notices).toHaveLength(1);
    expect(readExperimentFile(tiny, text, 'ffffffff')).toMatchObject({ notices: [{ about: 'file' }] });
  });

  test.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['a picture', '\u0089PNG\r\n'],
    ['another JSON', '{"name":"package"}'],
    ['a list', '[]'],
    ['null', 'null'],
    ['no setup', JSON.stringify({ ...JSON.parse(text), setup: 'x' })],
    ['another experiment', JSON.stringify({ ...JSON.parse(text), experiment: 'chaos' })],
    ['far too much', ' '.repeat(longestFile + 1)],
  ])('that is %s is refused, in a sentence that says what it is', (_what, file) => {
    const reading = readExperimentFile(tiny, file, undefined);
    expect(reading).toHaveProperty('refusal');
    expect('refusal' in reading && reading.refusal).toContain('Nothing was changed');
  });

  test('of any content ends in a setting that runs', () => {
    fc.assert(
      fc.property(
        fc.anything({ withNullPrototype: true }),
        fc.anything(),
        fc.anything(),
        fc.anything(),
        (values, interventions, sideB, cursorMs) => {
          const file = JSON.stringify(
            { ...JSON.parse(text), setup: { values, interventions, sideB, cursorMs, seed: values } },
            (_key, value) => (typeof value === 'bigint' ? String(value) : value),
          );
          const { arrangement } = opened(file);
          expect(settle(tiny, { ...arrangement.a, seed: arrangement.seed }).notices).toEqual([]);
          if (arrangement.b) expect(settle(tiny, arrangement.b).notices).toEqual([]);
        },
      ),
      { numRuns: cases },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('opening a file', () => {
  const session = () => new Session({ definition: tiny, initial: {}, runs: new HeldRuns(), frames: new HeldFrames(), nowMs: () => 0 });
  const file = (content: string | Error, size = 10) => ({
    name: 'mine.json',
    size,
    text: async () => {
      if (content instanceof Error) throw content;
      return content;
    },
  });

  test('sets the experiment up, says which file it was, and can be undone', async () => {
    const open = session();
    expect(await openFile(open, file(text))).toBeNull();
    expect(open.store.getState()).toMatchObject({ seed: 5, canUndo: true, message: expect.stringContaining('mine.json') });
    expect(open.playback.cursorMs()).toBe(4000);
  });

  test.each([
    ['cannot be read', file(new Error('gone'))],
    ['is too large to be read', { ...file(text), size: longestFile + 1 }],
    ['is none of ours', file('{}')],
  ])('that %s changes nothing, and says so', async (_what, bad) => {
    const open = session();
    const before = open.store.getState();
    expect(await openFile(open, bad)).toMatch(/[.]$/);
    expect(open.store.getState()).toBe(before);
  });
});
