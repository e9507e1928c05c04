// How the reader stands: every question of the course with what was said and what came out, and how often it was right. The first
// answer to a question counts; what was said after the outcome was known is shown and not counted.

import { translate } from '@docusaurus/Translate';
import { formatNumber } from '../../experiments/definition/number';
import type { Answer, AskedQuestion, PageExercises } from '../../experiments/definition/twin';
import { numberText } from '../tags/Result';
import { type Verdict, verdictOn } from '../tags/verdict';
import type { Given } from './given';
import type { Entries, Entry } from './record';

export interface Row {
  asked: AskedQuestion;
  what: 'predict' | 'question';
  entry: Entry | null;
  /** On the first answer; null without one, or when the question has changed since. */
  verdict: Verdict | null;
}

export interface PageRows {
  page: PageExercises;
  rows: Row[];
}

export function rowsOf(pages: readonly PageExercises[], entries: Entries): PageRows[] {
  return pages.flatMap((page) => {
    const rows = page.exercises.flatMap((exercise): Row[] => {
      // An open question is answered in the reader's head.
      if (exercise.what === 'run' || exercise.asked.answer.type === 'open') return [];
      const { asked, what } = exercise;
      const entry = Object.hasOwn(entries, asked.key) ? entries[asked.key] : null;
      return [{ asked, what, entry, verdict: entry && verdictOn(asked.answer, entry.first) }];
    });
    return rows.length > 0 ? [{ page, rows }] : [];
  });
}

/** Answers to questions that no page asks any more. */
export function strayKeys(pages: readonly PageRows[], entries: Entries): string[] {
  const asked = new Set(pages.flatMap(({ rows }) => rows.map((row) => row.asked.key)));
  return Object.keys(entries).filter((key) => !asked.has(key));
}

interface Tally {
  asked: number;
  answered: number;
  right: number;
  near: number;
}

export function tallyOf(rows: readonly Row[]): Tally {
  const kinds = rows.flatMap(({ verdict }) => (verdict ? [verdict.kind] : []));
  const count = (kind: Verdict['kind']): number => kinds.filter((one) => one === kind).length;
  return { asked: rows.length, answered: kinds.length, right: count('right'), near: count('near') };
}

/** What came of the answers, in the order in which they were given. A goal is reached or not answered, so it tells nothing here. */
export function inOrderGiven(pages: readonly PageRows[]): (Row & { entry: Entry; verdict: Verdict })[] {
  return pages
    .flatMap(({ rows }) => rows)
    .filter((row): row is Row & { entry: Entry; verdict: Verdict } => row.verdict !== null && row.asked.answer.type !== 'goal')
    .map((row, place) => ({ row, place }))
    .sort((a, b) => a.row.entry.firstAtMs - b.row.entry.firstAtMs || a.place - b.place)
    .map(({ row }) => row);
}

/** How many times too high a number was (below 1: too low); null where that has no meaning. */
export function factorOff({ asked: { answer }, entry }: Row): number | null {
  if (answer.type !== 'number' || entry?.first.type !== 'number') return null;
  const truth = answer.right.mean * (answer.unit === '%' ? 100 : 1);
  const factor = entry.first.value / truth;
  return factor > 0 && Number.isFinite(factor) ? factor : null;
}

interface Development {
  earlier: Tally;
  later: Tally;
}

/** The first half of the answers against the second; null while there are too few to tell. */
export function developmentOf(given: readonly Row[]): Development | null {
  if (given.length < 6) return null;
  const half = Math.floor(given.length / 2);
  return { earlier: tallyOf(given.slice(0, half)), later: tallyOf(given.slice(half)) };
}

export function saidText(answer: Answer, given: Given): string {
  switch (given.type) {
    case 'number':
      return numberText({ text: formatNumber(given.value), unit: answer.type === 'number' ? answer.unit : '' });
    case 'choice':
      return given.choice;
    case 'sketch':
      return given.heights.map((height) => formatNumber(height)).join(', ') + unitOf(answer);
    case 'goal':
      return translate({ id: 'lab.record.reached', message: 'reached' });
  }
}

export function outcomeText(answer: Answer): string {
  switch (answer.type) {
    case 'number':
      return numberText(answer.right);
    case 'choice':
      return answer.choices[answer.right];
    case 'sketch':
      return answer.points.map(({ y }) => formatNumber(y)).join(', ') + unitOf(answer);
    case 'goal':
      return answer.goal.conditions.map(({ text }) => text).join('; ');
    case 'open':
      return '';
  }
}

function unitOf(answer: Answer): string {
  return answer.type === 'sketch' && answer.y.unit !== '' ? ` ${answer.y.unit}` : '';
}

export function kindWords(kind: Verdict['kind']): string {
  if (kind === 'right') return translate({ id: 'lab.record.right', message: 'right' });
  if (kind === 'near') return translate({ id: 'lab.record.near', message: 'near' });
  return translate({ id: 'lab.record.off', message: 'off' });
}
