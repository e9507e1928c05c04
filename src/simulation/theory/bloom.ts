// A Bloom filter says "perhaps" or "certainly not": how often its "perhaps" is wrong.
// Source: Bloom, Communications of the ACM 13(7), 1970: (1 − (1 − 1/m)^{kn})^k. It takes bits for independent: a little too low for tiny
// filters (Bose et al., Information Processing Letters 108(4), 2008).

import { expm1, log1p, power } from '../kernel/math';
import { requireWhole } from './validity';

/** Share of false answers, with `bits` (1 or more), `items` put in (0 or more) and `hashes` (1 or more). */
export function bloomFalseShare({ bits, items, hashes }: { bits: number; items: number; hashes: number }): number {
  requireWhole('The number of bits', bits, 1);
  requireWhole('The number of items', items, 0);
  requireWhole('The number of hashes', hashes, 1);
  return items === 0 ? 0 : power(-expm1(hashes * items * log1p(-1 / bits)), hashes);
}

/** The number of hashes with which the fewest answers are false: the better whole number beside m/n · ln 2. */
export function bloomBestHashes({ bits, items }: { bits: number; items: number }): number {
  requireWhole('The number of bits', bits, 1);
  requireWhole('The number of items', items, 1);
  const fewer = Math.max(1, Math.floor((bits / items) * Math.LN2));
  const more = fewer + 1;
  return bloomFalseShare({ bits, items, hashes: fewer }) <= bloomFalseShare({ bits, items, hashes: more }) ? fewer : more;
}
