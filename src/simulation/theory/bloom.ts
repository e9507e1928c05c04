// A Bloom filter says "perhaps" or "certainly not": how often its "perhaps" is wrong.
// Source: Bloom, Communications of the ACM 13(7), 1970: (1 − (1 − 1/m)^{kn})^k.

import { exp, log1p, power } from '../kernel/math';
import { requireWhole } from './validity';

/** Share of false answers, with `bits` (1 or more), `items` put in (0 or more) and `hashes` (1 or more). */
export function bloomFalseShare({ bits, items, hashes }: { bits: number; items: number; hashes: number }): number {
  requireWhole('The number of bits', bits, 1);
  requireWhole('The number of items', items, 0);
  requireWhole('The number of hashes', hashes, 1);
  if (items === 0) return 0;
  const unset = bits === 1 ? 0 : exp(hashes * items * log1p(-1 / bits));
  return power(1 - unset, hashes);
}
