import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageExercises } from '../../../src/experiments/definition/twin';
import { firstVersionPrefix, Keeper, recordKey, type Shelf } from '../../../src/lab/record/keeper';
import { type Entries, merged, readRecord, withAnswer } from '../../../src/lab/record/record';
import { readFile, writeFile } from '../../../src/lab/record/recordFile';
import { developmentOf, factorOff, inOrderGiven, rowsOf, strayKeys, tallyOf } from '../../../src/lab/record/standing';
import '../../cases';

const number = (value: number) => ({ type: 'number' as const, value });
const choice = (text: string) => ({ type: 'choice' as const, choice: text });

class FakeShelf implements Shelf {
  readonly kept = new Map<string, string>();
  room = Infinity;
  get length(): number {
    return this.kept.size;
  }
  key(index: number): string | null {
    return [...this.kept.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    if (value.length > this.room) throw new Error('QuotaExceededError');
    this.kept.set(key, value);
  }
  removeItem(key: string): void {
    this.kept.delete(key);
  }
}

function keeperOn(shelf: Shelf, nowMs = () => 1000): Keeper {
  return new Keeper(() => shelf, nowMs);
}

describe('the format', () => {
  it('keeps the first answer, whatever is said later', () => {
    let entries = withAnswer({}, 'a#b', number(5), 100);
    entries = withAnswer(entries, 'a#b', null, 200);
    expect(entries['a#b']).toEqual({ first: number(5), firstAtMs: 100, now: null });
    expect(withAnswer(entries, 'a#b', number(9), 300)['a#b']).toEqual({ first: number(5), firstAtMs: 100, now: number(9) });
  });

  it('takes nothing back that was never given', () => {
    expect(withAnswer({}, 'a#b', null, 100)).toEqual({});
  });

  it('brings version 1, one answer a question without its time, up to date', () => {
    expect(readRecord({ version: 1, answers: { 'a#b': number(5), 'a#c': { type: 'goal' } } })).toEqual({
      entries: {
        'a#b': { first: number(5), firstAtMs: 0, now: number(5) },
        'a#c': { first: { type: 'goal' }, firstAtMs: 0, now: { type: 'goal' } },
      },
      left: 0,
    });
  });

  it('says of a newer version that it is newer', () => {
    expect(readRecord({ version: 3, entries: {} })).toEqual({ problem: 'newer' });
  });

  it.each([null, 5, 'x', [], {}, { version: 0 }, { version: 1.5 }, { version: 2 }, { version: 2, entries: [] }])(
    'reads no record in %j',
    (raw) => {
      expect(readRecord(raw)).toEqual({ problem: 'no record' });
    },
  );

  it('leaves out what is no answer, and counts it', () => {
    const entries = {
      good: { first: { type: 'sketch', heights: [1, 2] }, firstAtMs: 5, now: null },
      noNumber: { first: { type: 'number', value: 'many' }, firstAtMs: 5, now: null },
      endless: { first: number(Infinity), firstAtMs: 5, now: null },
      nothing: null,
    };
    expect(readRecord({ version: 2, entries })).toEqual({ entries: { good: entries.good }, left: 3 });
  });

  it('reads anything at all without an error, and reads again what it has read', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(1, 2, 3), (raw, version) => {
        const read = readRecord({ version, entries: raw, answers: raw });
        if ('problem' in read) return;
        expect(readRecord({ version: 2, entries: read.entries })).toEqual({ entries: read.entries, left: 0 });
      }),
    );
  });
});

describe('merging two records', () => {
  const mine: Entries = { a: { first: number(1), firstAtMs: 200, now: null }, b: { first: number(2), firstAtMs: 0, now: number(2) } };
  const other: Entries = {
    a: { first: number(7), firstAtMs: 100, now: number(8) },
    b: { first: number(9), firstAtMs: 300, now: number(9) },
    c: { first: choice('x'), firstAtMs: 400, now: choice('x') },
  };

  it('keeps every question of both, and of two first answers the earlier', () => {
    expect(merged(mine, other)).toEqual({
      a: { first: number(7), firstAtMs: 100, now: number(8) },
      b: { first: number(9), firstAtMs: 300, now: number(2) },
      c: other.c,
    });
  });

  it('changes nothing when it is done twice', () => {
    const once = merged(mine, other);
    expect(merged(once, other)).toEqual(once);
  });
});

