// A warm build must never keep a stale number, and must not compute twice what has not changed. On a copy of the sources.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createProcessor } from '@mdx-js/mdx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCourse } from '../../src/build/loadCourse';
import type { Node } from '../../src/build/nodes';

const top = fileURLToPath(new URL('../..', import.meta.url));
let root: string;

const definition = (id: string, factor: number) => `
import { deterministic } from '@by-the-slice/simulation';
import { defineExperiment } from './definition/defineExperiment';
import { integer } from './definition/parameters';
export default defineExperiment({
  id: '${id}', title: 'x', question: 'x', kind: 'calculation', topics: [],
  parameters: { cooks: integer({ label: 'Cooks', min: 1, max: 8, default: 2 }) },
  run: (values) => ({ metrics: { size: deterministic(0.5, values.cooks) * ${factor} } }),
  metrics: { size: { label: 'Size', short: 'size', unit: 'ms' } },
  charts: {}, scenarios: {}, claims: {}, summary: () => 'x', leavesOut: [],
});`;

/** As a new process would see it: nothing kept in memory, only what is on disk. */
async function build(text: string): Promise<{ numbers: string[]; computed: number; reused: number }> {
  const { expander, course, cache } = await loadCourse(root);
  const before = { computed: cache.computed, reused: cache.reused };
  let data: { text: string }[] = [];
  const plugin = () => async (tree: unknown) => {
    await expander.expandPage(tree as Node, { path: 'docs/page.mdx' }, course);
    const [{ data: hidden }] = (
      tree as { children: { data?: { estree?: { body: { declarations: { init: { arguments: { value: string }[] } }[] }[] } } }[] }
    ).children;
    data = JSON.parse(hidden?.estree?.body[0].declarations[0].init.arguments[0].value ?? '[]');
  };
  await createProcessor({ remarkPlugins: [plugin] }).process(text);
  return { numbers: data.map(({ text }) => text), computed: cache.computed - before.computed, reused: cache.reused - before.reused };
}

let edits = 0;
function write(path: string, text: string): void {
  writeFileSync(join(root, path), text);
  const later = new Date(Date.now() + ++edits * 2000);
  utimesSync(join(root, path), later, later);
}

const page = 'a <Result experiment="one" metric="size"/> b <Result experiment="two" metric="size"/>';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'slice-stale-'));
  for (const folder of [
    'src/simulation',
    'src/picture',
    'src/build',
    'src/css',
    'src/digits.ts',
    'src/site.ts',
    'src/experiments/definition',
  ]) {
    cpSync(join(top, folder), join(root, folder), { recursive: true, filter: (path) => !path.includes('node_modules') });
  }
  mkdirSync(join(root, 'node_modules/@by-the-slice'), { recursive: true });
  symlinkSync(join(root, 'src/simulation'), join(root, 'node_modules/@by-the-slice/simulation'), 'junction');
  writeFileSync(join(root, 'src/experiments/one.ts'), definition('one', 10));
  writeFileSync(join(root, 'src/experiments/two.ts'), definition('two', 100));
  const registry = readFileSync(join(top, 'src/experiments/registry.ts'), 'utf8').replace(/^ {2}'?[\w-]+'?: \(\) => import.*\n/gm, '');
  writeFileSync(
    join(root, 'src/experiments/registry.ts'),
    registry.replace('> = {', "> = {\n  one: () => import('./one'),\n  two: () => import('./two'),"),
  );
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('warm builds', () => {
  it('compute once, then only what an edit has changed', async () => {
    expect(await build(page)).toEqual({ numbers: ['20', '200'], computed: 2, reused: 0 });

    // Touched, not changed: bundled again, and everything is at hand.
    write('src/experiments/one.ts', definition('one', 10));
    expect(await build(page)).toEqual({ numbers: ['20', '200'], computed: 0, reused: 2 });

    // One experiment edited: its number changes, the other's is not computed again.
    write('src/experiments/one.ts', definition('one', 11));
    expect(await build(page)).toEqual({ numbers: ['22', '200'], computed: 1, reused: 1 });

    // The simulation edited: every number is computed again.
    const distributions = readFileSync(join(root, 'src/simulation/kernel/distributions.ts'), 'utf8');
    write(
      'src/simulation/kernel/distributions.ts',
      distributions.replace(/(export function deterministic\([^)]*\): number \{)/, '$1\n  if (value) return value * 2;'),
    );
    const after = await build(page);
    expect(after).toMatchObject({ computed: 2, reused: 0 });
    expect(after.numbers).toEqual(['44', '400']);
  });

  it('says where an experiment does not compile', async () => {
    write('src/experiments/two.ts', definition('two', 1).replace('run:', 'run::'));
    await expect(build(page)).rejects.toThrow(/src\/experiments\/two\.ts:8:7: /);
  });
});
