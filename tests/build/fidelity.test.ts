// The page that says how the numbers are checked: it finds all of them, and no verdict on it is better than what was seen.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as simulation from '@by-the-slice/simulation';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { collectFidelity, countValues, formulasIn, vectorsIn, verdictOf } from '../../src/build/fidelity';
import { currentUnitTests, keepUnitTests, sourcesHash } from '../../src/build/unitTests';
import { site } from '../../src/site';
import { expand, problemsOf } from './tiny';

const { vectors, formulas } = collectFidelity('.');

describe('every reference vector of the project', () => {
  it('is used by a test', () => {
    expect(vectors.filter((row) => row.tests.length === 0).map((row) => row.path)).toEqual([]);
  });

  it('says where it comes from and how close is close enough, and holds values', () => {
    expect(vectors.map((row) => row.id)).toEqual(
      readdirSync('tests/vectors')
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => name.slice(0, -'.json'.length)),
    );
    expect(vectors.filter((row) => !row.source || !row.tolerance || row.values === 0).map((row) => row.path)).toEqual([]);
  });
});

describe('every closed form of the project', () => {
  it('is found, as the compiler finds it', () => {
    const folder = 'src/simulation/theory';
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name), 'utf8');
      const found = formulasIn(text);
      expect([name, ...found.map((formula) => formula.name)]).toEqual([name, ...exportedFunctions(text)]);
      expect(found.filter((formula) => formula.what === '')).toEqual([]);
    }
  });

  it('has a row when the package offers it', () => {
    const offered = new Set(Object.keys(simulation));
    const all = readdirSync('src/simulation/theory').flatMap((name) =>
      exportedFunctions(readFileSync(`src/simulation/theory/${name}`, 'utf8')),
    );
    const rows = formulas.map(({ name }) => name);
    expect(all.filter((name) => offered.has(name) && !rows.includes(name))).toEqual([]);
    expect(new Set(rows).size).toBe(rows.length);
  });
});

function exportedFunctions(text: string): string[] {
  const isExported = (node: ts.Node): boolean =>
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  return ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest).statements.flatMap((statement) => {
    if (!isExported(statement)) return [];
    if (ts.isFunctionDeclaration(statement)) return [statement.name?.text ?? 'default'];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
      initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)) && ts.isIdentifier(name) ? [name.text] : [],
    );
  });
}

describe('what is read from the files', () => {
  // Ids that no vector has: this file is read for uses like any other.
  test.each([
    ["readVector<Row[]>('made.up').map((row) => row)", ['made.up']],
    ["readVector<Record<string, (a: number) => Turns>>(\n  'made.up',\n)", ['made.up']],
    ["import { readVector } from './read';\nconst names = readVector(id); test('no id', () => {});", []],
    ["readVector<Row>(id); test.each<Row>('x')(readVector<{ a: 'b' }>('c'))", ['c']],
    ["import made from '../../vectors/made.up.json';", ['made.up']],
    ["readFileSync('tests/vectors/made.up.json', 'utf8')", ['made.up']],
    ['readFileSync(`tests/vectors/$' + '{id}.json`)', []],
  ])('%s uses %j', (text, ids) => expect(vectorsIn(text)).toEqual(ids));

  test.each([
    [5, 1],
    [null, 0],
    [{ a: [1, 'x', true, null], b: { c: [] } }, 3],
  ])('%j holds %i values', (data, count) => expect(countValues(data)).toBe(count));

  it('takes a first sentence and a source from the comments', () => {
    const head = '// Who waits. And why.\n// Source: J. Little, Operations Research 9(3), 1961: L = λW.\n// Steady.\n\n';
    const text = [
      '/** Mean number, e.g. of guests (ρ < 1). Throws RangeError. */\nexport function first(a: number): number {\n}',
      '/** Not for others. */\nfunction inside() {}',
      '/**\n * Throws RangeError.\n * Source: here, section 3.2. More.\n */\nexport function second(): void {}',
      'export const third = (a: number): number => a;\nexport const limit = 5;',
    ].join('\n\n');
    const little = 'J. Little, Operations Research 9(3), 1961: L = λW.';
    expect(formulasIn(head + text)).toEqual([
      { name: 'first', what: 'Mean number, e.g. of guests (ρ < 1).', source: little },
      { name: 'second', what: 'Who waits.', source: 'Here, section 3.2.' },
      { name: 'third', what: 'Who waits.', source: little },
    ]);
    expect(formulasIn('export function bare() {}')).toEqual([{ name: 'bare', what: '', source: undefined }]);
  });
});

