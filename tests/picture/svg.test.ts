import { describe, expect, it } from 'vitest';
import { FlowPicture } from '../../src/picture/flowPicture';
import type { Shape } from '../../src/picture/shapes';
import { toSvg } from '../../src/picture/svg';
import { fleet } from './shop';

const size = { width: 100, height: 50 };
const words = { title: 'A & B', description: 'Server <3> is "down"', idPrefix: 'twin' };

describe('shapes as SVG', () => {
  it('keeps tokens, with the light color for where there are none', () => {
    const svg = toSvg([{ type: 'circle', x: 1.23456, y: 2, radius: 3, fill: 'tomato', part: 'server' }], size, words);
    expect(svg).toContain('<circle cx="1.23" cy="2" r="3" style="fill:var(--slice-tomato, #B3321E)"/>');
    expect(svg).toContain('viewBox="0 0 100 50"');
  });

  it('escapes what it is given', () => {
    const svg = toSvg([{ type: 'text', x: 0, y: 0, text: '<script>&"', size: 12 }], size, words);
    expect(svg).not.toContain('<script>');
    expect(svg).toContain('&lt;script&gt;&amp;&quot;');
    expect(svg).toContain('<title id="twin-title">A &amp; B</title>');
    expect(svg).toContain('Server &lt;3&gt; is &quot;down&quot;');
  });

  it('knows every kind of shape', () => {
    const shapes: Shape[] = [
      {
        type: 'rectangle',
        x: 0,
        y: 0,
        width: 4,
        height: 4,
        radius: 1,
        fill: 'raised',
        stroke: 'quiet',
        strokeWidth: 2,
        dash: [4, 3],
        opacity: 0.5,
      },
      { type: 'line', x1: 0, y1: 0, x2: 1, y2: 1, stroke: 'line' },
      { type: 'path', d: 'M 0 0 L 1 1', stroke: 'char' },
      { type: 'cross', x: 5, y: 5, radius: 2, stroke: 'char' },
      { type: 'triangle', x: 5, y: 5, radius: 2, fill: 'crust' },
      { type: 'text', x: 0, y: 0, text: '12', size: 12, font: 'mono', anchor: 'end', weight: 600, fill: 'series-3' },
    ];
    const svg = toSvg(shapes, size, words);
    for (const part of [
      '<rect',
      'stroke-dasharray="4 3"',
      'opacity="0.5"',
      '<line',
      'M 3 3 L 7 7 M 7 3 L 3 7',
      'text-anchor="end"',
      'var(--slice-series-3, #',
    ])
      expect(svg).toContain(part);
    expect(svg.match(/<path/g)).toHaveLength(3);
  });

  it('is well formed for a whole picture, and the same every time', () => {
    const picture = new FlowPicture(fleet(4, 18));
    const view = { size: { width: 720, height: 360 }, msPerSecond: 1000 };
    const svg = toSvg(picture.shapesAt(30_000, view), view.size, words);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(toSvg(picture.shapesAt(30_000, view), view.size, words)).toBe(svg);
    expect(svg.match(/<text/g)?.length).toBe(svg.match(/<\/text>/g)?.length);
  });
});
