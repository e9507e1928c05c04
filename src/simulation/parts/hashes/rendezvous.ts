// Rendezvous hashing (highest random weight): every server bids for a key with a hash of both, and the highest bid wins.
// No table; a lost server gives each of its keys to the next highest bidder and moves no other key.
// Sources: Thaler and Ravishankar, IEEE/ACM ToN 6(1), 1998; with weights: Schindelhauer and Schomaker, SPAA 2005.

import { log } from '../../kernel/math';
import { positive } from '../options';
import { utf8Bytes } from './crc32';
import type { IsUp, NamedServer } from './nginxHash';
import { type Word64, word64 } from './word64';
import { xxHash64Into } from './xxHash';

const bid = word64();

/** Index of the server with the highest bid among those that are up, the first on a tie; -1 when none is. */
export function rendezvousServer(key: string, servers: readonly NamedServer[], isUp: IsUp = () => true): number {
  const bytes = utf8Bytes(key);
  let best = -1;
  let highest = -Infinity;
  for (let server = 0; server < servers.length; server++) {
    const { name, weight } = servers[server];
    if (!isUp(server)) continue;
    bid.fill(0);
    xxHash64Into(bid, utf8Bytes(name));
    xxHash64Into(bid, bytes);
    // −w / ln h of a uniform h wins in proportion to w; with equal weights it is the order of the hashes themselves.
    const score = -positive(name, 'weight', weight) / log(uniformOf(bid));
    if (score > highest) {
      highest = score;
      best = server;
    }
  }
  return best;
}

/** The upper 52 bits as a number inside (0, 1). */
function uniformOf(word: Word64): number {
  return ((word[1] >>> 0) * 1048576 + (word[0] >>> 12) + 0.5) / 4503599627370496;
}
