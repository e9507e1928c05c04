// What a curve shows, in a sentence: which way it goes, from where to where, and where it is steepest. Where the seeds differ more
// than the points do, it says that instead.

import { translate } from '@docusaurus/Translate';
import { formatNumber, unitAfter } from '../../experiments/definition/number';
import { isNumeric, type SweepEstimate, type SweptParameter } from '../../experiments/definition/sweep';
import type { SideName } from '../session/state';
import { placeOnAxis } from './axes';
import type { CurvePoint } from './curve';
import { rangeWords, sweptText } from './names';

export interface CurveMetric {
  label: string;
  unit: string;
}

interface Known {
  /** In words. */
  x: string;
  place: number;
  estimate: SweepEstimate;
}

type Way = 'same' | 'unclear' | 'rises' | 'falls' | 'peak' | 'dip';

/** Back and forth of less than this share of the whole movement is chance. */
const tremble = 0.2;

export function wayOf(estimates: readonly SweepEstimate[]): Way {
  const means = estimates.map(({ mean }) => mean);
  const [low, high] = [Math.min(...means), Math.max(...means)];
  if (high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high))) return 'same';
  const lows = estimates.map(({ interval, mean }) => interval?.low ?? mean);
  const highs = estimates.map(({ interval, mean }) => interval?.high ?? mean);
  if (Math.max(...lows) <= Math.min(...highs)) return 'unclear';
  let [up, down] = [0, 0];
  for (let index = 1; index < means.length; index++) {
    up += Math.max(0, means[index] - means[index - 1]);
    down += Math.max(0, means[index - 1] - means[index]);
  }
  if (down <= tremble * up) return 'rises';
  if (up <= tremble * down) return 'falls';
  const [first, last] = [means[0], means[means.length - 1]];
  return high - Math.max(first, last) >= Math.min(first, last) - low ? 'peak' : 'dip';
}

/** Between which neighbors it goes fastest in its own direction; null where it goes about evenly. */
export function steepest(known: readonly Pick<Known, 'place' | 'estimate'>[], way: 'rises' | 'falls'): [number, number] | null {
  const sign = way === 'rises' ? 1 : -1;
  let [best, bestSlope] = [0, -Infinity];
  for (let index = 1; index < known.length; index++) {
    const slope =
      (sign * (known[index].estimate.mean - known[index - 1].estimate.mean)) / Math.max(1e-9, known[index].place - known[index - 1].place);
    if (slope > bestSlope) [best, bestSlope] = [index, slope];
  }
  const last = known[known.length - 1];
  const average = (sign * (last.estimate.mean - known[0].estimate.mean)) / (last.place - known[0].place);
  return known.length > 2 && bestSlope >= 1.5 * average ? [best - 1, best] : null;
}

export function curveWords(points: readonly CurvePoint[], parameter: SweptParameter, metric: CurveMetric, side: SideName): string {
  const range = isNumeric(parameter)
    ? { from: Number(points[0]?.value), to: Number(points[points.length - 1]?.value), points: 0 }
    : { from: 0, to: 0, points: 0 };
  const known = points.flatMap((point): Known[] => {
    const estimate = point[side]?.estimate;
    return estimate ? [{ x: sweptText(parameter, point.value), place: placeOnAxis(parameter, range, point.value), estimate }] : [];
  });
  if (known.length === 0) return translate({ id: 'lab.sweep.words.none', message: 'No run gave a value for this measure.' });
  if (known.length === 1)
    return translate({ id: 'lab.sweep.words.one', message: '{metric} is {value} at {at}.' }, { ...wordsOf(known, metric), at: known[0].x });
  return isNumeric(parameter) ? alongNumbers(known, metric) : alongChoices(known, metric);
}

function wordsOf(known: readonly Known[], { label, unit }: CurveMetric) {
  const [first, last] = [known[0], known[known.length - 1]];
  const value = (mean: number): string => formatNumber(mean, unit);
  return { metric: label, value: value(first.estimate.mean), last: value(last.estimate.mean), from: first.x, to: last.x };
}

