// The verdict in plain words: what the seeds agree on, and what could be luck.

import { translate } from '@docusaurus/Translate';
import type { MetricDefinition } from '../../experiments/definition/defineExperiment';
import { estimateText, valueText } from './estimateText';
import { type Pairs, pairsOf, winsOf } from './pairs';
import { isConstant, type Run, runsOf, type Spread, spreadOf } from './spread';
import type { Study } from './study';

/** Whose dots: a side's, or those of B − A. */
export type PlotKind = 'a' | 'b' | 'difference';
type Metric = Pick<MetricDefinition, 'unit' | 'better'>;

/** One sentence on a metric of a study. */
export function verdictOf(study: Study, id: string, metric: Metric): string {
  if (study.b) return pairVerdict(pairsOf(study.a, study.b, id), metric);
  return spreadVerdict(spreadOf(runsOf(study.a, id), study.seeds), metric);
}

export function spreadVerdict(spread: Spread | null, { unit }: Metric): string {
  if (!spread) return translate({ id: 'lab.luck.verdict.noValue', message: 'No run gave a value for this measure.' });
  const { runs, interval } = spread;
  const words = {
    seeds: runs.length,
    mean: estimateText(interval, unit),
    low: valueText(runs[0].value, unit),
    high: valueText(runs[runs.length - 1].value, unit),
  };
  if (runs.length === 1)
    return translate(
      { id: 'lab.luck.verdict.single', message: 'Only one seed gave a value, {mean}: too few to tell what chance does.' },
      words,
    );
  if (isConstant(spread))
    return translate({ id: 'lab.luck.verdict.constant', message: 'All {seeds} seeds gave {low}: chance has no part in it.' }, words);
  return translate(
    { id: 'lab.luck.verdict.spread', message: 'The mean of {seeds} seeds is {mean}; single runs lie between {low} and {high}.' },
    words,
  );
}

export function pairVerdict(pairs: Pairs | null, { unit }: Metric): string {
  if (!pairs)
    return translate({ id: 'lab.luck.verdict.noPair', message: 'No seed gave a value on both sides, so there is nothing to compare.' });
  const { difference, verdict, lower, higher } = pairs;
  const falls = difference.interval.mean < 0;
  const words = {
    count: falls ? lower : higher,
    seeds: difference.runs.length,
    difference: estimateText(difference.interval, unit, 'difference'),
  };
  if (verdict === 'same')
    return translate({ id: 'lab.luck.verdict.same', message: 'Both sides gave the same value in each of {seeds} seeds.' }, words);
  if (verdict === 'few')
    return translate({ id: 'lab.luck.verdict.few', message: 'Only one seed gave a value on both sides: too few to tell.' }, words);
  if (verdict === 'clear')
    return falls
      ? translate(
          { id: 'lab.luck.verdict.lower', message: 'B is lower in {count} of {seeds} seeds; the difference of {difference} is not luck.' },
          words,
        )
      : translate(
          {
            id: 'lab.luck.verdict.higher',
            message: 'B is higher in {count} of {seeds} seeds; the difference of {difference} is not luck.',
          },
          words,
        );
  return falls
    ? translate(
        {
          id: 'lab.luck.verdict.lowerUnclear',
          message: 'B is lower in {count} of {seeds} seeds; the difference of {difference} could be luck: the interval includes zero.',
        },
        words,
      )
    : translate(
        {
          id: 'lab.luck.verdict.higherUnclear',
          message: 'B is higher in {count} of {seeds} seeds; the difference of {difference} could be luck: the interval includes zero.',
        },
        words,
      );
}

/** "B wins 97 of 100 seeds, A wins 2, 1 is equal (lower is better)." */
export function winsText(pairs: Pairs, { better }: Metric): string {
  const wins = winsOf(pairs, better);
  const { lower, higher, ties } = pairs;
  const seeds = lower + higher + ties;
  if (!wins)
    return translate(
      { id: 'lab.luck.wins.none', message: 'B is lower in {lower}, higher in {higher} and equal in {ties} of {seeds} seeds.' },
      { lower, higher, ties, seeds },
    );
  const words = { a: wins.a, b: wins.b, ties, seeds };
  return better === 'lower'
    ? translate(
        { id: 'lab.luck.wins.lower', message: 'Lower is better: B wins {b} of {seeds} seeds, A wins {a}, {ties} are equal.' },
        words,
      )
    : translate(
        { id: 'lab.luck.wins.higher', message: 'Higher is better: B wins {b} of {seeds} seeds, A wins {a}, {ties} are equal.' },
        words,
      );
}

/** Which runs had no value; empty when all had one. */
export function missingText(study: Study, id: string): string {
  const missingA = study.seeds - runsOf(study.a, id).length;
  const missingB = study.b ? study.seeds - runsOf(study.b, id).length : 0;
  const words = { a: missingA, b: missingB, seeds: study.seeds };
  if (missingA + missingB === 0) return '';
  return study.b
    ? translate(
        {
          id: 'lab.luck.missing.pair',
          message: 'Without a value: {a} of {seeds} runs of A and {b} of B. Only seeds with a value on both sides are compared.',
        },
        words,
      )
    : translate(
        { id: 'lab.luck.missing.single', message: '{a} of {seeds} runs have no value for this measure; they are left out.' },
        words,
      );
}

export function nameOf(kind: PlotKind): string {
  if (kind === 'difference') return 'B − A';
  return kind === 'a' ? translate({ id: 'lab.luck.sideA', message: 'Side A' }) : translate({ id: 'lab.luck.sideB', message: 'Side B' });
}

/** "Seed 17: 340 ms, 12th lowest of 100" without ordinals, which no two languages make alike. */
export function runText({ seed, value }: Run, rank: number, of: number, unit: string, kind: PlotKind): string {
  return translate(
    { id: 'lab.luck.dot', message: 'Seed {seed}: {value}, number {rank} of {of} from the lowest' },
    { seed, value: valueText(value, unit, kind === 'difference' ? 'difference' : 'value'), rank: rank + 1, of },
  );
}
