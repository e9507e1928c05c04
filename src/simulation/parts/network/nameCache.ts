// A name and the answers that clients remember. The name's owner may change the answer at once, but a client asks again only when
// the time to live of its last answer is over: that is the tail of a failover. Some never ask again.
// Source: RFC 1035, section 3.2.1 (a time to live of 0: the answer serves once) and RFC 2308 for what is cached.

import { keyedUniform } from '../../kernel/random';
import type { PolicyOf } from '../policies/policy';
import type { System } from '../system';
import { milliseconds, share } from './limits';

export interface NameCacheOptions {
  name?: string;
  /** How long an answer may be used, in ms; 0 or more. */
  timeToLiveMs: number;
  /** Share of the clients that keep an answer longer than they should. Default 0. */
  ignoringShare?: number;
  /** How long those keep it, in ms. Default: for ever. */
  ignoringMs?: number;
  /** Clients with the same number here share a resolver and its answers. Default: each has its own. */
  resolverOf?: (client: number) => number;
}

export class NameCache {
  /** Times that the name's owner was asked. */
  lookups = 0;
  private readonly name: string;
  private readonly key: number;
  private readonly answers = new Map<number, number>();
  private readonly expiresMs = new Map<number, number>();

  constructor(
    private readonly system: System,
    private readonly options: NameCacheOptions,
  ) {
    this.name = options.name ?? 'names';
    milliseconds(this.name, 'time to live', options.timeToLiveMs);
    share(this.name, 'share of clients that ignore it', options.ignoringShare ?? 0);
    if (!((options.ignoringMs ?? Infinity) >= options.timeToLiveMs)) {
      throw new RangeError(
        `Those who ignore the time to live of ${this.name} keep an answer for ${options.ignoringMs} ms; it must be no less than the ${options.timeToLiveMs} ms of the others.`,
      );
    }
    this.key = system.simulation.random.key(`${this.name} ignoring`);
  }

  /** What a client believes now. @param ask the name's owner, when the client no longer knows; a negative answer is not kept */
  answerFor(client: number, ask: () => number): number {
    const { options, answers, expiresMs } = this;
    const { nowMs } = this.system.simulation;
    const resolver = options.resolverOf === undefined ? client : options.resolverOf(client);
    const expiryMs = expiresMs.get(resolver);
    if (expiryMs !== undefined && nowMs < expiryMs) return answers.get(resolver) as number;
    this.lookups++;
    const answer = ask();
    if (answer < 0) return answer;
    const ignores = keyedUniform(this.key, resolver) < (options.ignoringShare ?? 0);
    answers.set(resolver, answer);
    expiresMs.set(resolver, nowMs + (ignores ? (options.ignoringMs ?? Infinity) : options.timeToLiveMs));
    return answer;
  }
}

/** Routing by name: the clients of a balancer look up where to go, and `policy` is what the name's owner answers. */
export function lookedUp(system: System, options: NameCacheOptions, policy: PolicyOf): PolicyOf {
  return (rotation) => {
    const owner = policy(rotation);
    const cache = new NameCache(system, options);
    return { pick: (call) => cache.answerFor(call.client, () => owner.pick(call)), heard: owner.heard?.bind(owner) };
  };
}
