// Redis Cluster's 16,384 slots: how `redis-cli --cluster create` deals them out, and which ones `--cluster rebalance` moves.
// Source: redis-cli.c of Redis 7.4, with its single-precision arithmetic.

import { wholeNumber } from '../options';
import type { Move } from './rebalancingPlan';

export const redisSlotCount = 16384;

/** The slots of one master, both ends included. */
export interface SlotRange {
  first: number;
  last: number;
}

/** Slots of each master of a new cluster. @param masters a whole number from 1 to 1,000, the most that Redis recommends, else RangeError */
export function redisSlotRanges(masters: number): SlotRange[] {
  if (wholeNumber('the cluster', 'number of masters', masters, 1) > 1000) {
    throw new RangeError(`The cluster has ${masters} masters; 1,000 are the most that Redis recommends.`);
  }
  const perMaster = Math.fround(redisSlotCount / masters);
  let cursor = 0;
  let first = 0;
  return Array.from({ length: masters }, (_, master) => {
    const end = Math.fround(Math.fround(cursor + perMaster) - 1);
    const last = master === masters - 1 ? redisSlotCount - 1 : Math.max(first, Math.round(end));
    const range = { first, last };
    first = last + 1;
    cursor = Math.fround(cursor + perMaster);
    return range;
  });
}

/** The master of each slot. */
export function redisSlotOwners(ranges: readonly SlotRange[]): Int32Array {
  const owners = new Int32Array(redisSlotCount).fill(-1);
  ranges.forEach(({ first, last }, master) => {
    owners.fill(master, first, last + 1);
  });
  return owners;
}

/**
 * The moves that make the masters' slots proportional to their weights. A new master owns none and has a weight; one that leaves has weight 0.
 * @param owners master of each of the 16,384 slots: like redis-cli it refuses a cluster with a slot that nobody serves
 * @param weights one for each master
 * @param thresholdPercent nothing moves while every master is this near to its share. redis-cli's default: 2
 * @throws RangeError for a slot without an owner, an owner without a weight, a weight below 0 and weights that are all 0
 */
export function redisRebalance(owners: ArrayLike<number>, weights: readonly number[], thresholdPercent = 2): Move[] {
  const held = slotsOfMasters(owners, weights.length);
  const masters = balancesOf(held, weights, thresholdPercent);
  const moves: Move[] = [];
  let taker = 0;
  let giver = masters.length - 1;
  while (taker < giver) {
    const to = masters[taker];
    const from = masters[giver];
    const count = Math.min(Math.abs(to.balance), Math.abs(from.balance));
    if (count > 0) moves.push({ from: from.master, to: to.master, count, keys: held[from.master].splice(0, count) });
    to.balance += count;
    from.balance -= count;
    if (to.balance === 0) taker++;
    if (from.balance === 0) giver--;
  }
  return moves;
}

function slotsOfMasters(owners: ArrayLike<number>, count: number): number[][] {
  const held: number[][] = Array.from({ length: count }, () => []);
  for (let slot = 0; slot < redisSlotCount; slot++) {
    const slots = held[owners[slot]];
    if (slots === undefined) throw new RangeError(`Slot ${slot} is of master ${owners[slot]}; there are ${count} masters with a weight.`);
    slots.push(slot);
  }
  return held;
}

interface Balance {
  master: number;
  /** Slots to give; below 0, to take. */
  balance: number;
}

/** Those to take first. Empty when all are within the threshold. */
function balancesOf(held: readonly number[][], weights: readonly number[], thresholdPercent: number): Balance[] {
  let total = 0;
  for (const weight of weights) {
    if (!(weight >= 0 && weight < Infinity)) throw new RangeError(`A weight is ${weight}; it must be a number from 0 up.`);
    total = Math.fround(total + Math.fround(weight));
  }
  if (total === 0) throw new RangeError('All weights are 0; somebody must take the slots.');
  const perWeight = Math.fround(redisSlotCount / total);
  let surplus = 0;
  let isUneven = false;
  const balances = held.map((slots, master) => {
    const expected = Math.trunc(Math.fround(perWeight * Math.fround(weights[master])));
    const balance = slots.length - expected;
    surplus += balance;
    if (slots.length > 0 ? Math.fround(Math.abs(100 - (100 * expected) / slots.length)) > thresholdPercent : expected > 1) isUneven = true;
    return { master, balance };
  });
  if (!isUneven) return [];
  // Rounding down leaves slots over: those who need none yet take one each until all are dealt.
  while (surplus > 0) {
    for (const one of balances) {
      if (one.balance > 0 || surplus === 0) continue;
      one.balance--;
      surplus--;
    }
  }
  return balances.sort((a, b) => a.balance - b.balance);
}
