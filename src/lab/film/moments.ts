// The decisive moments of a run, for a strip of stills: its start and end, when a line first forms, when it is longest, and what
// its marks tell. At most eight; where there are more, the first of each kind goes before its repetitions.

import { type MarkKind, partStates, recordKinds, type Trace } from '@by-the-slice/simulation';
import type { Result } from '../../experiments/definition/result';
import { saidText } from '../words/saidText';

type MomentKind = MarkKind | 'start' | 'firstLine' | 'longestLine' | 'end';

export interface Moment {
  atMs: number;
  kind: MomentKind;
  /** Words of the marks told here, by the names that the picture uses; empty for the others. */
  texts: string[];
  /** "Server 2", for those that are about one part. */
  part: string;
  /** How many wait there. */
  waiting: number;
}

export const mostMoments = 8;
/** Nearer than this share of the run, two moments are one. */
const sameShare = 1 / 60;
/** What is told first when there is too much. */
const rank: Record<MomentKind, number> = {
  start: 0,
  end: 0,
  crash: 1,
  rejection: 2,
  hypothesis: 2,
  longestLine: 2,
  restore: 3,
  saturation: 3,
  flush: 3,
  slow: 3,
  firstLine: 4,
  health: 5,
  note: 6,
};

export function momentsOf(result: Result): Moment[] {
  const { trace } = result;
  if (!trace || trace.horizonMs <= 0) return [];
  const lines = linesOf(trace);
  const plain = (kind: MomentKind, atMs: number): Moment => ({ atMs, kind, texts: [], part: '', waiting: 0 });
  const inner = [...(lines ? [lines.first, lines.longest] : []), ...marksOf(result, trace)].sort((one, other) => one.atMs - other.atMs);
  const together = merged(inner, trace.horizonMs * sameShare);
  const isInside = ({ atMs }: Moment): boolean => atMs > 0 && atMs < trace.horizonMs;
  // What happens in the first or the last instant has no still of its own: that of the start or the end tells it.
  const ending = (kind: MomentKind, atMs: number): Moment => ({
    ...plain(kind, atMs),
    texts: together.filter((moment) => moment.atMs === atMs).flatMap(({ texts }) => texts),
  });
  return [ending('start', 0), ...mostTelling(together.filter(isInside), mostMoments - 2), ending('end', trace.horizonMs)];
}

function marksOf(result: Result, trace: Trace): Moment[] {
  return result.marks.map((mark) => ({
    atMs: mark.atMs,
    kind: mark.kind,
    texts: [saidText(trace, mark)],
    part: trace.partList[mark.part]?.label ?? '',
    waiting: 0,
  }));
}

/** What happens almost at once is one still: the weightiest gives its name, all give their words. */
function merged(moments: readonly Moment[], withinMs: number): Moment[] {
  const groups: Moment[] = [];
  for (const moment of moments) {
    const last = groups[groups.length - 1];
    if (!last || moment.atMs - last.atMs > withinMs) {
      groups.push({ ...moment });
      continue;
    }
    const texts = [...new Set([...last.texts, ...moment.texts])];
    groups[groups.length - 1] = { ...(rank[moment.kind] < rank[last.kind] ? moment : last), texts };
  }
  return groups;
}

/** By rank, and within a rank the first of each kind before others; given back in order of time. */
function mostTelling(moments: readonly Moment[], most: number): Moment[] {
  const seen = new Map<MomentKind, number>();
  const weighed = moments.map((moment) => {
    const before = seen.get(moment.kind) ?? 0;
    seen.set(moment.kind, before + 1);
    return { moment, weight: rank[moment.kind] + 10 * before };
  });
  return weighed
    .sort((one, other) => one.weight - other.weight || one.moment.atMs - other.moment.atMs)
    .slice(0, most)
    .map(({ moment }) => moment)
    .sort((one, other) => one.atMs - other.atMs);
}

/** When a line first forms and when one is longest; nothing when nobody ever waited. One walk over the records. */
function linesOf(trace: Trace): { first: Moment; longest: Moment } | null {
  const { count, kinds, parts, subjects, timesMs, partList } = trace;
  const waiting = partList.map(() => new Set<number>());
  let first: Moment | null = null;
  let longest: Moment | null = null;
  for (let index = 0; index < count; index++) {
    const line = waiting[parts[index]];
    switch (kinds[index]) {
      case recordKinds.wait:
      case recordKinds.interrupt: {
        line.add(subjects[index]);
        const moment = (kind: MomentKind): Moment => ({
          atMs: timesMs[index],
          kind,
          texts: [],
          part: partList[parts[index]].label,
          waiting: line.size,
        });
        first ??= moment('firstLine');
        if (line.size > (longest?.waiting ?? 0)) longest = moment('longestLine');
        break;
      }
      case recordKinds.start:
      case recordKinds.leave:
        line.delete(subjects[index]);
        break;
      case recordKinds.state:
        if (subjects[index] === partStates.down) line.clear();
        break;
    }
  }
  return first && longest ? { first, longest } : null;
}
