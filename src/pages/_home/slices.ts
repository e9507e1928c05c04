/**
 * The pizza on the home page is a hash ring, computed: servers and orders are hashed to an angle, and an order belongs to
 * the first server at or after it, clockwise. The last server joins late: the orders in its slice are the ones that move.
 */

/** FNV-1a, 32 bits, with the finishing step of MurmurHash3: short names alone would stay close together. */
export function hash(name: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

export interface Slice {
  server: string;
  /** Share of the circle at which the slice begins and ends, clockwise from the top; `to` may pass 1. */
  from: number;
  to: number;
  joined: boolean;
  orders: { name: string; at: number }[];
}

const turn = (name: string): number => hash(name) / 2 ** 32;

export function cut(servers: readonly string[], orders: readonly string[], joined: string): Slice[] {
  const ends = servers.map((server) => ({ server, at: turn(server) })).sort((a, b) => a.at - b.at);
  const slices = ends.map(({ server, at }, i): Slice => {
    const before = ends[(i + ends.length - 1) % ends.length].at;
    return { server, from: before, to: before < at ? at : at + 1, joined: server === joined, orders: [] };
  });
  for (const name of orders) {
    const at = turn(name);
    const slice = slices.find(({ from, to }) => (at > from && at <= to) || (at + 1 > from && at + 1 <= to));
    slice?.orders.push({ name, at });
  }
  return slices;
}
