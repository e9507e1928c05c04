// What is said about a sketch: is the shape right, and where is it too low or too high.

import { translate } from '@docusaurus/Translate';
import { formatShort, unitAfter } from '../../experiments/definition/number';
import type { SketchAnswer, SketchPoint } from '../../experiments/definition/twin';
import { type Shape, sameShape, shapeOf } from './curveShape';
import type { Verdict } from './verdict';

type Standing = 'right' | 'low' | 'high';

export function sketchVerdict(answer: SketchAnswer, heights: readonly number[]): Verdict | null {
  const { points, y } = answer;
  // Kept from a page whose question had other columns.
  if (heights.length !== points.length) return null;
  const at = points.map(({ x }) => x);
  const truth = shapeOf(
    at,
    points.map((point) => point.y),
    y.top,
  );
  const drawn = shapeOf(at, heights, y.top);
  const standings = points.map((point, index) => standingOf(point, heights[index], y.top));
  const rightShare = standings.filter((standing) => standing === 'right').length / standings.length;
  const isSame = sameShape(truth, drawn);
  const isKin = truth.way === drawn.way && truth.bend === drawn.bend;
  const kind = isSame && rightShare >= 0.75 ? 'right' : isKin || rightShare >= 0.5 ? 'near' : 'wrong';
  return { kind, text: [shapeSentence(truth, drawn, isSame, answer), heightSentence(standings, answer)].join(' ') };
}

/** The column where the sketch is farthest from the curve, and so what there is to explain. */
export function widestGap({ points }: SketchAnswer, heights: readonly number[]): SketchPoint | undefined {
  let widest: SketchPoint | undefined;
  let most = -1;
  for (const [index, point] of points.entries()) {
    const gap = Math.abs((heights[index] ?? point.y) - point.y);
    if (gap <= most) continue;
    most = gap;
    widest = point;
  }
  return widest;
}

function standingOf({ y, halfWidth }: SketchPoint, drawn: number, top: number): Standing {
  const tolerance = Math.max(y * 0.2, halfWidth, top * 0.05);
  if (Math.abs(drawn - y) <= tolerance) return 'right';
  return drawn < y ? 'low' : 'high';
}

function shapeSentence(truth: Shape, drawn: Shape, isSame: boolean, answer: SketchAnswer): string {
  const experiment = shapeWords(truth, answer);
  if (isSame) return translate({ id: 'lab.tags.sameShape', message: 'The shape is right: it {words}.' }, { words: experiment });
  return translate(
    { id: 'lab.tags.otherShape', message: 'The experiment’s curve {experiment}; yours {yours}.' },
    { experiment, yours: shapeWords(drawn, answer) },
  );
}

function shapeWords({ way, at, bend }: Shape, { points, x }: SketchAnswer): string {
  const where = at < 0 ? '' : formatShort(points[at].x) + unitAfter(x.unit);
  switch (way) {
    case 'flat':
      return translate({ id: 'lab.tags.flat', message: 'stays about level' });
    case 'peak':
      return translate({ id: 'lab.tags.peak', message: 'rises to a peak at {where} and falls again' }, { where });
    case 'dip':
      return translate({ id: 'lab.tags.dip', message: 'falls to its lowest at {where} and rises again' }, { where });
    case 'rising':
      if (bend === 'late')
        return translate({ id: 'lab.tags.riseLate', message: 'rises little at first and bends upward at about {where}' }, { where });
      if (bend === 'early')
        return translate({ id: 'lab.tags.riseEarly', message: 'rises at once and levels off at about {where}' }, { where });
      return translate({ id: 'lab.tags.rise', message: 'rises evenly' });
    case 'falling':
      if (bend === 'late')
        return translate({ id: 'lab.tags.fallLate', message: 'falls little at first and bends downward at about {where}' }, { where });
      if (bend === 'early')
        return translate({ id: 'lab.tags.fallEarly', message: 'falls at once and levels off at about {where}' }, { where });
      return translate({ id: 'lab.tags.fall', message: 'falls evenly' });
  }
}

/** "You were too high from 2 to 6 /s, and too low at 9.5 /s." */
function heightSentence(standings: readonly Standing[], answer: SketchAnswer): string {
  const high = stretchesOf(standings, 'high', answer);
  const low = stretchesOf(standings, 'low', answer);
  if (high === '' && low === '') return translate({ id: 'lab.tags.heightRight', message: 'Your heights are right all the way.' });
  if (low === '') return translate({ id: 'lab.tags.tooHigh', message: 'You were too high {high}.' }, { high });
  if (high === '') return translate({ id: 'lab.tags.tooLow', message: 'You were too low {low}.' }, { low });
  return translate({ id: 'lab.tags.highAndLow', message: 'You were too high {high}, and too low {low}.' }, { high, low });
}

function stretchesOf(standings: readonly Standing[], wanted: Standing, { points, x }: SketchAnswer): string {
  const unit = unitAfter(x.unit);
  const found: string[] = [];
  for (let from = 0; from < standings.length; from++) {
    if (standings[from] !== wanted) continue;
    let to = from;
    while (standings[to + 1] === wanted) to++;
    const [first, last] = [formatShort(points[from].x), formatShort(points[to].x)];
    found.push(
      from === to
        ? translate({ id: 'lab.tags.at', message: 'at {first}{unit}' }, { first, unit })
        : translate({ id: 'lab.tags.fromTo', message: 'from {first} to {last}{unit}' }, { first, last, unit }),
    );
    from = to;
  }
  return found.join(', ');
}
