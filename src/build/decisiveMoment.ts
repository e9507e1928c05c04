// The instant of a run that explains its outcome: what broke, the first rejection, or the longest line.

import { type Mark, type MarkKind, recordKinds, saidText, spoken, type Trace } from '@by-the-slice/simulation';
import type { Clock, ExperimentDefinition } from '../experiments/definition/defineExperiment';
import { formatDecimals, formatNumber, unitAfter } from '../experiments/definition/number';
import type { Setup } from '../experiments/definition/result';
import { runExperiment } from '../experiments/definition/run';
import { withSpokenLabels } from '../experiments/definition/spokenParts';
import { buildSentences } from './sentences';
import { unitMs } from './words';

interface Found {
  atMs: number;
  sentence: string;
}

/** Causes come before their effects; a line that is long tells the rest. */
const decisive: readonly MarkKind[] = ['crash', 'slow', 'flush', 'hypothesis', 'rejection', 'saturation'];

/** A line of fewer is nothing to look at. */
const shortestLine = 3;

export function decisiveAnswer(definition: ExperimentDefinition, setup: Setup): Found | null {
  const { trace } = runExperiment(definition, setup, { record: { detail: 'all' } });
  return (trace && decisiveIn(withSpokenLabels(trace), definition.clock?.unit ?? 's')) ?? null;
}

/** Of the marks the first of the weightiest kind; without any the longest line; nothing in a run where nothing happens. */
function decisiveIn(trace: Trace, unit: Clock['unit']): Found | undefined {
  const line = longestLine(trace);
  const longest = line && spoken(buildSentences.longest, { time: timeText(line.atMs, unit), count: line.length, part: line.where });
  const mark = firstDecisive(trace.marks);
  if (mark) {
    const event = saidText(mark, trace.partList, formatNumber);
    const sentence = spoken(buildSentences.happened, { time: timeText(mark.atMs, unit), event });
    return { atMs: mark.atMs, sentence: line && line.atMs > mark.atMs ? `${sentence} ${longest}` : sentence };
  }
  return line && { atMs: line.atMs, sentence: `${longest}` };
}

function firstDecisive(marks: readonly Mark[]): Mark | undefined {
  for (const kind of decisive) {
    const first = marks.find((mark) => mark.kind === kind);
    if (first) return first;
  }
  return undefined;
}

/** A record of somebody who joins a line holds the length that the line has then. */
function longestLine(trace: Trace): { atMs: number; length: number; where: string } | undefined {
  let best = -1;
  for (let index = 0; index < trace.count; index++) {
    if (trace.kinds[index] !== recordKinds.wait) continue;
    if (best < 0 || trace.values[index] > trace.values[best]) best = index;
  }
  if (best < 0 || trace.values[best] < shortestLine) return undefined;
  return { atMs: trace.timesMs[best], length: trace.values[best], where: trace.partList[trace.parts[best]].label };
}

function timeText(ms: number, unit: Clock['unit']): string {
  const time = Math.round((ms / unitMs[unit]) * 10) / 10;
  return formatDecimals(time, Number.isInteger(time) ? 0 : 1) + unitAfter(unit);
}
