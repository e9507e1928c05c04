// What servers keep at hand of the keys that they served last, and who met the same server again: what a hash is paid for.

import { type BalancingPolicy, type Call, createEviction, type Eviction, type PolicyOf, type Server } from '@by-the-slice/simulation';

/** A request for a key at hand takes this share of its work. */
const shareAtHand = 0.1;

/** The memory of each server: the keys used last. It is lost in a crash. */
export class AtHand {
  asked = 0;
  found = 0;
  private readonly memories: Eviction[];

  constructor(
    servers: number,
    private readonly keysEach: number,
  ) {
    this.memories = Array.from({ length: servers }, () => createEviction('least-recently-used', keysEach));
  }

  /** Work that a call means at a server. */
  workAt(index: number, call: Call): number {
    if (this.keysEach === 0) return call.workMs;
    const memory = this.memories[index];
    this.asked++;
    if (!memory.has(call.key)) {
      memory.add(call.key);
      return call.workMs;
    }
    memory.touch(call.key);
    this.found++;
    return call.workMs * shareAtHand;
  }

  forgetAtCrash(servers: readonly Server[]): void {
    servers.forEach((server, index) => {
      server.condition.onRestored(() => this.memories[index].clear());
    });
  }

  foundShare(): number | null {
    return this.asked === 0 ? null : this.found / this.asked;
  }
}

/** Whether those who come again meet the server that they met last. */
export class Returns {
  again = 0;
  same = 0;
  private readonly lastServer = new Map<number, number>();

  constructor(private readonly by: 'key' | 'client') {}

  /** The same policy, looked at. */
  of(policyOf: PolicyOf): PolicyOf {
    return (rotation) => {
      const policy = policyOf(rotation);
      const watched: BalancingPolicy = {
        pick: (call) => {
          const server = policy.pick(call);
          this.note(call[this.by], server);
          return server;
        },
      };
      if (policy.heard) watched.heard = (server, fate, responseMs) => policy.heard?.(server, fate, responseMs);
      return watched;
    };
  }

  private note(who: number, server: number): void {
    if (server < 0) return;
    const last = this.lastServer.get(who);
    if (last !== undefined) {
      this.again++;
      if (last === server) this.same++;
    }
    if (last !== server) this.lastServer.set(who, server);
  }

  sameShare(): number | null {
    return this.again === 0 ? null : this.same / this.again;
  }
}
