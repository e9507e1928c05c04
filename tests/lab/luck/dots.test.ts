import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { domainOf, nearestDot, stackDots } from '../../../src/lab/luck/dots';
import '../../cases';

const room = { width: 600, height: 120 };

describe('the dots', () => {
  it('stand where their values are and on top of each other where values are alike', () => {
    const { dots, diameter } = stackDots([0, 5, 5, 10], [0, 10], room);
    expect(dots[0].x).toBeLessThan(room.width * 0.03);
    expect(dots[3].x).toBeGreaterThan(room.width * 0.97);
    expect(Math.abs(dots[1].x - 300)).toBeLessThanOrEqual(diameter);
    expect(dots[2].x).toBe(dots[1].x);
    expect(dots[2].y - dots[1].y).toBeCloseTo(diameter);
  });

  it('get smaller when there are many, and stay in the room whatever the values', () => {
    const sizes = [20, 100, 1000].map((count) => {
      const values = Array.from({ length: count }, (_, index) => ((index * 7919) % count) + ((index * 104729) % count));
      return stackDots(values, [0, 2 * count], room).diameter;
    });
    expect(sizes[0]).toBeGreaterThanOrEqual(sizes[1]);
    expect(sizes[1]).toBeGreaterThan(sizes[2]);
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 400 }), fc.integer({ min: 1, max: 900 }), (values, width) => {
        const { dots, diameter } = stackDots(values, domainOf(values), { width, height: 72 });
        expect(dots.length).toBe(values.length);
        for (const { x, y } of dots) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(width);
          expect(y).toBeGreaterThan(0);
          expect(y + diameter / 2).toBeLessThanOrEqual(72 + 1e-6);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('overlap when a thousand runs gave the same', () => {
    const { dots } = stackDots(Array(1000).fill(5), domainOf([5]), room);
    expect(Math.max(...dots.map(({ y }) => y))).toBeLessThanOrEqual(room.height);
  });

  it('can be found by a point near them', () => {
    const dots = [
      { x: 10, y: 5 },
      { x: 30, y: 5 },
    ];
    expect(nearestDot(dots, 27, 9, 24)).toBe(1);
    expect(nearestDot(dots, 300, 9, 24)).toBe(-1);
  });
});

describe('the axis', () => {
  it('holds all values with air at both ends', () => {
    const [from, to] = domainOf([3, 7, 5]);
    expect(from).toBeLessThan(3);
    expect(to).toBeGreaterThan(7);
  });

  it('takes in theory when it is near, and not when it would squeeze the dots', () => {
    expect(domainOf([10, 20], [25])[1]).toBeGreaterThan(25);
    expect(domainOf([10, 20], [400])[1]).toBeLessThan(30);
  });

  it('has a length when all values are one', () => {
    for (const value of [0, 5, -3]) {
      const [from, to] = domainOf([value]);
      expect(to).toBeGreaterThan(from);
    }
  });
});
