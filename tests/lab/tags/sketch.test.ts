import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SketchAnswer } from '../../../src/experiments/definition/twin';
import { sameShape, shapeOf } from '../../../src/lab/tags/curveShape';
import { afterKey, afterStroke, columnsAcross, missingIn } from '../../../src/lab/tags/sketchHand';
import { sketchVerdict, widestGap } from '../../../src/lab/tags/sketchVerdict';
import '../../cases';

const x = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const queue = [110, 125, 145, 170, 200, 250, 330, 500, 1000];

function answerOf(heights: readonly number[], top = 1250): SketchAnswer {
  return {
    type: 'sketch',
    x: { label: 'Arrival rate', unit: '/s' },
    y: { label: 'Response time', unit: 'ms', top },
    points: heights.map((y, index) => ({ x: x[index], y, halfWidth: 5 })),
    basis: '',
  };
}

describe('the shape of a curve', () => {
  it.each([
    ['level', [50, 52, 49, 50, 51, 50, 50, 49, 50], 'flat', 'none', -1],
    ['a line', [0, 10, 20, 30, 40, 50, 60, 70, 80], 'rising', 'none', -1],
    ['a queue', [1, 2, 3, 4, 6, 9, 12, 18, 90], 'rising', 'late', 7],
    ['saturation', [0, 40, 70, 85, 92, 96, 98, 99, 100], 'rising', 'early', 3],
    ['a line down', [80, 70, 60, 50, 40, 30, 20, 10, 0], 'falling', 'none', -1],
    ['a cliff', [90, 89, 88, 86, 84, 80, 70, 50, 0], 'falling', 'late', 6],
    ['diminishing', [90, 40, 20, 10, 6, 4, 3, 2, 1], 'falling', 'early', 2],
    ['a hill', [0, 20, 50, 90, 60, 40, 20, 10, 0], 'peak', 'none', 3],
    ['a valley', [90, 60, 30, 10, 0, 20, 40, 70, 90], 'dip', 'none', 4],
  ])('%s', (_name, y, way, bend, at) => {
    expect(shapeOf(x, y, 100)).toEqual({ way, bend, at });
  });

  it('does not depend on the scale', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 9, maxLength: 9 }), fc.constantFrom(0.5, 2, 1024), (y, scale) => {
        const scaled = y.map((value) => value * scale);
        expect(shapeOf(x, scaled, 100 * scale)).toEqual(shapeOf(x, y, 100));
      }),
    );
  });

  it('forgives a trembling hand and a bend that is a little off', () => {
    const drawn = shapeOf(x, [10, 8, 12, 15, 14, 30, 60, 80, 100], 100);
    expect(drawn.way).toBe('rising');
    expect(sameShape(drawn, shapeOf(x, [10, 10, 12, 14, 15, 18, 40, 70, 100], 100))).toBe(true);
    expect(sameShape(drawn, shapeOf(x, x, 10))).toBe(false);
  });
});

describe('the verdict on a sketch', () => {
  const answer = answerOf(queue);

  it('says that a sketch is right', () => {
    expect(sketchVerdict(answer, queue)).toEqual({
      kind: 'right',
      text: 'The shape is right: it rises little at first and bends upward at about 7\u202f/s. Your heights are right all the way.',
    });
  });

  it('tells both shapes, and where it was too high and too low', () => {
    expect(sketchVerdict(answer, [100, 200, 300, 400, 500, 600, 700, 800, 900])).toEqual({
      kind: 'wrong',
      text: 'The experiment’s curve rises little at first and bends upward at about 7\u202f/s; yours rises evenly. You were too high from 2 to 8\u202f/s.',
    });
    const both = sketchVerdict(answer, [500, 500, 500, 500, 500, 500, 500, 500, 500]);
    expect(both?.text).toContain('yours stays about level. You were too high from 1 to 7\u202f/s, and too low at 9\u202f/s.');
  });

  it('is near when the shape is right at another height', () => {
    const half = queue.map((y) => y / 3);
    expect(sketchVerdict(answer, half)?.kind).toBe('near');
  });

  it('is none for an answer to a question with other columns', () => {
    expect(sketchVerdict(answer, [1, 2, 3])).toBeNull();
  });

  it('finds where the gap is widest', () => {
    expect(widestGap(answer, [100, 200, 300, 400, 500, 600, 700, 800, 900])?.x).toBe(7);
  });
});

describe('drawing by hand', () => {
  const columns = columnsAcross([0, 1, 2, 3, 4]);
  const empty = [null, null, null, null, null];

  it('puts the columns where their values are', () => {
    const [first, second, third] = columnsAcross([0, 1, 4]);
    expect((second - first) * 4).toBeCloseTo(third - first);
  });

  it('fills every column that a quick stroke passes', () => {
    const drawn = afterStroke(empty, columns, 100, { across: columns[0], up: 0 }, { across: columns[4], up: 1 });
    expect(drawn).toEqual([null, 25, 50, 75, 100]);
    expect(missingIn(drawn)).toEqual([0]);
  });

  it('sets the nearest column where the pointer only touches', () => {
    expect(afterStroke(empty, columns, 100, { across: 0.5, up: 0.3 }, { across: 0.52, up: 0.3 })).toEqual([null, null, 30, null, null]);
  });

  it('never leaves the grid, whatever the pointer does', () => {
    const place = fc.record({ across: fc.double({ min: -5, max: 5, noNaN: true }), up: fc.double({ min: -5, max: 5, noNaN: true }) });
    fc.assert(
      fc.property(place, place, (from, to) => {
        for (const height of afterStroke(empty, columns, 250, from, to))
          expect(height === null || (height >= 0 && height <= 250)).toBe(true);
      }),
    );
  });

  it.each([
    ['ArrowUp', 55],
    ['ArrowRight', 55],
    ['ArrowDown', 45],
    ['PageUp', 70],
    ['PageDown', 30],
    ['Home', 0],
    ['End', 100],
    ['a', undefined],
    ['toString', undefined],
  ])('moves a column by %s', (key, height) => {
    expect(afterKey([50], 0, key, 100)).toBe(height);
  });

  it('begins an empty column beside its neighbor', () => {
    expect(afterKey([40, null], 1, 'ArrowUp', 100)).toBe(45);
    expect(afterKey(empty, 3, 'ArrowDown', 100)).toBe(0);
  });
});