describe('a record in a file', () => {
  const entries: Entries = { 'a#b': { first: number(5), firstAtMs: 100, now: number(6) } };

  it('reads back as it was written', () => {
    expect(readFile(writeFile(entries))).toEqual({ entries, left: 0 });
  });

  it.each([
    ['', 'cut off'],
    [writeFile(entries).slice(0, -20), 'cut off'],
    ['{}', 'not a record'],
    ['[1]', 'not a record'],
    ['{"format":"by-the-slice record","version":"x"}', 'not a record'],
    ['{"format":"by-the-slice record","version":99,"entries":{}}', 'newer version'],
    [' '.repeat(2_000_001), 'not a record'],
  ])('is refused with a sentence when it is none (%#)', (text, words) => {
    expect(readFile(text)).toContain(words);
  });
});

describe('keeping it in the browser', () => {
  it('is there for the next page', () => {
    const shelf = new FakeShelf();
    keeperOn(shelf).answer('a#b', number(5));
    expect(keeperOn(shelf).getState()).toEqual({ entries: { 'a#b': { first: number(5), firstAtMs: 1000, now: number(5) } }, keeps: true });
  });

  it('moves the answers of version 1 over, and removes them', () => {
    const shelf = new FakeShelf();
    shelf.setItem(`${firstVersionPrefix}a#b`, JSON.stringify(number(5)));
    shelf.setItem(`${firstVersionPrefix}a#c`, 'garbage');
    shelf.setItem('somebody else’s', 'stays');
    expect(keeperOn(shelf).getState().entries).toEqual({ 'a#b': { first: number(5), firstAtMs: 0, now: number(5) } });
    expect([...shelf.kept.keys()].sort()).toEqual([recordKey, 'somebody else’s'].sort());
  });

  it.each(['', 'null', '{', '[]', '{"version":2,"entries":7}'])('works on, and says nothing wrong, with %j in the storage', (garbage) => {
    const shelf = new FakeShelf();
    shelf.setItem(recordKey, garbage);
    const keeper = keeperOn(shelf);
    expect(keeper.getState()).toEqual({ entries: {}, keeps: true });
    keeper.answer('a#b', number(5));
    expect(Object.keys(keeperOn(shelf).getState().entries)).toEqual(['a#b']);
    expect([...shelf.kept.values()]).toContain(garbage);
  });

  it('lasts as long as the page where storage is forbidden, and says so', () => {
    const keeper = new Keeper(
      () => {
        throw new Error('SecurityError');
      },
      () => 1000,
    );
    keeper.answer('a#b', number(5));
    keeper.answer('a#c', number(6));
    expect(keeper.getState().keeps).toBe(false);
    expect(Object.keys(keeper.getState().entries)).toEqual(['a#b', 'a#c']);
  });

  it('lasts as long as the page where storage is full, and is kept once there is room', () => {
    const shelf = new FakeShelf();
    shelf.room = 10;
    const keeper = keeperOn(shelf);
    keeper.answer('a#b', number(5));
    expect(keeper.getState().keeps).toBe(false);
    keeper.lookAgain();
    shelf.room = Infinity;
    keeper.answer('a#c', number(6));
    expect(keeper.getState().keeps).toBe(true);
    expect(Object.keys(keeperOn(shelf).getState().entries).sort()).toEqual(['a#b', 'a#c']);
  });

  it('leaves alone what a newer page has written', () => {
    const shelf = new FakeShelf();
    const newer = '{"version":3,"entries":{"x":1}}';
    shelf.setItem(recordKey, newer);
    const keeper = keeperOn(shelf);
    keeper.answer('a#b', number(5));
    expect(keeper.getState().keeps).toBe(false);
    expect(shelf.getItem(recordKey)).toBe(newer);
  });

  it('loses nothing that another tab answered meanwhile', () => {
    const shelf = new FakeShelf();
    const [here, there] = [keeperOn(shelf), keeperOn(shelf)];
    here.getState();
    there.answer('there#b', number(1));
    here.answer('here#b', number(2));
    expect(Object.keys(keeperOn(shelf).getState().entries).sort()).toEqual(['here#b', 'there#b']);
    there.lookAgain();
    expect(Object.keys(there.getState().entries).sort()).toEqual(['here#b', 'there#b']);
  });

  it('tells whoever looks at it, and is empty after it was cleared', () => {
    const shelf = new FakeShelf();
    const keeper = keeperOn(shelf);
    let told = 0;
    const stop = keeper.subscribe(() => told++);
    keeper.answer('a#b', number(5));
    keeper.replace({});
    stop();
    keeper.answer('a#c', number(5));
    expect(told).toBe(2);
    expect(Object.keys(keeper.getState().entries)).toEqual(['a#c']);
  });
});

