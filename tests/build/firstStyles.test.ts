import { relative } from 'node:path';
import { expect, test } from 'vitest';
import { firstStyles } from '../../src/build/firstStyles';

const first = [...(await firstStyles(process.cwd()))].map((file) => relative(process.cwd(), file).split('\\').join('/'));

test('what a page shows before any of the lab has come has its styles from the start', () => {
  expect(first).toEqual(expect.arrayContaining(['src/lab/tags/tags.module.css', 'src/lab/results/results.module.css']));
  expect(first).toEqual(expect.arrayContaining(['src/lab/record/record.module.css', 'src/lab/worksheet/worksheet.module.css']));
});

test('the styles of what only a live frame shows come with it', () => {
  for (const room of ['controls', 'player', 'charts', 'traces', 'luck', 'sweep', 'log', 'film', 'take']) {
    expect(first.filter((file) => file.startsWith(`src/lab/${room}/`))).toEqual([]);
  }
});
