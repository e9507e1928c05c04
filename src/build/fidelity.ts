// What every number of the simulation is held to: each reference vector (tests/vectors) and each closed form (src/simulation/theory)
// with its source, the tests that use it, and whether these held. All of it is read from the files, so that no list can be out of date.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentUnitTests, filesBelow, type UnitTests } from './unitTests';

export const verdicts = ['holds', 'fails', 'not checked in this build', 'no test uses it'] as const;
export type Verdict = (typeof verdicts)[number];

/** What both kinds of rows say. */
export interface Evidence {
  /** What it is, in words; code in backticks. */
  what: string;
  /** The file with the values or the formula. */
  path: string;
  source?: string;
  /** Test files that use it. */
  tests: string[];
  verdict: Verdict;
}

export interface VectorRow extends Evidence {
  id: string;
  /** "3 Partitioning": a number to sort by and a name. */
  section: string;
  values: number;
  tolerance: string;
}

export interface FormulaRow extends Evidence {
  /** Name of the function. */
  name: string;
}

export interface Fidelity {
  vectors: VectorRow[];
  formulas: FormulaRow[];
}

/** What `tests/vectors` holds, as far as this page reads it. */
interface Vector {
  title?: string;
  section?: string;
  source: string;
  tolerance: string;
  data: unknown;
}

export function collectFidelity(root: string): Fidelity {
  const report = currentUnitTests(root);
  const tests = filesBelow(root, 'tests')
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => usedBy(root, path));
  const evidence = (path: string, uses: (test: Used) => boolean): Pick<Evidence, 'path' | 'tests' | 'verdict'> => {
    const users = tests.filter(uses).map((test) => test.path);
    return { path, tests: users, verdict: verdictOf(users, report) };
  };

  const vectors = filesBelow(root, 'tests/vectors')
    .filter((path) => path.endsWith('.json'))
    .map((path): VectorRow => {
      const id = path.slice('tests/vectors/'.length, -'.json'.length);
      const {
        title = id,
        section = 'Further values',
        source,
        tolerance,
        data,
      } = JSON.parse(readFileSync(join(root, path), 'utf8')) as Vector;
      return {
        id,
        what: title,
        section,
        source,
        tolerance,
        values: countValues(data),
        ...evidence(path, ({ vectors }) => vectors.has(id)),
      };
    });

  const theory = filesBelow(root, theoryFolder).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
  const inner = innerNames(theory, readFileSync(join(root, `${packageIndex}.ts`), 'utf8'));
  const formulas = theory.flatMap(({ path, text }) =>
    formulasIn(text)
      .filter(({ name }) => !inner.has(name))
      .map((formula): FormulaRow => ({ ...formula, ...evidence(path, ({ formulas }) => formulas.has(formula.name)) })),
  );
  return { vectors, formulas };
}

/** Never better than what was seen: a file that did not run, or ran no test, has shown nothing. */
export function verdictOf(tests: readonly string[], report: UnitTests | undefined): Verdict {
  if (tests.length === 0) return 'no test uses it';
  const results = tests.map((path) => report?.files[path]);
  if (results.some((result) => result && result.failed > 0)) return 'fails';
  return results.every((result) => result && result.passed > 0) ? 'holds' : 'not checked in this build';
}

/** Numbers, texts and switches at the ends of all branches. */
export function countValues(data: unknown): number {
  if (data === null || data === undefined) return 0;
  if (typeof data !== 'object') return 1;
  return Object.values(data).reduce((sum: number, inner) => sum + countValues(inner), 0);
}

// ---- What a test uses -------------------------------------------------------------------------------------------

interface Used {
  path: string;
  /** Ids. */
  vectors: Set<string>;
  /** Names imported from the theory, or from the package as a whole. */
  formulas: Set<string>;
}

const theoryFolder = 'src/simulation/theory';
const packageIndex = 'src/simulation/index';

/** A test file together with the files of tests/ that it imports. */
function usedBy(root: string, path: string): Used {
  const used: Used = { path, vectors: new Set(), formulas: new Set() };
  const waiting = [path];
  const seen = new Set<string>();
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file) || !existsSync(join(root, file))) continue;
    seen.add(file);
    const text = readFileSync(join(root, file), 'utf8');
    for (const id of vectorsIn(text)) used.vectors.add(id);
    for (const { from, names } of namesFrom(text, file)) {
      if (from.startsWith('tests/') && !from.startsWith('tests/vectors/')) waiting.push(`${from}.ts`);
      if (from === packageIndex || from.startsWith(`${theoryFolder}/`)) for (const name of names) used.formulas.add(name);
    }
  }
  return used;
}

