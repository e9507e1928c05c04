// What was written and read, as the clients saw it: from that, not from a formula, come stale reads and lost writes.
// A read is stale when it returned a write that had ended before another began that was acknowledged before the read began: what a
// regular register rules out (Lamport 1986). Of a client's own writes and earlier reads: Terry et al., "Session Guarantees", PDIS 1994.

import type { Call } from '../call';

/** What one call does, from its beginning at the front to its end. */
export interface Operation {
  isWrite: boolean;
  key: number;
  client: number;
  /** It is no use to it unless whoever answers is primary. */
  needsPrimary: boolean;
  /** Number of the write that it makes, or of the one that it found; -1: none. */
  write: number;
  /** For a read: what it must not miss, of all and of its own client: the latest beginning of a write acknowledged before. */
  floorMs: number;
  ownFloorMs: number;
}

const noWrite = -1;

export class History {
  /** By number of the write. */
  readonly requests: number[] = [];
  readonly keys: number[] = [];
  readonly openedMs: number[] = [];
  /** When the client heard yes; Infinity: it did not. */
  readonly acknowledgedMs: number[] = [];
  /** Later versions have larger numbers; set when a node takes the write. */
  readonly versions: number[] = [];
  /** When a primary took it. */
  readonly takenMs: number[] = [];
  acknowledged = 0;
  reads = 0;
  /** Reads that missed a write which had been acknowledged before they began. */
  staleReads = 0;
  /** Reads that missed one of their own client's. */
  ownWritesMissed = 0;
  /** Reads that saw an older version than their client had seen before. */
  backwardReads = 0;
  private readonly clients: number[] = [];
  private readonly floors = new Map<number, number>();
  private readonly ownFloors = new Map<number, number>();
  private readonly seen = new Map<number, number>();
  private readonly underWay = new Map<Call, Operation>();
  private taken = 0;

  /** The warm-up ends: reads are counted anew. What was written and seen is still known. */
  warm(): void {
    this.reads = 0;
    this.staleReads = 0;
    this.ownWritesMissed = 0;
    this.backwardReads = 0;
  }

  /** A write of which nobody has heard yet. */
  openWrite({ request, key, client }: Pick<Call, 'request' | 'key' | 'client'>, nowMs: number): number {
    this.openedMs.push(nowMs);
    this.acknowledgedMs.push(Infinity);
    this.versions.push(0);
    this.takenMs.push(Infinity);
    this.keys.push(key);
    this.clients.push(client);
    return this.requests.push(request) - 1;
  }

  /** A node takes a write. @param version where later ones have larger numbers; default: the order in which they are taken */
  take(write: number, nowMs: number, version = ++this.taken): void {
    this.versions[write] = version;
    this.takenMs[write] = nowMs;
  }

  /** A front sends a call on. `sent` is what it sent: parts on the way find the operation by it. */
  begin(sent: Call, isWrite: boolean, nowMs: number, needsPrimary = isWrite): Operation {
    const { key, client } = sent;
    const write = isWrite ? this.openWrite(sent, nowMs) : noWrite;
    const floorMs = this.floors.get(key) ?? -Infinity;
    const operation = {
      isWrite,
      key,
      client,
      needsPrimary,
      write,
      floorMs,
      ownFloorMs: this.ownFloors.get(ownKey(client, key)) ?? -Infinity,
    };
    this.underWay.set(sent, operation);
    return operation;
  }

  /** What a call helps to do; undefined when nobody waits for it any more. */
  operationOf(call: Call): Operation | undefined {
    for (let asking: Call | null = call; asking !== null; asking = asking.parent) {
      const operation = this.underWay.get(asking);
      if (operation !== undefined) return operation;
    }
    return undefined;
  }

  /** The front no longer waits. @returns what the call was to do */
  end(sent: Call, isCompleted: boolean, nowMs: number): Operation | undefined {
    const operation = this.underWay.get(sent);
    if (operation === undefined) return undefined;
    this.underWay.delete(sent);
    if (isCompleted) {
      if (operation.isWrite) this.acknowledge(operation.write, nowMs);
      else this.closeRead(operation);
    }
    return operation;
  }

  acknowledge(write: number, nowMs: number): void {
    if (this.acknowledgedMs[write] < Infinity) return;
    this.acknowledgedMs[write] = nowMs;
    this.acknowledged++;
    const key = this.keys[write];
    raise(this.floors, key, this.openedMs[write]);
    raise(this.ownFloors, ownKey(this.clients[write], key), this.openedMs[write]);
  }

  /** Numbers of the writes that clients believe in, in the order in which they were opened. */
  *promised(): Iterable<number> {
    for (let write = 0; write < this.requests.length; write++) if (this.acknowledgedMs[write] < Infinity) yield write;
  }

  /**
   * Numbers of acknowledged writes that never counted: one of the same key that had ended before they began has the larger version.
   * Without wrong clocks there are none.
   */
  overruled(): number[] {
    const ended = [...this.promised()].sort((a, b) => this.acknowledgedMs[a] - this.acknowledgedMs[b]);
    const opened = [...ended].sort((a, b) => this.openedMs[a] - this.openedMs[b]);
    const largest = new Map<number, number>();
    let next = 0;
    return opened.filter((write) => {
      for (; this.acknowledgedMs[ended[next]] < this.openedMs[write]; next++)
        raise(largest, this.keys[ended[next]], this.versions[ended[next]]);
      return (largest.get(this.keys[write]) ?? -Infinity) > this.versions[write];
    });
  }

  private closeRead({ key, client, write, floorMs, ownFloorMs }: Operation): void {
    this.reads++;
    const endedMs = write === noWrite ? -Infinity : this.acknowledgedMs[write];
    if (endedMs < floorMs) this.staleReads++;
    if (endedMs < ownFloorMs) this.ownWritesMissed++;
    const version = write === noWrite ? -Infinity : this.versions[write];
    const own = ownKey(client, key);
    if (version < (this.seen.get(own) ?? -Infinity)) this.backwardReads++;
    else this.seen.set(own, version);
  }
}

/** A client and a key in one number: clients up to 2^21, keys up to 2^32. */
function ownKey(client: number, key: number): number {
  return client * 4294967296 + key;
}

function raise(values: Map<number, number>, key: number, value: number): void {
  if (value > (values.get(key) ?? -Infinity)) values.set(key, value);
}
