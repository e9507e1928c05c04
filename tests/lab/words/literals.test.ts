import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const readAttributes = new Set([
  'aria-label',
  'aria-valuetext',
  'aria-description',
  'aria-roledescription',
  'title',
  'alt',
  'placeholder',
  'label',
]);

/** Names: the same in every language. */
const names = ['Distributed Systems by the Slice', 'A', 'B', 'B − A', '● A:', '○ B:'];

/** Texts in JSX that no translator gets to see, with their places. */
function untranslatedIn(path: string, text: string): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const look = (node: ts.Node, text: string): void => {
    const words = text.replace(/\s+/g, ' ').trim();
    if (/\p{Letter}/u.test(words) && !names.includes(words))
      found.push(`${path}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}: ${words}`);
  };
  const isShown = ({ parent }: ts.Node): boolean =>
    (ts.isJsxExpression(parent) && !ts.isJsxAttribute(parent.parent)) || (ts.isConditionalExpression(parent) && isShown(parent));
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) look(node, node.text);
    else if (ts.isJsxAttribute(node) && readAttributes.has(node.name.getText(source)) && node.initializer) {
      const { initializer } = node;
      if (ts.isStringLiteral(initializer)) look(initializer, initializer.text);
    } else if (ts.isStringLiteralLike(node) && isShown(node)) look(node, node.text);
    else if (ts.isTemplateExpression(node)) {
      const inAttribute = ts.isJsxExpression(node.parent) && ts.isJsxAttribute(node.parent.parent) ? node.parent.parent : undefined;
      if (isShown(node) || (inAttribute && readAttributes.has(inAttribute.name.getText(source))))
        look(node, [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(' '));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const files = ['src/lab', 'src/pages/_catalogue', 'src/pages/_embed', 'src/pages/_record', 'src/pages/_worksheet'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx'))
    .map((name) => join(folder, name)),
);

describe('the lab', () => {
  it('writes no word into its pages that translators do not get', () => {
    expect(files.length).toBeGreaterThan(80);
    expect(files.flatMap((path) => untranslatedIn(path, readFileSync(path, 'utf8')))).toEqual([]);
  });

  it('would be told of one', () => {
    const code = `<p title="Hello" className="x">Some words {translate({ id: 'a', message: 'fine' })} {on ? 'yes' : \`\${n} pieces\`}</p>`;
    expect(untranslatedIn('x.tsx', code)).toEqual(['x.tsx:1: Hello', 'x.tsx:1: Some words', 'x.tsx:1: yes', 'x.tsx:1: pieces']);
  });
});
