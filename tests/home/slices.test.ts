import { describe, expect, it } from 'vitest';
import { cut } from '../../src/pages/_home/slices';

const servers = ['kitchen 10', 'kitchen 11', 'kitchen 12', 'kitchen 13', 'kitchen 14', 'kitchen 15'];
const orders = Array.from({ length: 500 }, (_, i) => `order ${i}`);
const owners = (names: string[]) =>
  new Map(cut(names, orders, '').flatMap((slice) => slice.orders.map(({ name }) => [name, slice.server])));

describe('the pizza on the home page', () => {
  it('cuts the whole circle, and gives every order to exactly one slice', () => {
    const slices = cut(servers, orders, '');
    expect(slices.reduce((sum, { from, to }) => sum + to - from, 0)).toBeCloseTo(1, 12);
    expect(slices.flatMap((slice) => slice.orders)).toHaveLength(orders.length);
  });

  it('moves orders only to the server that joins', () => {
    const before = owners(servers);
    const after = owners([...servers, 'kitchen 16']);
    const moved = orders.filter((name) => before.get(name) !== after.get(name));
    expect(moved.length).toBeGreaterThan(0);
    expect(new Set(moved.map((name) => after.get(name)))).toEqual(new Set(['kitchen 16']));
  });
});
