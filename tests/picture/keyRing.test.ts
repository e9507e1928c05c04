import { describe, expect, it } from 'vitest';
import { drawKeyRing, type KeyRing, keyRingSizes } from '../../src/experiments/definition/keyRing';
import { widthOf } from '../../src/picture/flow/text';
import type { Shape, Size } from '../../src/picture/shapes';

const drawings = [
  ['wide', false, keyRingSizes.wide],
  ['narrow', true, keyRingSizes.narrow],
] as const;

/** `shards` shards before, one more after; the last one gets everything that is asked for. */
function ringOf(shards: number): KeyRing {
  const keys = 240;
  const members = Array.from({ length: shards + 1 }, (_, shard) => shard);
  return {
    before: Array.from({ length: keys }, (_, key) => key % shards),
    after: Array.from({ length: keys }, (_, key) => key % (shards + 1)),
    shardNames: members.map((shard) => `shard ${shard + 1}`),
    keyShares: members.map(() => 1 / (shards + 1)),
    loadShares: members.map((shard) => (shard === shards ? 1 : 0)),
    caption: 'keys in their own order around the ring',
  };
}

interface Extent {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function extentOf(shape: Shape): Extent {
  switch (shape.type) {
    case 'rectangle':
      return { left: shape.x, right: shape.x + shape.width, top: shape.y, bottom: shape.y + shape.height };
    case 'line':
      return extent([shape.x1, shape.x2], [shape.y1, shape.y2]);
    case 'path': {
      const points = [...shape.d.matchAll(/(-?[\d.]+) (-?[\d.]+) (?=[A-Z]|$)/g), ...shape.d.matchAll(/[ML] (-?[\d.]+) (-?[\d.]+)/g)];
      return extent(
        points.map(([, x]) => Number(x)),
        points.map(([, , y]) => Number(y)),
      );
    }
    case 'text': {
      const width = widthOf(shape.text, shape.size, shape.font);
      const left = shape.x - (shape.anchor === 'middle' ? width / 2 : shape.anchor === 'end' ? width : 0);
      return { left, right: left + width, top: shape.y - shape.size * 0.75, bottom: shape.y + shape.size * 0.25 };
    }
    default:
      return extent([shape.x - shape.radius, shape.x + shape.radius], [shape.y - shape.radius, shape.y + shape.radius]);
  }
}

function extent(xs: number[], ys: number[]): Extent {
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

function outside(shapes: Shape[], { width, height }: Size): Shape[] {
  return shapes.filter((shape) => {
    const { left, right, top, bottom } = extentOf(shape);
    return left < 0 || top < 0 || right > width || bottom > height;
  });
}

describe.each(drawings)('the ring of keys, drawn %s', (_, isNarrow, size) => {
  const draw = (ring: KeyRing): Shape[] => drawKeyRing(ring, isNarrow);

  it.each([1, 4, 12, 32])('stays within its size with %i shards', (shards) => {
    expect(outside(draw(ringOf(shards)), size)).toEqual([]);
  });

  it('says how many keys moved, and names its shards while there is room', () => {
    const texts = (shards: number): string[] => draw(ringOf(shards)).flatMap((shape) => (shape.type === 'text' ? [shape.text] : []));
    expect(texts(4)).toEqual(expect.arrayContaining(['80 %', 'of these keys moved', 'shard 1', 'shard 5', '100 %']));
    expect(texts(32)).not.toContain('shard 1');
  });

  it('keeps its words inside of the inner ring', () => {
    const shapes = draw(ringOf(4));
    const ring = shapes.find((shape) => shape.type === 'path');
    const [, x, y, radius] = /^M (\S+) (\S+) A (\S+)/.exec(ring?.type === 'path' ? ring.d : '') ?? [];
    const words = shapes.find((shape) => shape.type === 'text' && shape.text === 'of these keys moved');
    const { left, right, bottom } = extentOf(words as Shape);
    expect(Number(y)).toBeLessThan(bottom);
    expect(right - left).toBeLessThan(2 * 0.8 * Number(radius));
    expect((left + right) / 2).toBeCloseTo(Number(x), 0);
  });
});
