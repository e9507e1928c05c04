import { describe, expect, it } from 'vitest';
import { partAt } from '../../../src/lab/stage/hit';
import { nearest } from '../../../src/lab/stage/nearest';

describe('arrow keys over the parts', () => {
  const boxes = [
    { x: 0, y: 50, width: 20, height: 20 },
    { x: 100, y: 0, width: 20, height: 20 },
    { x: 100, y: 50, width: 20, height: 20 },
    { x: 100, y: 100, width: 20, height: 20 },
  ];
  it('go straight ahead first, and stay where there is nothing', () => {
    expect(nearest(boxes, 0, 'ArrowRight')).toBe(2);
    expect(nearest(boxes, 2, 'ArrowDown')).toBe(3);
    expect(nearest(boxes, 1, 'ArrowUp')).toBe(1);
    expect(nearest(boxes, 3, 'ArrowLeft')).toBe(0);
  });
  it('know the ends, and leave other keys alone', () => {
    expect(nearest(boxes, 2, 'Home')).toBe(0);
    expect(nearest(boxes, 0, 'End')).toBe(3);
    expect(nearest(boxes, 0, 'Enter')).toBeUndefined();
    expect(nearest([], 0, 'Home')).toBeUndefined();
  });
});

describe('what a finger hits', () => {
  it('is the topmost shape of a part', () => {
    const at = partAt.bind(null, [
      { type: 'rectangle', x: 0, y: 0, width: 100, height: 20, part: 'line' },
      { type: 'circle', x: 10, y: 10, radius: 4, part: 'dot' },
      { type: 'circle', x: 50, y: 10, radius: 4 },
    ]);
    expect(at(15, 10)).toBe('dot');
    expect(at(50, 10)).toBe('line');
    expect(at(50, 90)).toBeUndefined();
  });
});
