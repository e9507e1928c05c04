// The instant of a run that explains its outcome: what broke, the first rejection, or the longest line.

import { type Mark, type MarkKind, recordKinds, type Trace } from '@by-the-slice/simulation';
import type { Clock, ExperimentDefinition } from '../experiments/definition/defineExperiment';
import { unitAfter } from '../experiments/definition/number';
import type { Setup } from '../experiments/definition/result';
import { runExperiment } from '../experiments/definition/run';
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
  return (trace && decisiveIn(trace, definition.clock?.unit ?? 's')) ?? null;
}

/** Of the marks the first of the weightiest kind; without any the longest line; nothing in a run where nothing happens. */
function decisiveIn(trace: Trace, unit: Clock['unit']): Found | undefined {
  const line = longestLine(trace);
  const longest = line && `${line.where} held ${line.length} requests, ${line.wasAlone ? 'its longest' : 'the longest line'} of this run`;
  const mark = firstDecisive(trace.marks);
  if (mark) {
    const after = line && line.atMs > mark.atMs ? ` By ${timeText(line.atMs, unit)} the line at ${longest}.` : '';
    return { atMs: mark.atMs, sentence: `At ${timeText(mark.atMs, unit)}: ${mark.text}.${after}` };
  }
  return line && { atMs: line.atMs, sentence: `At ${timeText(line.atMs, unit)} the line at ${longest}.` };
}

function firstDecisive(marks: readonly Mark[]): Mark | undefined {
  for (const kind of decisive) {
    const first = marks.find((mark) => mark.kind === kind);
    if (first) return first;
  }
  return undefined;
}

/** A record of somebody who joins a line holds the length that the line has then. */
function longestLine(trace: Trace): { atMs: number; length: number; where: string; wasAlone: boolean } | undefined {
  let best = -1;
  const parts = new Set<number>();
  for (let index = 0; index < trace.count; index++) {
    if (trace.kinds[index] !== recordKinds.wait) continue;
    parts.add(trace.parts[index]);
    if (best < 0 || trace.values[index] > trace.values[best]) best = index;
  }
  if (best < 0 || trace.values[best] < shortestLine) return undefined;
  const { label } = trace.partList[trace.parts[best]];
  return { atMs: trace.timesMs[best], length: trace.values[best], where: inSentence(label), wasAlone: parts.size === 1 };
}

/** "Server 4" is a name; "Database" is a word; "Server (the cook)" is a word with its place in the story. */
function inSentence(label: string): string {
  const word = label.replace(/ \(.*\)$/, '');
  return /\d/.test(word) ? word : `the ${word.slice(0, 1).toLowerCase()}${word.slice(1)}`;
}

function timeText(ms: number, unit: Clock['unit']): string {
  return `${Math.round((ms / unitMs[unit]) * 10) / 10}${unitAfter(unit)}`;
}
