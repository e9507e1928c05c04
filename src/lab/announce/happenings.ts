// What happens in a run that is worth telling: its marks, by the names that the picture uses, and when requests begin and cease
// to be turned away. A pure function of the result.

import { fates, type MarkKind, recordKinds, type Trace } from '@by-the-slice/simulation';
import type { Result } from '../../experiments/definition/result';
import { saidText } from '../words/saidText';

export type HappeningKind = MarkKind | 'rejectionsEnd';

export interface Happening {
  atMs: number;
  kind: HappeningKind;
  /** "Server 2"; empty where no part is concerned. */
  part: string;
  /** All of the same kind of part can be counted: "3 servers crashed". */
  isServer: boolean;
  /** A sentence without its stop, for what has no words of its own. */
  text: string;
  side: 'a' | 'b';
}

const important: readonly HappeningKind[] = ['crash', 'restore', 'rejection', 'rejectionsEnd', 'saturation', 'hypothesis'];

export function isImportant({ kind }: Happening): boolean {
  return important.includes(kind);
}

/** In order of time. */
export function happeningsOf(result: Result | null, side: 'a' | 'b'): Happening[] {
  const trace = result?.trace;
  if (!result || !trace) return [];
  const spells = rejectionSpells(trace);
  const marks = result.marks
    .filter(({ kind }) => kind !== 'rejection' || spells.length === 0)
    .map((mark) => happening(trace, { atMs: mark.atMs, kind: mark.kind, part: mark.part, text: saidText(trace, mark), side }));
  const rejections = spells.flatMap(({ fromMs, toMs, part }) => [
    happening(trace, { atMs: fromMs, kind: 'rejection', part, text: '', side }),
    ...(toMs > fromMs && toMs < trace.horizonMs - quietMs(trace)
      ? [happening(trace, { atMs: toMs, kind: 'rejectionsEnd', part, text: '', side })]
      : []),
  ]);
  return [...marks, ...rejections].sort((one, other) => one.atMs - other.atMs);
}

function happening(trace: Trace, { part, text, ...rest }: Omit<Happening, 'part' | 'isServer'> & { part: number }): Happening {
  const known = trace.partList[part];
  if (!known) return { ...rest, text, part: '', isServer: false };
  return { ...rest, text, part: known.label, isServer: known.kind === 'server' };
}

interface Spell {
  fromMs: number;
  toMs: number;
  part: number;
}

/** Without a rejection for so long, the next one is news. */
function quietMs({ horizonMs }: Trace): number {
  return horizonMs / 25;
}

function rejectionSpells(trace: Trace): Spell[] {
  const { count, kinds, values, timesMs, parts } = trace;
  const spells: Spell[] = [];
  for (let index = 0; index < count; index++) {
    if (kinds[index] !== recordKinds.leave || values[index] !== fates.rejected) continue;
    const last = spells[spells.length - 1];
    if (last && timesMs[index] - last.toMs <= quietMs(trace)) last.toMs = timesMs[index];
    else spells.push({ fromMs: timesMs[index], toMs: timesMs[index], part: parts[index] });
  }
  return spells;
}
