import { afterEach, describe, expect, test } from 'vitest';
import * as sentences from '../../../src/simulation/record/sentences';
import { saidText, speakIn, spoken } from '../../../src/simulation/record/spoken';
import { Recorder } from '../../../src/simulation/record/trace';

const server = { kind: 'server' as const, concurrency: 1, queueCapacity: 1, speed: 1 };
const parts = [
  { id: 0, name: 'servers/1', label: 'Server 1', ...server },
  { id: 1, name: 'servers/2', label: 'Server 2', ...server },
];

afterEach(() => speakIn(null));

describe('what a run says', () => {
  test('names parts by their labels, also those that stand in its values', () => {
    const said = { part: 0, text: '{part} sends writes to {node} of {count}', values: { node: 'servers/2', count: 1 / 3 } };
    expect(saidText(said, parts)).toBe('Server 1 sends writes to Server 2 of 0.333');
    expect(saidText({ part: -1, text: 'About {part} nobody', request: 7 }, parts)).toBe('About  nobody');
    expect(saidText({ part: 1, text: sentences.notRetried, request: 12345 }, parts)).toContain('Request 12345 ');
  });

  test('writes numbers as it is told', () => {
    expect(saidText({ part: 0, text: sentences.longLine, values: { waiting: 12000 } }, parts, (value) => `<${value}>`)).toBe(
      '<12000> wait at Server 1',
    );
  });

  test('is put together in the language that is set, and stays as it is where that does not know it', () => {
    speakIn(
      new Map<string, string>([
        [sentences.ejected, 'Raus: {part}, wegen {cause}'],
        ['low success rate', 'zu wenig Erfolg'],
      ]),
    );
    expect(saidText({ part: 1, text: sentences.ejected, values: { cause: 'low success rate' } }, parts)).toBe(
      'Raus: Server 2, wegen zu wenig Erfolg',
    );
    expect(spoken('{unknown} is {left}', { left: '{unknown}' })).toBe('{unknown} is {unknown}');
    expect(spoken('plain {x}')).toBe('plain {x}');
    expect(spoken('{constructor}', {})).toBe('{constructor}');
  });

  test('is kept as data, and costs nothing where nobody listens', () => {
    const kept = new Recorder({ detail: 'coarse' });
    const deaf = new Recorder({ detail: 'none' });
    for (const recorder of [kept, deaf]) {
      recorder.say(1, 'warn', 0, sentences.rejected, { waiting: 3 }, 7);
      recorder.mark(1, 'crash', 0, sentences.crashed);
    }
    expect(kept.log).toEqual([{ atMs: 1, level: 'warn', part: 0, text: sentences.rejected, values: { waiting: 3 }, request: 7 }]);
    expect(kept.marks).toEqual([{ atMs: 1, kind: 'crash', part: 0, text: sentences.crashed }]);
    expect([deaf.log, deaf.marks]).toEqual([[], []]);
    expect(deaf.digest()).toBe(kept.digest());
  });

  test('names every sentence once, so that a translation is found by its English', () => {
    const texts = Object.values(sentences);
    expect(new Set(texts).size).toBe(texts.length);
  });
});
