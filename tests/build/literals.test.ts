import { createProcessor } from '@mdx-js/mdx';
import { describe, expect, it } from 'vitest';
import { evaluate, NotLiteral } from '../../src/build/literals';
import { type Node, walk } from '../../src/build/nodes';

function evaluated(code: string): unknown {
  const tree = createProcessor().parse(`<A a={${code}}/>`) as Node;
  let found: unknown;
  walk(tree, ({ attributes }) => {
    const value = attributes?.[0]?.value;
    const statement = typeof value === 'object' && value !== null ? value.data?.estree?.body[0] : undefined;
    if (statement?.expression) found = evaluate(statement.expression);
  });
  return found;
}

describe('literals of properties', () => {
  it.each([
    ['5', 5],
    ['-0.5', -0.5],
    ['+2', 2],
    ['1e3', 1000],
    ['0x10', 16],
    ["'a'", 'a'],
    ['"a\\n"', 'a\n'],
    ['`plain`', 'plain'],
    ['true', true],
    ['null', null],
    ["[1, 'a', [true]]", [1, 'a', [true]]],
    ["{a: 1, 'b-c': {d: [2]}, 3: 4}", { a: 1, 'b-c': { d: [2] }, 3: 4 }],
    ['{}', {}],
  ])('%s', (code, value) => {
    expect(evaluated(code)).toEqual(value);
  });

  it('keeps __proto__ as a mere name', () => {
    const value = evaluated("{['__proto__']: 1}".replace(/[[\]]/g, '')) as object;
    expect(Object.hasOwn(value, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it.each([
    ['a', 'a name (a)'],
    ['f()', 'a call'],
    ['() => 1', 'a function'],
    ['1 + 1', 'a calculation'],
    ['a.b', 'a member of something'],
    ['[...a]', 'a spread (...)'],
    ['{...a}', 'a spread (...)'],
    ['{a}', 'code (Property)'],
    ['{[a]: 1}', 'code (Property)'],
    ['{get a() { return 1 }}', 'code (Property)'],
    ['{a: 1, a: 2}', 'a second "a"'],
    ['[1, , 2]', 'a gap in a list'],
    [['`a$', '{1}`'].join(''), 'a text that is put together'],
    ['!true', 'code (UnaryExpression)'],
    ['-a', 'code (UnaryExpression)'],
    ['1n', 'code (Literal)'],
    ['/a/', 'code (Literal)'],
    ['undefined', 'a name (undefined)'],
    ['<b/>', 'a tag'],
  ])('refuses %s', (code, found) => {
    try {
      evaluated(code);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(NotLiteral);
      expect((error as NotLiteral).found).toBe(found);
    }
  });
});
