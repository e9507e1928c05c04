// Where the source notes are covered: read from the pages, and refused when a page claims what it does not have.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { collectCoverage, coversIn, extentOf, headingsIn } from '../../src/build/coverage';
import { readEntry, sections } from '../../src/build/covers';
import { checkFrontMatter } from '../../src/build/frontMatter';
import type { Node } from '../../src/build/nodes';
import { Problems } from '../../src/build/problems';
import { sumOf } from '../../src/build/tags/sourceNotes';
import { expand, problemsOf } from './tiny';

describe('an entry of covers', () => {
  test.each([
    ['c3', { id: 'c3' }],
    ['b8.1#how-it-works', { id: 'b8.1', anchor: 'how-it-works' }],
    ['b8.1/3#the-idea', { id: 'b8.1', point: '3', anchor: 'the-idea' }],
  ])('%s is read', (entry, read) => expect(readEntry(entry)).toEqual(read));

  test.each([
    ['covers: [a1#x, b8.1/2#y-z]\ntitle: A', ['a1#x', 'b8.1/2#y-z']],
    ['title: A\ncovers:\n  - a1#x # why\n  - "c3"\nkeywords: [b2]', ['a1#x', 'c3']],
    ['covers: []\nkeywords: [b2]', []],
    ['title: A', []],
  ])('is found in %j', (yaml, found) => expect(coversIn(yaml)).toEqual(found));

  test.each([
    ['b8.1/4#there', 'covers names point "4" of b8.1, which has 3: Known: 1, 2, 3.'],
    ['b8.1/0', 'covers names point "0" of b8.1, which has 3: Known: 1, 2, 3.'],
    ['b8.1/3#gone', 'covers says that b8.1 is under #gone, but no heading of this page has that anchor. Known: there.'],
    ['z9/1', 'covers names the section "z9", which the source notes do not have.'],
  ])('%s stops the build', (entry, message) => {
    const problems = new Problems('docs/core/page.mdx');
    const tree: Node = { type: 'root', children: [{ type: 'heading', data: { id: 'there' } }] };
    checkFrontMatter(tree, { title: 'A', description: 'B', keywords: ['c'], covers: [entry] }, problems);
    expect(problems.lines()).toHaveLength(1);
    expect(problems.lines()[0]).toContain(message);
  });
});

test('headings have the anchors that the site gives them', () => {
  const text = '## The *idea*: `a` & [b](/c)\n\n```\n## no\n```\n\n## Twice\n\n### Twice\n\n## Why? {#own}\n';
  expect([...headingsIn(text)]).toEqual([
    ['the-idea-a--b', 'The idea: a & b'],
    ['twice', 'Twice'],
    ['twice-1', 'Twice'],
    ['own', 'Why?'],
  ]);
});

describe('the coverage of a project', () => {
  let root: string;
  const write = (path: string, covers: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `---\ntitle: 'Page'\ncovers: [${covers}]\n---\n\n## One\n\n## Two\n`);
  };
  const section = (id: string) => {
    const found = collectCoverage(root).sections.find((one) => one.id === id);
    if (!found) throw new Error(id);
    return found;
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'slice-coverage-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is planned without pages', () => {
    const found = collectCoverage(root);
    expect(found.sections).toHaveLength(sections.length);
    expect(new Set(found.sections.map(extentOf))).toEqual(new Set(['planned']));
    expect(sumOf(found.sections)).toBe(`0 of ${sections.length} sections are covered.`);
  });

  it('counts a section when each of its points has a place', () => {
    write('docs/core/a.mdx', 'b8.1/1#one, b8.1/3#two');
    expect(section('b8.1').places.map((places) => places.length)).toEqual([1, 0, 1]);
    expect(extentOf(section('b8.1'))).toBe('in part');
    expect(sumOf(collectCoverage(root).sections)).toBe(`0 of ${sections.length} sections are covered, 1 more in part.`);
    write('docs/core/b.mdx', 'b8.1#one');
    expect(section('b8.1').places[2]).toEqual([
      { title: 'Page', address: '/core/a#two', heading: 'Two' },
      { title: 'Page', address: '/core/b#one', heading: 'One' },
    ]);
    expect(extentOf(section('b8.1'))).toBe('covered');
  });

  it('does not count a heading that is gone, and names it', () => {
    write('docs/core/a.mdx', 'a1#three, a2#one');
    expect(collectCoverage(root).missing).toEqual(['docs/core/a.mdx covers a1#three']);
    expect(extentOf(section('a1'))).toBe('planned');
  });
});

describe('<SourceNotes>', () => {
  it('shows every section and every point of a note, each with a place or as planned, without any component', async () => {
    for (const note of 'abcde') {
      const { code } = await expand(`<SourceNotes note="${note}"/>`);
      expect(code).not.toContain('SourceNotes');
      for (const { id, points } of sections.filter((one) => one.note === note)) {
        expect(code).toContain(`id: "${id}"`);
        for (const point of points) expect(code).toContain(JSON.stringify(`${point}: `));
      }
    }
    const { code } = await expand('<SourceNotes show="sum"/>');
    expect(code).toContain(sumOf(collectCoverage('.').sections));
  });

  it('is refused with other words, or inside of a sentence', async () => {
    expect(await problemsOf('<SourceNotes note="f"/>')).toEqual([
      'docs/core/page.mdx:1:14: note of <SourceNotes> is "f". Known: a, b, c, d, e. Did you mean "a"?',
    ]);
    expect((await problemsOf('<SourceNotes show="all"/>'))[0]).toContain('show of <SourceNotes> is "all". Known: sum.');
    expect((await problemsOf('<SourceNotes/>'))[0]).toContain('<SourceNotes> lacks note');
    expect((await problemsOf('a <SourceNotes note="a"/>'))[0]).toContain('it takes lines of its own');
  });
});

describe('the foot of a page', () => {
  const frontMatter = (covers: string[]) => ({ title: 'A', description: 'B', keywords: ['c'], covers });

  it('leads to each section that the page covers, once', async () => {
    const { code } = await expand('Text.', undefined, frontMatter(['b8.1/1', 'b8.1/3', 'c3']));
    expect(code.split('"/reference/source-notes#b8.1"')).toHaveLength(2);
    expect(code).toContain('"/reference/source-notes#c3"');
    expect(code).toContain('How It Works and Why It is Needed');
  });

  it('is not there when it covers none', async () => {
    expect((await expand('Text.', undefined, frontMatter([]))).code).not.toContain('source-notes');
  });
});

describe('the pages of the project', () => {
  it('claim no heading that is gone', () => expect(collectCoverage('.').missing).toEqual([]));

  it('explain every term of the glossary once, and name it in the index', () => {
    const text = readFileSync('docs/reference/glossary.mdx', 'utf8');
    const indexed = [...text.matchAll(/\[([^\]]+)\]\(#([^)]+)\)/g)].map(([, term, anchor]) => [anchor, term]);
    const terms = [...text.matchAll(/^### (.+)$/gm)].map(([, term]) => term);
    const anchors = headingsIn(text);
    expect(new Set(terms).size).toBe(terms.length);
    expect(indexed.map(([, term]) => term).sort()).toEqual([...terms].sort());
    for (const [anchor, term] of indexed) expect([anchor, anchors.get(anchor)]).toEqual([anchor, term]);
  });
});
