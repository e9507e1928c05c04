// Pictures to take along stand alone: own colors and fonts, words in them, nothing outside of their edges.

import { describe, expect, test } from 'vitest';
import { chartDrawing } from '../../../src/lab/take/chartDrawing';
import { type Drawing, svgFile, wrapped } from '../../../src/lab/take/drawing';
import { pictureDrawing } from '../../../src/lab/take/pictureDrawing';
import type { Shape } from '../../../src/picture/shapes';
import { busy, experiments, taken } from './taking';

const source = 'One run. Seed 7, run 1a2b3c4d.';

function placesOf(shape: Shape): { x: number; y: number }[] {
  if (shape.type === 'line')
    return [
      { x: shape.x1, y: shape.y1 },
      { x: shape.x2, y: shape.y2 },
    ];
  if (shape.type === 'rectangle')
    return [
      { x: shape.x, y: shape.y },
      { x: shape.x + shape.width, y: shape.y + shape.height },
    ];
  if (shape.type !== 'path') return [{ x: shape.x, y: shape.y }];
  return [...shape.d.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
}

function expectSound({ shapes, size, title }: Drawing): void {
  expect(title).not.toBe('');
  for (const shape of shapes) {
    for (const { x, y } of placesOf(shape)) {
      expect(x).toBeGreaterThanOrEqual(-1);
      expect(x).toBeLessThanOrEqual(size.width + 1);
      expect(y).toBeGreaterThanOrEqual(-1);
      expect(y).toBeLessThanOrEqual(size.height + 1);
    }
  }
}

const charts = experiments.flatMap((definition) =>
  Object.entries(definition.charts).map(([id, chart]) => [`${definition.id} ${id}`, definition, id, chart] as const),
);

describe('a chart', () => {
  test.each(charts)('%s: is whole for one side and for two', (_name, definition, id, chart) => {
    for (const { sides } of [taken(definition), busy(definition)]) {
      const [a, b] = sides.map(({ result }) => result);
      const horizonMs = Math.max(a.horizonMs, b?.horizonMs ?? 0);
      const drawing = chartDrawing({ definition: chart, a: a.charts[id], b: b?.charts[id], horizonMs, source });
      expectSound(drawing);
      const texts = drawing.shapes.flatMap((shape) => (shape.type === 'text' ? [shape.text] : []));
      expect(texts.join(' ')).toContain(chart.title);
      expect(texts.join(' ')).toContain(chart.caption.replace(/\s+/g, ' '));
      expect(texts).toContain(source);
      const svg = svgFile(drawing, 'light');
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
      for (const side of b ? ['#B3321E', '#5B2A86'] : ['#B3321E']) expect(svg).toContain(side);
    }
  });

  test('without a single value still has its words', () => {
    const definition = {
      title: 'Nothing',
      caption: 'There was nothing.',
      x: { label: 'time', unit: 's' },
      y: { label: 'requests', unit: '' },
      series: {},
    };
    const drawing = chartDrawing({ definition, a: { type: 'lines', x: [], lines: [] }, horizonMs: 0, source });
    expectSound(drawing);
    expect(svgFile(drawing, 'dark')).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe('the picture', () => {
  test.each(experiments.map((definition) => [definition.id, definition] as const))('of %s is drawn for each side', (_id, definition) => {
    const run = busy(definition);
    for (const one of run.sides) {
      const drawing = pictureDrawing(run, one, source);
      if (!drawing) throw new Error('Nothing was drawn.');
      expect(drawing.shapes.length).toBeGreaterThan(10);
      expect(drawing.description.length).toBeGreaterThan(20);
      expect(svgFile(drawing, 'light')).toContain(source);
    }
  });

  test('is nothing where nothing was recorded', () => {
    const run = taken(experiments[0]);
    const [one] = run.sides;
    expect(pictureDrawing(run, { side: 'a', result: { ...one.result, trace: undefined } }, source)).toBeNull();
  });
});

describe('an SVG file', () => {
  const drawing: Drawing = {
    shapes: [
      { type: 'circle', x: 1, y: 1, radius: 1, fill: 'tomato', stroke: 'series-3' },
      { type: 'text', x: 1, y: 1, text: 'a < b', size: 12, font: 'mono', weight: 600 },
    ],
    size: { width: 10, height: 10 },
    title: 'A & B',
    description: '<none>',
  };

  test.each([
    ['light', '#B3321E'],
    ['dark', '#FF8A6B'],
  ] as const)('in %s has that theme’s colors and asks no page for any', (theme, tomato) => {
    const svg = svgFile(drawing, theme);
    expect(svg).toContain(`fill:${tomato}`);
    expect(svg).not.toContain('var(');
    expect(svg).toMatch(/font-family:'JetBrains Mono'[^;"]*monospace/);
    expect(svg.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<svg ')).toBe(true);
    expect(svg).toContain('A &amp; B');
    expect(svg).toContain('a &lt; b');
  });
});

test('text is broken between words, and keeps them all', () => {
  const text = 'How many requests were waiting or in service, averaged over each stretch of the run.';
  const lines = wrapped(text, 200, 14);
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.join(' ')).toBe(text);
  expect(wrapped('', 100, 12)).toEqual([]);
});
