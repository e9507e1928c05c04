import { describe, expect, test } from 'vitest';
import { exponential } from '../../../src/simulation/kernel/distributions';
import { drawEach, exponentialDraw } from '../../../src/simulation/workload/draws';

describe('draws', () => {
  test('an exponential draw is the exponential, one by one and many at once', () => {
    const uniforms = Array.from({ length: 999 }, (_, index) => (index + 0.5) / 999);
    const draw = exponentialDraw(40);
    const many = Float64Array.from(uniforms);
    drawEach(draw, many, 0);
    uniforms.forEach((uniform, index) => {
      expect(draw(uniform, index)).toBe(exponential(uniform, 40));
      expect(many[index]).toBe(exponential(uniform, 40));
    });
  });

  test('a plain function is asked for each, with the number of its request', () => {
    const numbers = new Float64Array(3);
    drawEach((_uniform, request) => request * 2, numbers, 10);
    expect([...numbers]).toEqual([20, 22, 24]);
  });

  test('a mean that is none is refused', () => {
    expect(() => exponentialDraw(0)).toThrow('The mean of an exponential is 0');
  });
});
