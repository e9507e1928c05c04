import { describe, expect, it } from 'vitest';
import { choice, integer, number, toggle } from '../../../src/experiments/definition/parameters';
import { placeOnAxis, xTicks, yDomain, yTicks } from '../../../src/lab/sweep/axes';
import { endsOf, layoutOf } from '../../../src/lab/sweep/layout';

const rate = number({ label: 'Rate', min: 0.5, max: 20, step: 0.1, default: 8 });
const service = number({ label: 'Service', min: 10, max: 1000, step: 5, default: 100, scale: 'log' });
const order = choice({ label: 'Order', options: { first: 'first come', last: 'last come' }, default: 'first' });
const range = (from: number, to: number) => ({ from, to, points: 9 });

describe('a value on the axis', () => {
  it('stands where it belongs, on straight and logarithmic axes and among categories', () => {
    expect(placeOnAxis(rate, range(2, 10), 4)).toBeCloseTo(0.25, 12);
    expect(placeOnAxis(service, range(10, 1000), 100)).toBeCloseTo(0.5, 12);
    expect(placeOnAxis(order, range(0, 0), 'last')).toBe(0.75);
    expect(placeOnAxis(toggle({ label: 'On', default: true }), range(0, 0), false)).toBe(0.25);
    expect(placeOnAxis(rate, range(2, 10), 1)).toBeLessThan(0);
    expect(placeOnAxis(rate, range(5, 5), 5)).toBe(0.5);
  });
});

describe('ticks', () => {
  it('are round, inside, and not more than there is room for', () => {
    expect(xTicks(rate, range(1, 9.5), 5)).toEqual([2, 4, 6, 8]);
    expect(xTicks(service, range(10, 1000), 8)).toEqual([10, 20, 50, 100, 200, 500, 1000]);
    expect(xTicks(service, range(10, 1000), 4)).toEqual([10, 30, 100, 300, 1000]);
    expect(xTicks(service, range(10, 1000), 3)).toEqual([10, 100, 1000]);
    expect(xTicks(service, range(100, 300), 4)).toEqual([100, 150, 200, 250, 300].filter((tick) => tick % 50 === 0));
    expect(xTicks(integer({ label: 'n', min: 1, max: 9, default: 1 }), range(1, 3), 6)).toEqual([1, 2, 3]);
    expect(xTicks(order, range(0, 0), 4)).toEqual(['first', 'last']);
  });

  it('of a percentage are written as one', () => {
    expect(yTicks([0, 0.5], '%', 5)).toEqual(
      [0, 0.1, 0.2, 0.3, 0.4, 0.5].map((at) => ({ at: expect.closeTo(at, 12), written: Math.round(at * 100) })),
    );
  });
});

describe('the ends of the y axis', () => {
  it('are zero and a little above the highest; far from zero they are close to the values', () => {
    const [low, high] = yDomain([10, 200], [], []);
    expect(low).toBe(0);
    expect(high).toBeGreaterThan(200);
    expect(high).toBeLessThan(220);
    expect(yDomain([95, 99], [], [])[0]).toBeGreaterThan(90);
    expect(yDomain([-5, 5], [], [])[0]).toBeLessThan(-5);
  });

  it('are not torn away by a theory that goes to infinity', () => {
    expect(yDomain([10, 200], [], [12, 210, 1e9])[1]).toBeLessThan(260);
    expect(yDomain([10, 200], [], [12, 210])[1]).toBeGreaterThan(210);
    const alone = Array.from({ length: 80 }, (_, index) => 1 / (1 - index / 80));
    expect(yDomain([], [], alone)[1]).toBeLessThan(20);
    // One run on screen does not squeeze it, and is in view.
    expect(yDomain([], [2], alone)[0]).toBe(0);
    expect(yDomain([], [30], alone)[1]).toBeGreaterThan(30);
  });

  it('exist for nothing and for one value', () => {
    expect(yDomain([], [], [])).toEqual([0, 1]);
    expect(yDomain([0, 0], [], [])).toEqual([0, 1]);
    const [low, high] = yDomain([7], [], []);
    expect(high).toBeGreaterThan(low);
  });
});

describe('the band', () => {
  const estimate = { mean: 2, interval: { low: -1, high: 5 }, lowest: 1, highest: 4 };

  it('does not reach below zero where no run does', () => {
    expect(endsOf(estimate, 'interval')).toEqual({ low: 0, high: 5 });
    expect(endsOf({ ...estimate, lowest: -3 }, 'interval')).toEqual({ low: -1, high: 5 });
    expect(endsOf(estimate, 'range')).toEqual({ low: 1, high: 4 });
    expect(endsOf({ ...estimate, interval: null }, 'interval')).toBeNull();
  });
});

describe('the layout', () => {
  const at = (parameter: typeof rate | typeof order, width: number, onScreen: { value: number; y: number }[] = []) =>
    layoutOf({ parameter, range: range(2, 10), metric: { unit: 'ms' }, points: [], theories: [], onScreen, band: 'interval' }, width);

  it('keeps values inside, at any width', () => {
    for (const width of [0, 200, 320, 900]) {
      const { x, y, left, right, top, bottom } = at(rate, width, [{ value: 4, y: 250 }]);
      expect(right).toBeGreaterThan(left);
      if (width >= 200) {
        expect(x(2)).toBeGreaterThanOrEqual(left);
        expect(x(10)).toBeLessThanOrEqual(right);
      }
      expect(y(0)).toBe(bottom);
      expect(y(250)).toBeGreaterThanOrEqual(top);
    }
  });

  it('slants long words where they would touch, and only there', () => {
    const many = choice({
      label: 'Scheme',
      options: { a: 'range of keys', b: 'hash modulo N', c: 'ring (consistent hashing)', d: 'slots', e: 'rendezvous hash' },
      default: 'a',
    });
    const slanted = at(many as unknown as typeof order, 320);
    expect(slanted.isSlanted).toBe(true);
    expect(slanted.xMarks.every(({ text }) => text.length <= 20)).toBe(true);
    expect(slanted.height).toBeGreaterThan(at(order, 320).height);
    expect(at(order, 900).isSlanted).toBe(false);
  });

  it('slants very many words more steeply, and leaves room for each', () => {
    const options = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`o${index}`, 'twenty letters of it']));
    const many = choice({ label: 'Policy', options, default: 'o0' }) as unknown as typeof order;
    const [wide, narrow] = [at(many, 700), at(many, 330)];
    expect([wide.slantAngle, narrow.slantAngle]).toEqual([35, 70]);
    expect(narrow.height).toBeGreaterThan(wide.height);
    expect(narrow.left).toBeLessThan(wide.left);
  });
});
