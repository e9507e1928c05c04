// The little that the build reads of a page's syntax trees: MDX nodes (mdast) and the expressions in them (ESTree).

export interface Point {
  line: number;
  /** Counted from 1. */
  column: number;
}

export interface Expression {
  type: string;
  value?: unknown;
  name?: string;
  operator?: string;
  computed?: boolean;
  kind?: string;
  shorthand?: boolean;
  method?: boolean;
  key?: Expression;
  argument?: Expression;
  expression?: Expression;
  elements?: (Expression | null)[];
  properties?: Expression[];
  expressions?: Expression[];
  quasis?: { value: { cooked?: string | null } }[];
  loc?: { start: Point } | null;
  [rest: string]: unknown;
}

interface Program {
  type: 'Program';
  sourceType: 'module';
  body: Expression[];
}

interface AttributeValue {
  type: 'mdxJsxAttributeValueExpression';
  value: string;
  data?: { estree?: Program };
}

interface Attribute {
  type: string;
  name?: string;
  value?: string | AttributeValue | null;
  position?: { start: Point };
}

export interface Node {
  type: string;
  name?: string | null;
  value?: string;
  attributes?: Attribute[];
  children?: Node[];
  position?: { start: Point };
  data?: { estree?: Program; id?: string; hProperties?: { id?: string; className?: string[] } };
}

export function walk(node: Node, visit: (node: Node, parent: Node | undefined) => void, parent?: Node): void {
  visit(node, parent);
  for (const child of node.children ?? []) walk(child, visit, node);
}

export const start: Point = { line: 1, column: 1 };

export function placeOf(node: { position?: { start: Point } }): Point {
  return node.position ? { line: node.position.start.line, column: node.position.start.column } : start;
}

/** `const course = JSON.parse('…')` at the top of the compiled page. A string is the quickest data to parse. */
export function dataStatement(name: string, data: unknown): Node {
  const parse: Expression = {
    type: 'CallExpression',
    callee: { type: 'MemberExpression', object: identifier('JSON'), property: identifier('parse'), computed: false, optional: false },
    arguments: [{ type: 'Literal', value: JSON.stringify(data) }],
    optional: false,
  };
  const declaration: Expression = {
    type: 'VariableDeclaration',
    kind: 'const',
    declarations: [{ type: 'VariableDeclarator', id: identifier(name), init: parse }],
  };
  return { type: 'mdxjsEsm', value: '', data: { estree: { type: 'Program', sourceType: 'module', body: [declaration] } } };
}

/** `data={course[3]}` */
export function dataAttribute(attribute: string, name: string, index: number): Attribute {
  const member: Expression = {
    type: 'MemberExpression',
    object: identifier(name),
    property: { type: 'Literal', value: index },
    computed: true,
    optional: false,
  };
  const estree: Program = { type: 'Program', sourceType: 'module', body: [{ type: 'ExpressionStatement', expression: member }] };
  return {
    type: 'mdxJsxAttribute',
    name: attribute,
    value: { type: 'mdxJsxAttributeValueExpression', value: `${name}[${index}]`, data: { estree } },
  };
}

function identifier(name: string): Expression {
  return { type: 'Identifier', name };
}
