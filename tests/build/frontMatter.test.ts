import { describe, expect, it } from 'vitest';
import { checkFrontMatter } from '../../src/build/frontMatter';
import type { Node } from '../../src/build/nodes';
import { unusedExperiments } from '../../src/build/plugin';
import { Problems } from '../../src/build/problems';

const tree: Node = {
  type: 'root',
  children: [
    { type: 'yaml', value: 'title: A page\ncovers: [b8.1#the-idea]', position: { start: { line: 1, column: 1 } } },
    { type: 'heading', data: { id: 'the-idea' } },
  ],
};
const complete = { title: 'A page', description: 'What it is.', keywords: ['a'], covers: ['b8.1#the-idea', 'c3'] };

function check(frontMatter: Record<string, unknown>, path = 'docs/core/page.mdx'): string[] {
  const problems = new Problems(path);
  checkFrontMatter(tree, frontMatter, problems);
  return problems.lines();
}

describe('front matter', () => {
  it('passes when complete, and without covers outside of the course', () => {
    expect(check(complete)).toEqual([]);
    const { covers: _, ...rest } = complete;
    expect(check(rest, 'docs/contributing.mdx')).toEqual([]);
    expect(check({ ...complete, covers: [] })).toEqual([]);
  });

  it.each([
    [{ ...complete, title: undefined }, '1:1: The front matter lacks title'.replace('1:1', '2:1')],
    [{ ...complete, description: ' ' }, '1:1: The front matter lacks description: one line of text.'],
    [{ ...complete, keywords: [] }, '1:1: The front matter lacks keywords: a list, like [queue, utilization].'],
    [{ ...complete, covers: undefined }, '3:1: The front matter lacks covers: the sections'],
    [{ ...complete, covers: ['b8.9'] }, '3:1: covers names the section "b8.9", which the source notes do not have. Known: b1, b2, b3,'],
    [
      { ...complete, covers: ['c3#the-ida'] },
      '3:1: covers says that c3 is under #the-ida, but no heading of this page has that anchor. Known: the-idea. Did you mean "the-idea"?',
    ],
  ])('%j', (frontMatter, message) => {
    const [line, ...others] = check(frontMatter);
    expect(others).toEqual([]);
    expect(line.startsWith(`docs/core/page.mdx:${message}`), line).toBe(true);
  });
});

describe('the end of a build', () => {
  it('names experiments that no page uses', () => {
    expect(unusedExperiments(['one'], ['one'])).toBeUndefined();
    expect(unusedExperiments(['one', 'two', 'three'], ['one'])).toBe(
      'src/experiments/registry.ts: no page uses two, three. Put <Experiment id="two"/> on a page, or take it out of the registry.',
    );
  });
});
