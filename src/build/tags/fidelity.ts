// <Fidelity show="values"/>: what every number is held to, as plain tables: the "values" recorded or computed elsewhere, the
// "formulas", or the "sum" of both in one sentence.

import { site } from '../../site';
import { collectFidelity, type Evidence, type Fidelity, type FormulaRow, type VectorRow, type Verdict, verdicts } from '../fidelity';
import { givenOf } from '../given';
import type { Node } from '../nodes';
import type { Page } from '../page';
import { known } from '../problems';

const parts: Record<string, (fidelity: Fidelity) => Node[]> = {
  values: ({ vectors }) => valueTables(vectors),
  formulas: ({ formulas }) => [formulaTable(formulas)],
  sum: (fidelity) => [node('paragraph', sumOf(fidelity))],
};

export async function expandFidelity(tag: Node, page: Page): Promise<void> {
  page.needBlock(tag);
  const given = givenOf(tag, page.problems);
  const show = given.need('show', 'text');
  given.refuseRest(['show']);
  if (show === undefined) return;
  if (!Object.hasOwn(parts, show)) {
    page.problems.add(given.at('show'), `show of <Fidelity> is "${show}". ${known(show, Object.keys(parts))}`);
    return;
  }
  // Without a name it is a fragment: the tables stand where the tag stood, and need no component.
  tag.name = null;
  tag.attributes = [];
  tag.children = parts[show](collectFidelity(process.cwd()));
}

function sumOf({ vectors, formulas }: Fidelity): Node[] {
  const values = vectors.reduce((sum, row) => sum + row.values, 0);
  return [
    text(`${vectors.length} sets with ${grouped(values)} values are on this page: ${inWords(vectors)}. `),
    text(`Of ${formulas.length} formulas, ${inWords(formulas)}.`),
  ];
}

/** Of one, and of more. */
const said: Record<Verdict, [string, string]> = {
  holds: ['holds', 'hold'],
  fails: ['fails', 'fail'],
  'not checked in this build': ['is not checked in this build', 'are not checked in this build'],
  'no test uses it': ['is used by no test', 'are used by no test'],
};

/** "93 hold, 1 fails" */
function inWords(rows: readonly Evidence[]): string {
  const counts = verdicts.map((verdict) => ({ verdict, count: rows.filter((row) => row.verdict === verdict).length }));
  const found = counts.filter(({ count }) => count > 0);
  return found.map(({ verdict, count }) => `${count === rows.length ? 'all' : count} ${said[verdict][count === 1 ? 0 : 1]}`).join(', ');
}

function valueTables(vectors: readonly VectorRow[]): Node[] {
  const sections = [...new Set(vectors.map(({ section }) => section))].sort((a, b) => orderOf(a) - orderOf(b) || (a < b ? -1 : 1));
  return sections.flatMap((section) => {
    const name = section.replace(/^\d+ /, '');
    const rows = vectors.filter((row) => row.section === section);
    const cells = rows.map((row) => [
      [...(row.what === row.id ? [] : [...inline(row.what), text(' ')]), link(row.path, [code(row.id)])],
      verdict(row),
      [text(grouped(row.values))],
      inline(row.tolerance),
      testLinks(row),
      inline(row.source ?? ''),
    ]);
    return [heading(name), table(name, ['What', 'Verdict', 'Values', 'Tolerance', 'Tests', 'Source'], cells)];
  });
}

/** Sections are numbered; one without a number comes last. */
function orderOf(section: string): number {
  return Number(/^\d+/.exec(section)?.[0] ?? Infinity);
}

function formulaTable(formulas: readonly FormulaRow[]): Node {
  const cells = formulas.map((row) => [
    [link(row.path, [code(row.name)]), text(' '), ...inline(row.what)],
    verdict(row),
    testLinks(row),
    row.source === undefined ? [text('None named')] : inline(row.source),
  ]);
  return table('Formulas', ['What', 'Verdict', 'Tests', 'Source'], cells);
}

function verdict({ verdict }: Evidence): Node[] {
  return verdict === 'fails' || verdict === 'no test uses it' ? [node('strong', [text(verdict)])] : [text(verdict)];
}

/** tests/simulation/theory/closedForms.test.ts is called theory/closedForms. */
function testLinks({ tests }: Evidence): Node[] {
  return tests.flatMap((path, index) => {
    const name = path
      .replace(/\.test\.ts$/, '')
      .split('/')
      .slice(-2)
      .join('/');
    const humps = name.split(/(?<=[a-z])(?=[A-Z])/);
    return [
      ...(index > 0 ? [text(', ')] : []),
      link(
        path,
        humps.flatMap((hump, at) => (at > 0 ? [mayBreak, text(hump)] : [text(hump)])),
      ),
    ];
  });
}

// ---- Nodes ----------------------------------------------------------------------------------------------------------

/** What Markdown's nodes have besides: `hName` and `hProperties` say which element comes of it. */
interface MadeNode extends Node {
  depth?: number;
  url?: string;
  data?: { hName?: string; hProperties?: { id?: string; [name: string]: string | number | undefined } };
}

/** On a phone a table is wider than the page: it scrolls in a box that the keyboard reaches, and its columns stay readable. */
const widths: Record<string, string> = {
  What: '11.5rem',
  Verdict: '6rem',
  Values: '5rem',
  Tolerance: '9.5rem',
  Tests: '10.5rem',
  Source: '14.5rem',
};

function table(label: string, heads: readonly string[], rows: readonly Node[][][]): Node {
  const head = heads.map((name) => node('tableCell', [text(name)], { hProperties: { style: `min-width:${widths[name]}` } }));
  const body = rows.map((cells) => {
    const made = cells.map((cell) => node('tableCell', cell));
    return node('tableRow', made);
  });
  const whole = node('table', [node('tableRow', head), ...body], { hProperties: { style: 'display:table;overflow-wrap:anywhere' } });
  return node('fidelityTable', [whole], { hName: 'section', hProperties: { ariaLabel: label, tabIndex: 0, style: 'overflow-x:auto' } });
}

function heading(name: string): MadeNode {
  const id = name
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-|-$/g, '');
  return { type: 'heading', depth: 3, children: [text(name)], data: { hProperties: { id } } };
}

function link(path: string, children: Node[]): MadeNode {
  return { type: 'link', url: `${site.repository}/blob/${site.branch}/${path}`, children };
}

/** Texts hold code between backticks, and nothing else that Markdown knows. */
function inline(words: string): Node[] {
  const pieces = words.split('`');
  return pieces.flatMap((piece, index) => (piece === '' ? [] : [index % 2 === 1 && index < pieces.length - 1 ? code(piece) : text(piece)]));
}

function text(value: string): Node {
  return { type: 'text', value };
}

function code(value: string): Node {
  return { type: 'inlineCode', value };
}

/** Where a long name may go on in the next line. */
const mayBreak: MadeNode = { type: 'mayBreak', children: [], data: { hName: 'wbr' } };

function node(type: string, children: Node[], data?: MadeNode['data']): MadeNode {
  return { type, children, data };
}

/** 12 345 */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}
