// A run that drops its first part: the same events, measured from the end of the warm-up on, and the books still balance.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exponential } from '../../../src/simulation/kernel/distributions';
import { Simulation } from '../../../src/simulation/kernel/simulation';
import { Book, fates } from '../../../src/simulation/measure/accounts';
import { Level } from '../../../src/simulation/measure/level';
import { StationBooks } from '../../../src/simulation/measure/station';
import { Tally } from '../../../src/simulation/measure/tally';
import { cases } from '../../cases';

/** One server and its books, wired by hand: a part needs no more than this to have a warm-up. */
class Station {
  readonly books = new StationBooks('station');
  readonly response = new Tally();
  readonly simulation: Simulation;
  private readonly inside: { enteredMs: number }[] = [];

  constructor(seed: number, warmUpMs: number, meanGapMs: number, meanServiceMs: number) {
    const simulation = new Simulation({ seed, warmUpMs });
    this.simulation = simulation;
    const gaps = simulation.random.stream('gaps');
    const works = simulation.random.stream('works');
    const end = simulation.on(() => {
      const call = this.inside.shift() as { enteredMs: number };
      this.books.leave(simulation.nowMs, call.enteredMs, fates.completed);
      this.response.record(simulation.nowMs - call.enteredMs);
      if (this.inside.length > 0) simulation.schedule(exponential(works.next(), meanServiceMs), end);
    });
    const arrive = simulation.on(() => {
      this.books.enter(simulation.nowMs);
      this.inside.push({ enteredMs: simulation.nowMs });
      if (this.inside.length === 1) simulation.schedule(exponential(works.next(), meanServiceMs), end);
      simulation.schedule(exponential(gaps.next(), meanGapMs), arrive);
    });
    simulation.schedule(0, arrive);
    simulation.parts.push({
      name: 'station',
      warm: (nowMs) => {
        this.books.warm(nowMs, this.inside);
        this.response.reset();
      },
      close: (horizonMs) => this.books.close(horizonMs, this.inside),
      audit: () => this.books.audit(),
    });
  }
}

describe('a warm-up', () => {
  test('changes nothing in the run, and Little’s law and the accounts hold on what is left', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 1, max: 900, noNaN: true }), (seed, warmUpMs) => {
        const whole = new Station(seed, 0, 10, 9);
        whole.simulation.runUntil(1000);
        const late = new Station(seed, warmUpMs, 10, 9);
        late.simulation.runUntil(1000);
        late.simulation.audit();
        expect(late.simulation.events).toBe(whole.simulation.events);
        const accounts = late.books.accounts();
        expect(accounts.opened).toBe(accounts.completed + accounts.open);
        expect(late.books.spanMs).toBe(1000 - warmUpMs);
        expect(late.response.count).toBe(accounts.completed);
        expect(accounts.completed).toBeLessThanOrEqual(whole.books.accounts().completed);
      }),
      { numRuns: cases },
    );
  });

  test('takes the empty beginning out of the mean number inside of a busy queue', () => {
    // M/M/1 at 90 %: 9 inside in the long run; begun empty, a short run sees fewer.
    const means = [0, 20_000].map((warmUpMs) => {
      let sum = 0;
      for (let seed = 1; seed <= 200; seed++) {
        const station = new Station(seed, warmUpMs, 10, 9);
        station.simulation.runUntil(warmUpMs + 2000);
        station.simulation.audit();
        sum += station.books.inside.area / station.books.spanMs;
      }
      return sum / 200;
    });
    expect(means[0]).toBeLessThan(7);
    expect(Math.abs(means[1] - 9)).toBeLessThan(3);
  });

  test('must end before the horizon and be a time', () => {
    expect(() => new Simulation({ seed: 1, warmUpMs: -1 })).toThrow('The warm-up is -1 ms; it must be 0 or more.');
    expect(() => new Simulation({ seed: 1, warmUpMs: Number.NaN })).toThrow(RangeError);
    for (const warmUpMs of [100, 101, Infinity]) {
      expect(() => new Simulation({ seed: 1, warmUpMs }).runUntil(100)).toThrow(/must end before the horizon of 100 ms/);
    }
  });

  test('comes before anything else of its instant', () => {
    const simulation = new Simulation({ seed: 1, warmUpMs: 5 });
    const seen: string[] = [];
    simulation.at(5, () => seen.push('event'), 0);
    simulation.parts.push({ name: 'part', warm: (nowMs) => seen.push(`warm at ${nowMs}`) });
    simulation.runUntil(10);
    expect(seen).toEqual(['warm at 5', 'event']);
    expect(simulation.events).toBe(1);
  });
});

describe('measures that begin anew', () => {
  test('a level keeps its value and forgets its past', () => {
    const level = new Level();
    level.set(0, 5);
    level.set(10, 2);
    level.warm(20);
    level.set(30, 4);
    level.close(40);
    expect([level.area, level.mean(40), level.highest, level.value]).toEqual([2 * 10 + 4 * 10, 3, 4, 4]);
  });

  test('a tally is as new', () => {
    const tally = new Tally();
    for (const value of [100, 200, 300]) tally.record(value);
    tally.reset();
    expect([tally.count, tally.sum, tally.min, tally.max]).toEqual([0, 0, Infinity, -Infinity]);
    expect(tally.mean).toBeNaN();
    tally.record(7);
    expect([tally.count, tally.mean, tally.percentile(50), tally.max]).toEqual([1, 7, 7, 7]);
  });

  test('a book opens with those who are still here', () => {
    const book = new Book('till');
    book.opened = 5;
    book.close(fates.completed);
    book.close(fates.rejected);
    book.warm(3);
    book.close(fates.completed);
    expect(book.accounts(2)).toMatchObject({ opened: 3, completed: 1, rejected: 0, open: 2 });
  });

  test('a station counts the time inside from the warm-up on', () => {
    const books = new StationBooks('oven');
    books.enter(0);
    books.enter(4);
    books.busy.set(0, 1);
    books.warm(10, [{ enteredMs: 0 }, { enteredMs: 4 }]);
    books.leave(15, 0, fates.completed);
    books.close(20, [{ enteredMs: 4 }]);
    books.audit();
    expect([books.timeInsideMs, books.inside.area, books.busy.area, books.spanMs]).toEqual([15, 15, 10, 10]);
    expect(books.accounts()).toMatchObject({ opened: 2, completed: 1, open: 1 });
  });

  test('a tally tells how many values are at most so large', () => {
    const tally = new Tally();
    for (let value = 1; value <= 1000; value++) tally.record(value);
    expect([0, 0.5, 1, 500, 1000, 5000].map((value) => tally.countAtOrBelow(value))).toEqual([0, 0, 1, 500, 1000, 1000]);
  });
});
