// Envoy's round robin and least request. With equal weights least request is the power of two choices; with unequal ones it is weighted
// round robin with weights that shrink as a server gets busy. Sources: Envoy 1.30, round_robin_lb.h and least_request_lb.cc.

import { power } from '../../kernel/math';
import { keyedUniform } from '../../kernel/random';
import { wholeNumber } from '../options';
import { Available } from './available';
import { againEdf, createEdf, type EdfSchedule, nextEdf } from './edf';
import type { PolicyOf, Rotation } from './policy';

/** As in Envoy 1.30. */
export interface EnvoyLeastRequestOptions {
  /** Servers looked at for one call when the weights are equal, drawn with replacement. Default 2. */
  choiceCount?: number;
  /** With equal weights: by chance, or all of them with ties broken by chance. Default `n-choices`. */
  selection?: 'n-choices' | 'full-scan';
  /** Unequal weights are divided by (calls outstanding + 1) to this power; 0 leaves them. Default 1. */
  activeRequestBias?: number;
}

/** Weight of a server that has so many calls already. */
export function envoyWeight(weight: number, outstanding: number, bias = 1): number {
  if (bias === 0) return weight;
  return weight / (bias === 1 ? outstanding + 1 : power(outstanding + 1, bias));
}

/**
 * The fewest calls of `choiceCount` drawn with replacement, the first drawn on a tie.
 * @param servers indexes; the first `count` are meant
 * @param draw uniform number in (0, 1) of a look, counted from 0
 */
export function envoyChoose(
  outstanding: ArrayLike<number>,
  servers: ArrayLike<number>,
  count: number,
  choiceCount: number,
  draw: (look: number) => number,
): number {
  let best = -1;
  for (let look = 0; look < choiceCount && count > 0; look++) {
    const server = servers[Math.floor(draw(look) * count)];
    if (best < 0 || outstanding[server] < outstanding[best]) best = server;
  }
  return best;
}

/** The fewest calls of all; the k-th of the tied takes the place of the one before with chance 1/k. */
export function envoyFullScan(
  outstanding: ArrayLike<number>,
  servers: ArrayLike<number>,
  count: number,
  draw: (look: number) => number,
): number {
  let best = -1;
  let tied = 0;
  let looks = 0;
  for (let index = 0; index < count; index++) {
    const server = servers[index];
    if (best < 0 || outstanding[server] < outstanding[best]) {
      best = server;
      tied = 1;
    } else if (outstanding[server] === outstanding[best] && Math.floor(draw(looks++) * ++tied) === 0) best = server;
  }
  return best;
}

/** @param key from `RandomSource.key` */
export function envoyLeastRequest(
  key: number,
  { choiceCount = 2, selection = 'n-choices', activeRequestBias = 1 }: EnvoyLeastRequestOptions = {},
): PolicyOf {
  wholeNumber('Envoy', 'number of choices', choiceCount, 2);
  if (!(activeRequestBias >= 0 && activeRequestBias < Infinity)) {
    throw new RangeError(`The active request bias of Envoy is ${activeRequestBias}; it must be 0 or more, and finite.`);
  }
  return (rotation) => {
    const { outstanding } = rotation;
    const turns = new Turns(rotation, key, activeRequestBias);
    let request = 0;
    let attempt = 0;
    // A full scan draws at most once a server.
    const most = selection === 'full-scan' ? rotation.count : choiceCount;
    const draw = (look: number) => keyedUniform(key, request, attempt * most + look);
    return {
      pick(call) {
        if (turns.areWeighted()) return turns.pick();
        request = call.request;
        attempt = call.attempt;
        const { list, count } = turns.available;
        if (selection === 'full-scan') return envoyFullScan(outstanding, list, count, draw);
        return envoyChoose(outstanding, list, count, choiceCount, draw);
      },
    };
  };
}

/**
 * In turn; with unequal weights by earliest deadline.
 * @param key from `RandomSource.key`: it decides with whom the turns begin
 */
export function envoyRoundRobin(key: number): PolicyOf {
  return (rotation) => {
    const turns = new Turns(rotation, key, 0);
    let next = key;
    return {
      pick() {
        if (turns.areWeighted()) return turns.pick();
        const { list, count } = turns.available;
        return count === 0 ? -1 : list[next++ % count];
      },
    };
  };
}

/** The deadlines of the servers in rotation, made anew whenever one comes or goes; none while all weights are equal. */
class Turns {
  readonly available: Available;
  private schedule: EdfSchedule | undefined;

  constructor(
    private readonly rotation: Rotation,
    private readonly key: number,
    private readonly bias: number,
  ) {
    this.available = new Available(rotation.inRotation);
  }

  areWeighted(): boolean {
    if (this.available.refresh()) this.begin();
    return this.schedule !== undefined;
  }

  pick(): number {
    const schedule = this.schedule as EdfSchedule;
    const entry = nextEdf(schedule);
    againEdf(schedule, entry, this.weightAt(entry));
    return this.available.list[entry];
  }

  private begin(): void {
    const { list, count } = this.available;
    const { weights } = this.rotation;
    let areEqual = true;
    for (let index = 1; index < count; index++) if (weights[list[index]] !== weights[list[0]]) areEqual = false;
    const now = Float64Array.from({ length: count }, (_, entry) => this.weightAt(entry));
    this.schedule = areEqual ? undefined : createEdf(now, this.key);
  }

  private weightAt(entry: number): number {
    const { outstanding, weights } = this.rotation;
    const server = this.available.list[entry];
    return envoyWeight(weights[server], outstanding[server], this.bias);
  }
}
