// The value of a literal in a tag: text, number, true or false, list, object. Nothing is executed; anything else is refused.

import type { Expression, Point } from './nodes';

export type Literal = string | number | boolean | null | Literal[] | { [key: string]: Literal };

/** Where the entries of objects and lists stand, so that a message can point at them. */
export type Places = WeakMap<object, Map<string, Point>>;

export class NotLiteral extends Error {
  constructor(
    readonly found: string,
    readonly place: Point | undefined,
  ) {
    super(`${found} is not a literal`);
  }
}

export function evaluate(node: Expression, places: Places = new WeakMap()): Literal {
  switch (node.type) {
    case 'Literal':
      if (typeof node.value === 'string' || typeof node.value === 'boolean' || node.value === null) return node.value;
      if (typeof node.value === 'number' && Number.isFinite(node.value)) return node.value;
      break;
    case 'TemplateLiteral':
      if (node.expressions?.length === 0 && typeof node.quasis?.[0]?.value.cooked === 'string') return node.quasis[0].value.cooked;
      break;
    case 'UnaryExpression':
      if (
        (node.operator === '-' || node.operator === '+') &&
        node.argument?.type === 'Literal' &&
        typeof node.argument.value === 'number'
      ) {
        return node.operator === '-' ? -node.argument.value : node.argument.value;
      }
      break;
    case 'ArrayExpression':
      return list(node, places);
    case 'ObjectExpression':
      return object(node, places);
  }
  throw new NotLiteral(describe(node), pointOf(node));
}

function list(node: Expression, places: Places): Literal[] {
  const elements = node.elements ?? [];
  const where = new Map<string, Point>();
  const values = elements.map((element, index) => {
    if (element === null) throw new NotLiteral('a gap in a list', pointOf(node));
    setPlace(where, String(index), element);
    return evaluate(element, places);
  });
  places.set(values, where);
  return values;
}

function object(node: Expression, places: Places): { [key: string]: Literal } {
  const values: { [key: string]: Literal } = {};
  const where = new Map<string, Point>();
  for (const property of node.properties ?? []) {
    const key = keyOf(property);
    if (key === undefined) throw new NotLiteral(describe(property), pointOf(property));
    if (Object.hasOwn(values, key)) throw new NotLiteral(`a second "${key}"`, pointOf(property));
    setPlace(where, key, property);
    const value = evaluate(property.value as Expression, places);
    Object.defineProperty(values, key, { value, enumerable: true, configurable: true, writable: true });
  }
  places.set(values, where);
  return values;
}

function keyOf({ type, kind, computed, shorthand, method, key }: Expression): string | undefined {
  if (type !== 'Property' || kind !== 'init' || computed || shorthand || method || !key) return undefined;
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' && (typeof key.value === 'string' || typeof key.value === 'number') ? String(key.value) : undefined;
}

function setPlace(where: Map<string, Point>, key: string, node: Expression): void {
  const place = pointOf(node);
  if (place) where.set(key, place);
}

function pointOf(node: Expression): Point | undefined {
  return node.loc ? { line: node.loc.start.line, column: node.loc.start.column + 1 } : undefined;
}

const names: Record<string, string> = {
  Identifier: 'a name',
  CallExpression: 'a call',
  ArrowFunctionExpression: 'a function',
  FunctionExpression: 'a function',
  BinaryExpression: 'a calculation',
  MemberExpression: 'a member of something',
  SpreadElement: 'a spread (...)',
  TemplateLiteral: 'a text that is put together',
  NewExpression: 'new',
  ConditionalExpression: 'a condition',
  JSXElement: 'a tag',
};

function describe(node: Expression): string {
  const what = names[node.type] ?? `code (${node.type})`;
  return node.type === 'Identifier' ? `${what} (${node.name})` : what;
}
