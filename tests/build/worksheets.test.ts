import { describe, expect, it } from 'vitest';
import { type DocPage, inOrderOf, withoutFrontMatter } from '../../src/build/coursePages';
import { expand } from './tiny';

const page = `<Experiment id="sums"/>

<Predict id="size" question="How large?" answer={{experiment: 'sums', metric: 'size'}}>

Because of *two* cooks: <Result experiment="sums" metric="exact"/>. See <Claim experiment="sums" id="grows"/>

- one
- two <Try experiment="sums" cooks={3}>three</Try>

</Predict>

1. <Try experiment="sums" cooks={4} compare={{cooks: 5}}>Two \`more\` cooks.</Try> Look.

<Checkpoint>
<Question text="One?" choices={['a', 'b']} answer="a">x</Question>
<Question text="Two?">y</Question>
<Question text="Three?" goal={{experiment: 'sums', metric: 'size', above: 300, solution: {scenario: 'Busy'}}}>z</Question>
</Checkpoint>`;

describe('what a page asks its reader to do', () => {
  it('stands in the order of the page, without the hints of explanations', async () => {
    const { report } = await expand(page);
    expect(report.exercises.map((exercise) => (exercise.what === 'run' ? exercise.text : exercise.asked.text))).toEqual([
      'How large?',
      'Two more cooks.',
      'One?',
      'Two?',
      'Three?',
    ]);
  });

  it('says of a run what it sets and what to write down', async () => {
    const { report } = await expand(page);
    expect(report.exercises[1]).toEqual({
      what: 'run',
      text: 'Two more cooks.',
      experiment: 'Sums',
      sets: ['Cooks: 4\u202fservers', 'side B, Cooks: 5\u202fservers'],
      compares: true,
      fragment: 'x=1;id=sums;cooks=4;b=1;b.cooks=5',
      measures: ['size'],
    });
  });

  it('explains in plain text, with numbers and claims as the page shows them', async () => {
    const { report } = await expand(page);
    expect(report.exercises[0]).toMatchObject({ why: ['Because of two cooks: 0.28571. See More cooks, more size.', 'one', 'two three'] });
    expect(report.exercises[2]).toMatchObject({ why: ['x'] });
  });

  it('is nothing for a page of prose', async () => {
    const { report } = await expand('Only words.');
    expect(report.exercises).toEqual([]);
  });
});

describe('the pages of the course', () => {
  const doc = (id: string): DocPage => ({ id, title: id, permalink: `/${id}/`, source: `@site/docs/${id}.mdx` });

  it('come in the order of the sidebar, the others after them', () => {
    const sidebar = [
      { type: 'category', items: [{ type: 'doc', id: 'b' }, { type: 'html' }] },
      { type: 'doc', id: 'a' },
    ];
    expect(inOrderOf(sidebar, [doc('a'), doc('d'), doc('b'), doc('c')]).map(({ id }) => id)).toEqual(['b', 'a', 'c', 'd']);
  });

  it('lose their front matter and keep their line numbers', () => {
    expect(withoutFrontMatter('---\ntitle: x\n---\n\ntext')).toBe('\n\n\n\ntext');
    expect(withoutFrontMatter('text\n---\nmore\n---\n')).toBe('text\n---\nmore\n---\n');
  });
});
