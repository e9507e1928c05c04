import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { pagesOfExperiments } from '../../src/build/catalogue';

const folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
afterAll(() => rmSync(folder, { recursive: true }));

function page(name: string, text: string) {
  mkdirSync(join(folder, 'docs'), { recursive: true });
  writeFileSync(join(folder, 'docs', name), text);
  return { id: name, title: `Title of ${name}`, permalink: `/${name}`, source: `@site/docs/${name}` };
}

describe('where experiments stand', () => {
  test('is the first page, in the order given, that has the tag: not its code, not another kind of file', () => {
    const docs = [
      page('code.mdx', '---\ntitle: x\n---\n\n```\n<Experiment id="shop"/>\n```\n'),
      page('words.mdx', 'The tag `<Experiment id="shop"/>` does it.'),
      page('plain.md', '<Experiment id="shop"/>'),
      page('first.mdx', 'Text.\n\n<Experiment id="shop" servers={3}/>\n'),
      page('second.mdx', '<Experiment id="sums"/>\n\n<Experiment id="shop"/>\n'),
    ];
    expect([...pagesOfExperiments(folder, docs)]).toEqual([
      ['shop', { title: 'Title of first.mdx', path: '/first.mdx/' }],
      ['sums', { title: 'Title of second.mdx', path: '/second.mdx/' }],
    ]);
  });
});
