import { describe, expect, it } from 'vitest';
import { readingTimeInWords, readingTimeOf } from '../../src/build/readingTime';
import { expand } from './tiny';

const frontMatter = { title: 'A page', description: 'What it is.', keywords: ['a'], covers: [] };
const words = (count: number): string => new Array(count).fill('word').join(' ');

async function timeOf(text: string) {
  return (await expand(text, undefined, frontMatter)).report.time;
}

describe('the reading time of a page', () => {
  it('is its words at 200 a minute, and never less than a minute', async () => {
    expect(await timeOf(words(700))).toEqual({ words: 700, readMinutes: 4, doMinutes: 0 });
    expect(await timeOf('Short.')).toMatchObject({ words: 1, readMinutes: 1 });
  });

  it('counts what a reader reads, with what tags show, and no diagrams or sources', async () => {
    expect((await timeOf('# One two\n\n- three – four\n- *five* `six`\n\n> seven ÷ 8, *nine*.')).words).toBe(9);
    expect((await timeOf('One.\n\n```mermaid\nflowchart LR\n  A --> B\n```\n\n## Sources\n\n- Somebody, *Something*, 1999.')).words).toBe(
      1,
    );
    expect((await timeOf('It is <Result experiment="sums" metric="exact"/>.')).words).toBe(3);
    expect((await timeOf('<Claim experiment="sums" id="grows"/>')).words).toBe(4);
  });

  it('takes each cell of a table by itself', () => {
    const cell = (value: string) => ({ type: 'tableCell', children: [{ type: 'text', value }] });
    const row = { type: 'tableRow', children: [cell('one two'), cell('three')] };
    const tree = { type: 'root', children: [{ type: 'table', children: [row, row] }] };
    expect(readingTimeOf(tree, 0, new Map()).words).toBe(6);
  });

  it('adds half a minute for each thing to do', async () => {
    const tries = new Array(3).fill('<Try experiment="sums" cooks={3}>Three cooks.</Try>').join('\n\n');
    expect((await timeOf(`<Experiment id="sums"/>\n\n${tries}`)).doMinutes).toBe(2);
  });

  it('stands first on a page of the course, and in its metadata', async () => {
    const { code } = await expand(words(700), undefined, frontMatter);
    expect(code.indexOf('About 4 minutes to read.')).toBeGreaterThan(0);
    expect(code.indexOf('About 4 minutes to read.')).toBeLessThan(code.indexOf('word word'));
    expect(code).toContain('className: "reading-time"');
    expect(code).toMatch(/name: "twitter:data1",\s*content: "4 min"/);
    // For paper a page is expanded without its front matter.
    expect((await expand(words(700))).code).not.toContain('to read');
  });

  it('is said in one sentence', () => {
    expect(readingTimeInWords({ words: 10, readMinutes: 1, doMinutes: 0 })).toBe('About 1 minute to read.');
    expect(readingTimeInWords({ words: 1900, readMinutes: 9, doMinutes: 7 })).toBe(
      'About 9 minutes to read, and 7 to predict, run and answer.',
    );
  });
});
