import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import palette from '../../src/css/palette.json';
import { prismTheme } from '../../src/css/prism';

type Theme = keyof typeof palette;
type Token = keyof (typeof palette)['light'];

const css = readFileSync(new URL('../../src/css/tokens.css', import.meta.url), 'utf8');

/** The custom properties that the style sheet sets for a theme. */
function tokensOf(selector: string): Record<string, string> {
  const block = new RegExp(`^${selector} \\{([^}]*)\\}`, 'm').exec(css.replace(/\/\*[\s\S]*?\*\//g, ''));
  const pairs = [...(block?.[1] ?? '').matchAll(/--slice-([a-z0-9-]+):\s*(#[0-9a-f]{6});/gi)];
  return Object.fromEntries(pairs.map(([, name, color]) => [name, color.toUpperCase()]));
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const channel = Number.parseInt(color.slice(i, i + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const grounds: Token[] = ['surface', 'raised', 'sunken'];
const tints: Token[] = ['tomato-tint', 'plum-tint', 'basil-tint', 'crust-tint', 'char-tint', 'blueprint-tint'];
const inks: Token[] = ['text', 'quiet', 'tomato', 'plum', 'basil', 'crust', 'char', 'blueprint'];

/** Members of a fleet: areas beside one another, on the page and in frames. */
const series = Array.from({ length: 12 }, (_, index) => `series-${index + 1}` as Token);

const textPairs: [Token, Token][] = [
  ...inks.flatMap((ink) => grounds.map((ground): [Token, Token] => [ink, ground])),
  ...tints.flatMap((tint): [Token, Token][] => [
    ['text', tint],
    ['quiet', tint],
    [tint.replace('-tint', '') as Token, tint],
  ]),
  ['on-tomato', 'tomato'],
  ['on-plum', 'plum'],
];

/** Borders of controls, the focus ring and marks: 3 : 1 (WCAG 1.4.11). */
const markPairs: [Token, Token][] = [
  ...(['edge', 'focus'] as Token[]).flatMap((mark) => grounds.map((ground): [Token, Token] => [mark, ground])),
  ...series.flatMap((mark): [Token, Token][] => [
    [mark, 'surface'],
    [mark, 'raised'],
  ]),
];

describe.each(['light', 'dark'] as Theme[])('the %s theme', (theme) => {
  const colors = palette[theme];

  it('has the same colors in palette.json and tokens.css', () => {
    expect(tokensOf(theme === 'light' ? ':root' : "\\[data-theme='dark'\\]")).toEqual(colors);
  });

  it.each(textPairs)('%s on %s is readable (4.5 : 1)', (ink, ground) => {
    expect(contrast(colors[ink], colors[ground])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(markPairs)('%s on %s is visible (3 : 1)', (mark, ground) => {
    expect(contrast(colors[mark], colors[ground])).toBeGreaterThanOrEqual(3);
  });

  it.each(series.map((token, index): [Token, Token] => [token, series[(index + 1) % series.length]]))(
    '%s and its neighbor %s differ in lightness',
    (token, neighbor) => {
      expect(contrast(colors[token], colors[neighbor])).toBeGreaterThanOrEqual(1.8);
    },
  );

  it('writes code in inks that were checked', () => {
    const used = [prismTheme.plain, ...prismTheme.styles.map(({ style }) => style)].map(({ color }) => color);
    expect(used.map((color) => /^var\(--slice-([a-z]+)\)$/.exec(String(color))?.[1])).toSatisfy((names: string[]) =>
      names.every((name) => inks.includes(name as Token)),
    );
  });
});

describe('the measure', () => {
  it('knows the two ends and a value of the standard', () => {
    expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21, 10);
    expect(contrast('#777777', '#FFFFFF')).toBeCloseTo(4.48, 2);
  });
});
