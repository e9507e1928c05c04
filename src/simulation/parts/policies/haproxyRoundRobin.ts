// HAProxy 2.6's `balance roundrobin` as a plain state machine: each server has a next position on a line as long as all weights together.
// Servers wait in three trees: `init` (heavy first, not placed yet), the current one (by position) and `next` (for the coming round).
// Weights may change and servers come and go at any time. Source: lb_fwrr.c; held by sequences recorded from HAProxy 2.6.12.

import type { PolicyOf } from './policy';

/** Weights are counted in sixteenths (BE_WEIGHT_SCALE), so that a slow start can raise them in small steps. */
const scale = 16;
const mostWeight = 256;
const noTree = 0;
const currentTree = 3;

export interface HaproxyRoundRobin {
  /** In sixteenths. */
  readonly weights: Int32Array;
  readonly isUp: Uint8Array;
  /** Servers that are up and have a weight. */
  usable: number;
  /** Which tree a server is in: none, one of the two that take turns as `init` and `next`, or the current one. */
  readonly trees: Uint8Array;
  readonly keys: Float64Array;
  /** Number of its insertion: the first goes first among equal keys. */
  readonly inserted: Float64Array;
  insertions: number;
  initTree: number;
  nextTree: number;
  readonly positions: Float64Array;
  readonly lastPositions: Float64Array;
  readonly remainders: Float64Array;
  /** Of the round under way, and of the coming one. */
  currentWeight: number;
  nextWeight: number;
  position: number;
  /** Chain of the servers passed over in one pick. */
  readonly passedOver: Int32Array;
}

/** @param weights 0 to 256 each, in steps of a sixteenth (others are rounded up); 0 takes no requests */
export function createHaproxyRoundRobin(weights: readonly number[]): HaproxyRoundRobin {
  const count = weights.length;
  const scaled = Int32Array.from(weights, haproxyWeight);
  const total = scaled.reduce((sum, weight) => sum + weight, 0);
  const state: HaproxyRoundRobin = {
    weights: scaled,
    isUp: new Uint8Array(count).fill(1),
    usable: 0,
    trees: new Uint8Array(count),
    keys: new Float64Array(count),
    inserted: new Float64Array(count),
    insertions: 0,
    initTree: 1,
    nextTree: 2,
    positions: new Float64Array(count),
    lastPositions: new Float64Array(count),
    remainders: new Float64Array(count),
    currentWeight: total,
    nextWeight: total,
    position: total,
    passedOver: new Int32Array(count),
  };
  for (let server = 0; server < count; server++) {
    if (scaled[server] === 0) continue;
    state.usable++;
    insertByWeight(state, state.initTree, server);
  }
  return state;
}

/** Sixteenths of a configured weight. Throws RangeError unless it is 0 to 256. */
export function haproxyWeight(weight: number): number {
  if (!(weight >= 0 && weight <= mostWeight)) throw new RangeError(`A weight is ${weight}; HAProxy takes 0 to ${mostWeight}.`);
  return Math.ceil(weight * scale);
}

/**
 * A server goes down, comes back, or gets another weight (in sixteenths). One that goes down leaves its tree at once; one that
 * comes back is placed as far ahead as its share of a round.
 */
export function changeHaproxyServer(state: HaproxyRoundRobin, server: number, isUp: boolean, weight: number): void {
  const { weights, trees } = state;
  if (state.isUp[server] === Number(isUp) && weights[server] === weight) return;
  const was = state.isUp[server] === 1 ? weights[server] : 0;
  const will = isUp ? weight : 0;
  state.isUp[server] = Number(isUp);
  weights[server] = weight;
  state.nextWeight += will - was;
  if (was > 0 && will === 0) {
    state.usable--;
    trees[server] = noTree;
  } else if (was === 0 && will > 0) {
    state.usable++;
    const { position, nextWeight, currentWeight } = state;
    // Unsigned, as there: a negative distance becomes a huge one, which sends the server to the coming round.
    state.positions[server] = (position + Math.floor(((nextWeight + currentWeight - position) >>> 0) / weight)) >>> 0;
    enqueue(state, server);
  } else if (will > 0) reweigh(state, server);
}

/** Still where it was, but with its next turn sooner when it became heavier. */
function reweigh(state: HaproxyRoundRobin, server: number): void {
  const { trees, positions } = state;
  if (trees[server] === state.initTree) {
    insertByWeight(state, state.initTree, server);
    return;
  }
  if (trees[server] === state.nextTree) positions[server] += state.currentWeight;
  const step = Math.floor(state.nextWeight / state.weights[server]);
  positions[server] = Math.min(positions[server], state.lastPositions[server] + step);
  if (positions[server] < state.position + 2) positions[server] = state.position + step;
  state.remainders[server] = 0;
  enqueue(state, server);
}