function alongNumbers(known: readonly Known[], metric: CurveMetric): string {
  const words = wordsOf(known, metric);
  const way = wayOf(known.map(({ estimate }) => estimate));
  if (way === 'same' || way === 'unclear') return evenWords(known, metric, way);
  if (way === 'rises' || way === 'falls') {
    const steep = steepest(known, way);
    const all = { ...words, start: steep ? known[steep[0]].x : '', end: steep ? known[steep[1]].x : '' };
    if (way === 'rises')
      return steep
        ? translate(
            {
              id: 'lab.sweep.words.rises',
              message: '{metric} rises from {value} at {from} to {last} at {to}; steepest between {start} and {end}.',
            },
            all,
          )
        : translate({ id: 'lab.sweep.words.risesEvenly', message: '{metric} rises from {value} at {from} to {last} at {to}.' }, all);
    return steep
      ? translate(
          {
            id: 'lab.sweep.words.falls',
            message: '{metric} falls from {value} at {from} to {last} at {to}; steepest between {start} and {end}.',
          },
          all,
        )
      : translate({ id: 'lab.sweep.words.fallsEvenly', message: '{metric} falls from {value} at {from} to {last} at {to}.' }, all);
  }
  const turn = extreme(known, way === 'peak' ? 1 : -1);
  const all = { ...words, turn: formatNumber(turn.estimate.mean, metric.unit), at: turn.x };
  return way === 'peak'
    ? translate(
        { id: 'lab.sweep.words.peak', message: '{metric} is highest at {at}, with {turn}; it is {value} at {from} and {last} at {to}.' },
        all,
      )
    : translate(
        { id: 'lab.sweep.words.dip', message: '{metric} is lowest at {at}, with {turn}; it is {value} at {from} and {last} at {to}.' },
        all,
      );
}

/** Where values are missing; empty when every run of every point that has come has one. */
export function gapWords(points: readonly CurvePoint[], side: SideName): string {
  const come = points.flatMap((point) => (point[side] && point[side].came > 0 ? [point[side]] : []));
  const none = come.filter(({ estimate }) => estimate === null).length;
  const some = come.filter(({ estimate }) => estimate !== null && estimate.runs < estimate.of).length;
  const words = { none, some, points: come.length };
  if (none === come.length || none + some === 0) return '';
  if (some === 0) return translate({ id: 'lab.sweep.gaps.none', message: 'No run has a value at {none} of {points} points.' }, words);
  if (none === 0)
    return translate({ id: 'lab.sweep.gaps.some', message: 'At {some} of {points} points only some runs have a value.' }, words);
  return translate(
    { id: 'lab.sweep.gaps.both', message: 'No run has a value at {none} of {points} points, and at {some} more only some runs have one.' },
    words,
  );
}

/** Choices have no order: only the ends count. */
function alongChoices(known: readonly Known[], metric: CurveMetric): string {
  const way = wayOf(known.map(({ estimate }) => estimate));
  if (way === 'same' || way === 'unclear') return evenWords(known, metric, way);
  const [low, high] = [extreme(known, -1), extreme(known, 1)];
  return translate(
    { id: 'lab.sweep.words.choices', message: '{metric} is lowest with “{least}”, {low}, and highest with “{most}”, {high}.' },
    {
      metric: metric.label,
      least: low.x,
      most: high.x,
      low: formatNumber(low.estimate.mean, metric.unit),
      high: formatNumber(high.estimate.mean, metric.unit),
    },
  );
}

function evenWords(known: readonly Known[], metric: CurveMetric, way: 'same' | 'unclear'): string {
  const words = wordsOf(known, metric);
  if (way === 'same') return translate({ id: 'lab.sweep.words.same', message: '{metric} stays at {value} everywhere.' }, words);
  const [low, high] = [extreme(known, -1), extreme(known, 1)];
  return translate(
    {
      id: 'lab.sweep.words.unclear',
      message: '{metric} stays about the same, {range}: the seeds differ more than the points do.',
    },
    { ...words, range: rangeWords(low.estimate.mean, high.estimate.mean, metric.unit) + unitAfter(metric.unit) },
  );
}

function extreme(known: readonly Known[], sign: 1 | -1): Known {
  return known.reduce((best, one) => (sign * one.estimate.mean > sign * best.estimate.mean ? one : best));
}