describe('a verdict', () => {
  const report = {
    sources: '',
    files: { good: { passed: 2, failed: 0 }, bad: { passed: 2, failed: 1 }, skipped: { passed: 0, failed: 0 } },
  };
  test.each([
    [['good'], 'holds'],
    [['good', 'bad'], 'fails'],
    [['good', 'skipped'], 'not checked in this build'],
    [['good', 'elsewhere'], 'not checked in this build'],
    [[], 'no test uses it'],
  ] as const)('on %j is: %s', (tests, verdict) => expect(verdictOf(tests, report)).toBe(verdict));

  it('is never good without a report', () => expect(verdictOf(['good'], undefined)).toBe('not checked in this build'));
});

describe('the report of the unit tests', () => {
  let root: string;
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const verdicts = (): string[] => {
    const { vectors, formulas } = collectFidelity(root);
    return [...vectors, ...formulas].map(({ tests, verdict }) => `${tests.join()} ${verdict}`);
  };
  const run = (status: 'passed' | 'failed', loaded = true, sources = sourcesHash(root)): void => {
    const name = join(root, 'tests/deep/one.test.ts');
    write('vitest.json', JSON.stringify({ testResults: [{ name, status, assertionResults: loaded ? [{ status }] : [] }] }));
    keepUnitTests(root, join(root, 'vitest.json'), sources);
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'slice-fidelity-'));
    write('src/simulation/index.ts', "export * from './theory/one';\n");
    write(
      'src/simulation/theory/one.ts',
      "// One.\nimport { inner } from './two';\n/** Is 1. */\nexport function one() {}\nexport { passedOn } from './two';\n",
    );
    write('src/simulation/theory/two.ts', '// Two.\nexport function inner() {}\nexport function passedOn() {}\n');
    write('tests/vectors/only.json', JSON.stringify({ title: 'A', source: 's', tolerance: 't', data: [1] }));
    write('tests/deep/shared.ts', "import * as all from '../../src/simulation/index';\nall.passedOn();\n");
    write(
      'tests/deep/one.test.ts',
      "import { one as first } from '../../src/simulation/theory/one';\nimport './shared';\nreadVector<number[]>('only');\n",
    );
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const here = 'tests/deep/one.test.ts';

  it('gives verdicts for the vector, the formula and the one passed on, and none for what stays inside', () => {
    expect(verdicts()).toEqual(Array(3).fill(`${here} not checked in this build`));
    run('passed');
    expect(verdicts()).toEqual(Array(3).fill(`${here} holds`));
    run('failed');
    expect(verdicts()).toEqual(Array(3).fill(`${here} fails`));
  });

  it('counts a file that does not load as a failure', () => {
    run('failed', false);
    expect(currentUnitTests(root)?.files).toEqual({ [here]: { passed: 0, failed: 1 } });
  });

  it.each(['src/simulation/theory/two.ts', 'tests/deep/shared.ts', 'src/new.ts', 'package-lock.json'])(
    'no longer counts when %s has changed',
    (path) => {
      run('passed');
      write(path, '// Other.\n');
      expect(currentUnitTests(root)).toBeUndefined();
    },
  );

  it('is not kept, nor is an older one, when a source changed during the run', () => {
    run('passed');
    const before = sourcesHash(root);
    write('src/simulation/theory/two.ts', 'export function inner() {}\nexport function passedOn() {}\n');
    run('passed', true, before);
    expect(verdicts()).toEqual(Array(3).fill(`${here} not checked in this build`));
  });

  it('does not depend on what was built or installed', () => {
    run('passed');
    write('src/simulation/dist/index.js', '');
    write('src/simulation/node_modules/a.js', '');
    expect(verdicts()[0]).toBe(`${here} holds`);
  });
});

describe('<Fidelity>', () => {
  it('becomes tables without any component, each in a box that the keyboard reaches', async () => {
    const { code } = await expand('<Fidelity show="values"/>\n\n<Fidelity show="formulas"/>');
    expect(code).not.toContain('Fidelity');
    const sections = new Set(vectors.map(({ section }) => section));
    expect(code.split('"aria-label":').length - 1).toBe(sections.size + 1);
    expect(code.split('tabIndex: "0"').length - 1).toBe(sections.size + 1);
    for (const { path, tests } of [...vectors, ...formulas]) {
      for (const file of [path, ...tests]) expect(code).toContain(`"${site.repository}/blob/${site.branch}/${file}"`);
    }
  });

  it('counts what is there', async () => {
    const { code } = await expand('<Fidelity show="sum"/>');
    expect(code).toContain(`${vectors.length} sets with `);
    expect(code).toContain(`Of ${formulas.length} formulas, `);
  });

  it('is refused with other words, or inside of a sentence', async () => {
    expect(await problemsOf('<Fidelity show="value"/>')).toEqual([
      'docs/core/page.mdx:1:11: show of <Fidelity> is "value". Known: formulas, sum, values. Did you mean "values"?',
    ]);
    expect(await problemsOf('<Fidelity/>')).toEqual(['docs/core/page.mdx:1:1: <Fidelity> lacks show: a text in quotes.']);
    expect((await problemsOf('a <Fidelity show="sum"/>'))[0]).toContain('it takes lines of its own');
  });
});