/**
 * The next server; -1 when none can take a request.
 * @param isFull servers with all the connections that they may have are passed over and keep their turn
 * @param avoid a server that failed this request before: it is taken only when there is no other
 */
export function pickHaproxyRoundRobin(state: HaproxyRoundRobin, isFull?: (server: number) => boolean, avoid = -1): number {
  if (state.usable === 0) return -1;
  const { passedOver, trees } = state;
  let hasSwitched = false;
  let avoided = -1;
  let chain = -1;
  let chosen = -1;
  while (chosen < 0) {
    if (state.currentWeight === 0) state.position = state.currentWeight = state.nextWeight;
    let server = candidate(state);
    if (server < 0) {
      if (hasSwitched) break;
      hasSwitched = true;
      switchTrees(state);
      server = candidate(state);
      if (server < 0) break;
    }
    advance(state, server);
    trees[server] = noTree;
    state.position++;
    if (isFull === undefined || !isFull(server)) {
      if (server !== avoid) chosen = server;
      else avoided = server;
    }
    if (chosen < 0) {
      passedOver[server] = chain;
      chain = server;
    }
  }
  if (chosen < 0) chosen = avoided;
  if (chosen >= 0) enqueue(state, chosen);
  for (; chain >= 0; chain = passedOver[chain]) {
    if (chain === chosen) continue;
    if (hasSwitched) insertByWeight(state, state.initTree, chain);
    else enqueue(state, chain);
  }
  return chosen;
}

/** The first of the current tree whose turn it is; else the heaviest not placed yet; else the first of the current tree. */
function candidate(state: HaproxyRoundRobin): number {
  const { positions, remainders } = state;
  const current = firstOf(state, currentTree);
  if (current >= 0 && positions[current] <= state.position) return current;
  const waiting = firstOf(state, state.initTree);
  if (waiting < 0) return current;
  positions[waiting] = 0;
  remainders[waiting] = 0;
  return waiting;
}

function firstOf({ trees, keys, inserted }: HaproxyRoundRobin, tree: number): number {
  let first = -1;
  for (let server = 0; server < trees.length; server++) {
    if (trees[server] !== tree) continue;
    if (first < 0 || keys[server] < keys[first] || (keys[server] === keys[first] && inserted[server] < inserted[first])) first = server;
  }
  return first;
}

/** Moves a server on by the length of a round over its weight, carrying the remainder. */
function advance(state: HaproxyRoundRobin, server: number): void {
  const { positions, remainders, nextWeight } = state;
  const weight = state.weights[server];
  if (positions[server] === 0) positions[server] = state.position;
  state.lastPositions[server] = positions[server];
  positions[server] += Math.floor(nextWeight / weight);
  remainders[server] += nextWeight % weight;
  if (remainders[server] >= weight) {
    remainders[server] -= weight;
    positions[server]++;
  }
}

/** Into the current tree by position, or into `next` when that lies beyond this round. */
function enqueue(state: HaproxyRoundRobin, server: number): void {
  const { positions, currentWeight, nextWeight } = state;
  if (positions[server] >= 2 * currentWeight || positions[server] >= currentWeight + nextWeight) {
    positions[server] -= currentWeight;
    insertByWeight(state, state.nextTree, server);
    return;
  }
  const tieBreak = Math.floor((mostWeight * scale + state.remainders[server] - state.weights[server]) / scale);
  insert(state, currentTree, server, mostWeight * positions[server] + tieBreak);
}

function insertByWeight(state: HaproxyRoundRobin, tree: number, server: number): void {
  insert(state, tree, server, mostWeight * scale - state.weights[server]);
}

function insert(state: HaproxyRoundRobin, tree: number, server: number, key: number): void {
  state.trees[server] = tree;
  state.keys[server] = key;
  state.inserted[server] = state.insertions++;
}

/** A new round: those queued for it are to be placed. */
function switchTrees(state: HaproxyRoundRobin): void {
  const emptied = state.initTree;
  state.initTree = state.nextTree;
  state.nextTree = emptied;
  state.currentWeight = state.nextWeight;
  state.position = state.currentWeight;
}

/** Weights 5, 1, 1 give a a a b a a c: the heavy server comes first and often, not as evenly as nginx's. */
export const haproxyRoundRobin: PolicyOf = ({ count, inRotation, weights }) => {
  const state = createHaproxyRoundRobin(weights);
  return {
    pick() {
      for (let server = 0; server < count; server++) {
        changeHaproxyServer(state, server, inRotation[server] === 1, haproxyWeight(weights[server]));
      }
      return pickHaproxyRoundRobin(state);
    },
  };
};