const right = { text: '400', unit: 'ms', basis: 'mean', mean: 400, halfWidth: 5 };
const asked = (key: string) => ({ key, text: `${key}?`, answer: { type: 'number' as const, unit: 'ms', label: 'Wait', right } });
const pages: PageExercises[] = [
  { id: 'one', title: 'One', path: '/one/', exercises: [{ what: 'predict', asked: asked('one#a'), why: [] }] },
  {
    id: 'two',
    title: 'Two',
    path: '/two/',
    exercises: [
      { what: 'predict', asked: asked('two#a'), why: [] },
      { what: 'question', asked: { key: 'two#open', text: 'Why?', answer: { type: 'open' } }, why: [] },
      { what: 'question', asked: { key: 'two#c', text: 'c?', answer: { type: 'choice', choices: ['x', 'y'], right: 0 } }, why: [] },
    ],
  },
];
const entry = (first: Entries[string]['first'], firstAtMs: number) => ({ first, firstAtMs, now: first });

describe('how the reader stands', () => {
  const entries: Entries = {
    'two#a': entry(number(40), 100),
    'one#a': entry(number(390), 200),
    'two#c': entry(choice('no longer offered'), 300),
    'gone#a': entry(number(1), 400),
  };
  const rows = rowsOf(pages, entries);

  it('shows every question that has an answer, in the order of the course', () => {
    expect(rows.flatMap((page) => page.rows.map((row) => row.asked.key))).toEqual(['one#a', 'two#a', 'two#c']);
    expect(strayKeys(rows, entries)).toEqual(['gone#a']);
  });

  it('counts right, near and off', () => {
    expect(tallyOf(rows.flatMap((page) => page.rows))).toEqual({ asked: 3, answered: 3, right: 1, near: 0 });
  });

  it('orders answers as they were given, with how far off each number was', () => {
    const given = inOrderGiven(rows);
    expect(given.map((row) => row.asked.key)).toEqual(['two#a', 'one#a', 'two#c']);
    expect(given.map(factorOff)).toEqual([0.1, 0.975, null]);
  });

  it('counts an answer of another kind than the question asks as none', () => {
    const [page] = rowsOf(pages, { 'one#a': entry(choice('x'), 1) });
    expect(page.rows[0].verdict).toBeNull();
    expect(tallyOf(page.rows).answered).toBe(0);
  });

  it('compares the first half with the second once there are six', () => {
    const given = inOrderGiven(rows);
    expect(developmentOf(given)).toBeNull();
    expect(developmentOf([...given, ...given])).toEqual({
      earlier: { asked: 3, answered: 3, right: 1, near: 0 },
      later: { asked: 3, answered: 3, right: 1, near: 0 },
    });
  });
});
