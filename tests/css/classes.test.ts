// A class that a component asks of a style sheet and that is not in it is no error anywhere else: the part is only left unstyled.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.tsx'))
  .map((path) => join('src', path));

/** Each name that the file takes from a style sheet, with the sheet. */
function asked(path: string): { sheet: string; name: string }[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/import (\w+) from '(\.[^']+\.module\.css)'/g)].flatMap(([, local, sheet]) =>
    [...text.matchAll(new RegExp(`(?<![\\w./])${local}\\.(\\w+)`, 'g'))].map(([, name]) => ({ sheet: join(dirname(path), sheet), name })),
  );
}

it('components ask style sheets only for classes that are there', () => {
  const all = sources.flatMap((path) => asked(path).map((one) => ({ ...one, path })));
  expect(all.length).toBeGreaterThan(500);
  const missing = all.filter(({ sheet, name }) => !new RegExp(`\\.${name}(?![\\w-])`).test(readFileSync(sheet, 'utf8')));
  expect(missing.map(({ path, sheet, name }) => `${path} asks ${sheet} for .${name}`)).toEqual([]);
});
