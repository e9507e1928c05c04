import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { digestBehindPages, keptFor } from '../../src/build/keptBundles';
import { loadCourse } from '../../src/build/loadCourse';

const top = process.cwd();
const root = mkdtempSync(join(tmpdir(), 'by-the-slice-kept-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const put = (path: string, text: string): void => writeFileSync(join(root, path), text);

describe('what compiled pages depend on', () => {
  mkdirSync(join(root, 'src/build'), { recursive: true });
  mkdirSync(join(root, 'src/simulation'));
  put('src/simulation/engine.ts', 'one');
  put('src/build/tag.ts', 'one');
  put('src/build/plugin.ts', 'one');
  put('package-lock.json', '{}');
  const behind = [join(root, 'src/simulation/engine.ts'), join(root, 'src/build/tag.ts')];
  const digest = (words = {}): string => digestBehindPages(root, behind, words);

  test.each(['src/simulation/engine.ts', 'src/build/tag.ts', 'src/build/plugin.ts', 'package-lock.json'])('is %s', (path) => {
    const before = digest();
    expect(digest()).toBe(before);
    put(path, 'two');
    expect(digest()).not.toBe(before);
  });

  test('is the language that they are told in', () => {
    expect(digest({ 'unit.ms': 'Ms' })).not.toBe(digest());
  });

  test('is every file of the engine and every experiment of this course', async () => {
    const { files } = await loadCourse(top, join(root, 'cache'));
    const paths = files.map((file) => file.slice(top.length + 1));
    expect(paths).toContain('src/simulation/kernel/simulation.ts');
    expect(paths).toContain('src/experiments/load-balancing.ts');
    expect(paths).toContain('src/experiments/definition/replicate.ts');
    expect(paths).toContain('src/picture/svg.ts');
  });
});

describe('the settings of the bundler', () => {
  const settings = (version: string) => ({ experiments: { cache: { type: 'persistent', version } } }) as never;

  test('keep bundles under the version of the framework and the digest', () => {
    expect(keptFor('abc', settings('3.10'))).toEqual({ cache: true, experiments: { cache: { type: 'persistent', version: '3.10-abc' } } });
  });

  test('keep none where the framework was told to keep none', () => {
    expect(keptFor('abc', { experiments: {} })).toEqual({});
  });
});
