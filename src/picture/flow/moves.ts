// Who is on the way at an instant, from where to where. Since the run is finished, the future is known: what enters a
// part set out early enough to land just then; what leaves a part is on its way from then on. Parts that hold nothing
// for any time are passed through, so a move may cross several links.

import { fates, type Replay, recordKinds } from '@by-the-slice/simulation';

export interface Move {
  /** The record that it belongs to: unique. */
  index: number;
  request: number;
  /** Ids of parts, from the first to the last. */
  path: readonly number[];
  departMs: number;
  arriveMs: number;
  /** Fate code of an answer; -1 for a request on its way in. */
  fate: number;
  /** Place in the line that it lands on, from 1; 0: in service, or just in the part. */
  linePlace: number;
  /** An answer that nobody waits for any more. */
  isLate: boolean;
  /** Share of the work of the mean request; 1 when all are alike. */
  size: number;
}

const mostKept = 8000;
const longestPath = 12;
const goingIn = -1;

/** Finds moves in a trace. Asking again for a near instant costs little. */
export class Moves {
  private readonly found = new Map<number, Move | null>();
  private flightMs = 0;

  constructor(private readonly replay: Replay) {}

  /** @param flightMs how long a move takes to the eye, in simulated ms */
  at(tMs: number, flightMs: number): Move[] {
    const { replay, found } = this;
    if (flightMs !== this.flightMs || found.size > mostKept) found.clear();
    this.flightMs = flightMs;
    const longestMs = Math.max(flightMs, replay.history.longestFlightMs * 3);
    const { kinds } = replay.trace;
    const moves: Move[] = [];
    const past = replay.movesBetween(tMs - longestMs, tMs);
    for (let index = past.first; index < past.end; index++) {
      if (kinds[index] === recordKinds.leave) this.collect(index, tMs, moves);
    }
    const future = replay.movesBetween(tMs, tMs + longestMs);
    for (let index = future.first; index < future.end; index++) {
      if (kinds[index] === recordKinds.enter) this.collect(index, tMs, moves);
    }
    return moves;
  }

  private collect(index: number, tMs: number, moves: Move[]): void {
    let move = this.found.get(index);
    if (move === undefined) {
      move = this.replay.trace.kinds[index] === recordKinds.leave ? this.answer(index) : this.landing(index);
      this.found.set(index, move);
    }
    if (move && move.departMs <= tMs && move.arriveMs > tMs) moves.push(move);
  }

  private landing(index: number): Move | null {
    const { replay } = this;
    const { kinds, parts, subjects, values, timesMs } = replay.trace;
    const { previous, next } = replay.history;
    const after = next[index];
    const endsHere = after >= 0 && kinds[after] === recordKinds.leave && parts[after] === parts[index] && timesMs[after] === timesMs[index];
    if (replay.passesOn(parts[index]) && !endsHere) return null;
    if (after >= 0 && kinds[after] === recordKinds.enter && values[after] === parts[index] && timesMs[after] === timesMs[index])
      return null;
    const path = [parts[index]];
    let sentMs = timesMs[index];
    let here = index;
    while (path.length < longestPath && values[here] >= 0) {
      const from = values[here];
      path.unshift(from);
      let back = previous[here];
      while (
        back >= 0 &&
        !(kinds[back] === recordKinds.enter && parts[back] === from) &&
        !(kinds[back] === recordKinds.open && parts[back] === from)
      ) {
        if (kinds[back] === recordKinds.flight && parts[back] === parts[here] && timesMs[back] < sentMs) sentMs = timesMs[back];
        back = previous[back];
      }
      if (back < 0) break;
      const isOpen = kinds[back] === recordKinds.open;
      if (isOpen && timesMs[back] < sentMs) sentMs = timesMs[back];
      if (isOpen || !(replay.passesOn(from) || timesMs[back] === timesMs[here])) break;
      here = back;
    }
    if (path.length < 2) return null;
    const arriveMs = timesMs[index];
    const linePlace = after >= 0 && kinds[after] === recordKinds.wait && parts[after] === parts[index] ? values[after] : 0;
    return {
      index,
      request: subjects[index],
      path,
      departMs: Math.min(sentMs, arriveMs - this.flightMs),
      arriveMs,
      fate: goingIn,
      linePlace,
      isLate: false,
      size: this.sizeOf(subjects[index]),
    };
  }

  private answer(index: number): Move | null {
    const { replay } = this;
    const { kinds, parts, subjects, values, timesMs, partList } = replay.trace;
    const { previous, next, longestFlightMs } = replay.history;
    const before = previous[index];
    if (before >= 0 && kinds[before] === recordKinds.leave && timesMs[before] === timesMs[index]) return null;
    const path = [parts[index]];
    let fate = values[index];
    let left = index;
    let isLate = false;
    while (path.length < longestPath) {
      const caller = this.callerAt(parts[left], left, path);
      if (caller < 0) break;
      const after = next[left];
      const isAnswered = after >= 0 && kinds[after] === recordKinds.leave && parts[after] === caller && timesMs[after] === timesMs[index];
      if (!isAnswered) {
        isLate = partList[caller].kind === 'client' && fate === fates.completed && longestFlightMs === 0;
        break;
      }
      left = after;
      fate = values[left];
    }
    if (path.length < 2) return null;
    return {
      index,
      request: subjects[index],
      path,
      departMs: timesMs[index],
      arriveMs: timesMs[index] + this.flightMs,
      fate,
      linePlace: 0,
      isLate,
      size: this.sizeOf(subjects[index]),
    };
  }

  /** Adds the way up from `part` to whoever asked it, through parts that pass on; the id of that caller, or -1 at a source. */
  private callerAt(part: number, left: number, path: number[]): number {
    const { replay } = this;
    const { kinds, parts, values, partList, links } = replay.trace;
    const { previous } = replay.history;
    let here = part;
    let back = previous[left];
    while (path.length < longestPath) {
      while (back >= 0 && !(kinds[back] === recordKinds.enter && parts[back] === here)) back = previous[back];
      const told = back >= 0 ? values[back] : -1;
      const caller = told >= 0 ? told : (links.find((link) => link.to === here)?.from ?? -1);
      if (caller < 0) return -1;
      path.push(caller);
      if (partList[caller].kind === 'source') return -1;
      if (!replay.passesOn(caller)) return caller;
      here = caller;
    }
    return -1;
  }

  private sizeOf(request: number): number {
    const { workMs, meanWorkMs, workVaries } = this.replay.history;
    const size = workVaries ? workMs[request] / meanWorkMs : 1;
    return size >= 0 ? size : 1;
  }
}

/** Requests that crossed each link, per simulated second, in the stretch up to `tMs`; by index of the link. */
export function linkRates(replay: Replay, tMs: number, stretchMs: number): Float64Array {
  const { kinds, parts, values, links } = replay.trace;
  const rates = new Float64Array(links.length);
  const linkAt = new Map<number, number>();
  for (const [index, { from, to }] of links.entries()) linkAt.set(from * 65_536 + to, index);
  const { first, end } = replay.movesBetween(Math.max(0, tMs - stretchMs), tMs);
  for (let index = first; index < end; index++) {
    if (kinds[index] !== recordKinds.enter || values[index] < 0) continue;
    const link = linkAt.get(values[index] * 65_536 + parts[index]);
    if (link !== undefined) rates[link]++;
  }
  const spanMs = Math.min(stretchMs, Math.max(tMs, 1));
  for (let link = 0; link < rates.length; link++) rates[link] *= 1000 / spanMs;
  return rates;
}