/** Ids in `readVector<…>('id')` and in paths that end in `vectors/id.json`. */
export function vectorsIn(text: string): string[] {
  const calls = [...text.matchAll(/\breadVector\b/g)].flatMap(({ index }) => {
    const rest = text.slice(afterTypes(text, index + 'readVector'.length));
    return /^\(\s*['"`]([\w.-]+)['"`]\s*,?\s*\)/.exec(rest)?.[1] ?? [];
  });
  return [...calls, ...[...text.matchAll(/\bvectors\/([\w.-]+)\.json\b/g)].map(([, id]) => id)];
}

/** Where `<…>` that begins here ends; the same place when none does. */
function afterTypes(text: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < text.length && (depth > 0 || text[at] === '<')) {
    if (text[at] === '<') depth++;
    else if (text[at] === '>' && text[at - 1] !== '=') depth--;
    at++;
  }
  return at;
}

/** What a file imports, or passes on, and from where: a path from the top, without an ending. */
function namesFrom(text: string, file: string): { from: string; names: string[] }[] {
  const pattern = /^(?:im|ex)port\s+(?:([^'";]*?)\s+from\s+)?['"]([^'"]+)['"]/gm;
  return [...text.matchAll(pattern)].map(([, clause = '', specifier]) => {
    const listed = /\{([^}]*)\}/.exec(clause)?.[1].split(',') ?? [];
    const whole = /\*\s+as\s+(\w+)/.exec(clause)?.[1];
    const members = whole === undefined ? [] : [...text.matchAll(new RegExp(`\\b${whole}\\.(\\w+)`, 'g'))].map(([, name]) => name);
    return { from: pathOf(specifier, file), names: [...listed.map((name) => name.trim().split(/\s+as\s+/)[0]), ...members] };
  });
}

function pathOf(specifier: string, file: string): string {
  if (specifier === '@by-the-slice/simulation') return packageIndex;
  if (!specifier.startsWith('.')) return specifier;
  const parts = file.split('/').slice(0, -1);
  for (const part of specifier.replace(/\.ts$/, '').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

// ---- What a file of formulas says about itself --------------------------------------------------------------------

/** Names that files of formulas share among themselves, and that the package keeps inside: what uses them is tested instead. */
function innerNames(theory: readonly { path: string; text: string }[], index: string): Set<string> {
  const shared = theory.flatMap(({ path, text }) => namesFrom(text, path)).flatMap(({ names }) => names);
  const published = new Set(namesFrom(index, `${packageIndex}.ts`).flatMap(({ names }) => names));
  for (const { path, text } of theory) {
    if (!index.includes(`export * from './${path.slice('src/simulation/'.length, -'.ts'.length)}'`)) continue;
    const passedOn = namesFrom([...text.matchAll(/^export\s*\{[^;]*;/gm)].join('\n'), path).flatMap(({ names }) => names);
    for (const name of [...formulasIn(text).map(({ name }) => name), ...passedOn]) published.add(name);
  }
  return new Set(shared.filter((name) => !published.has(name)));
}

/** Its exported functions. */
export function formulasIn(text: string): Pick<FormulaRow, 'name' | 'what' | 'source'>[] {
  const head = plain(/^(?:\/\/.*\r?\n)+/.exec(text)?.[0] ?? '', /^\/\/ ?/gm);
  const declaration = /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?^export (?:function (\w+)|const (\w+)[^=\n]*= (?:\([^\n]*=>|function\b))/gm;
  return [...text.matchAll(declaration)].map(([, doc = '', declared, assigned]) => {
    const words = plain(doc, /^\s*\* ?/gm);
    return { name: declared ?? assigned, what: ideaOf(words) ?? ideaOf(head) ?? '', source: sourceIn(words) ?? sourceIn(head) };
  });
}

function plain(comment: string, marks: RegExp): string {
  return comment.replace(marks, '').replace(/\s+/g, ' ').trim();
}

/** The first sentence, unless it only says what is refused. */
function ideaOf(words: string): string | undefined {
  return /^(?:@|Throws\b|Sources?:|$)/.test(words) ? undefined : firstSentence(words);
}

function sourceIn(words: string): string | undefined {
  const [, text] = /\bSources?: (.*)$/.exec(words) ?? [];
  return text === undefined ? undefined : text[0].toUpperCase() + firstSentence(text).slice(1);
}

/** Up to a full stop before what is no small letter and no digit. Initials ("J. Little") end no sentence. */
function firstSentence(words: string): string {
  return /^.*?(?<!(?:^|\s)[A-Z])[.?!](?=\s+[^a-z\d]|$)/.exec(words)?.[0] ?? words;
}
