// What a formula predicted against what the run measured. One run is one draw: the range of twenty runs says whether the
// difference means anything.

import { translate } from '@docusaurus/Translate';
import type { Measured, Theory } from '../../experiments/definition/result';
import { difference } from '../results/compareText';
import type { Expected } from '../worker/expectation';

/** Whether and where the formula holds for these values, as a sentence. */
export function validity({ value, reason }: Theory): string {
  if (reason) return translate({ id: 'lab.card.holdsNot', message: 'Not for this run: {reason}' }, { reason });
  if (value === null) return translate({ id: 'lab.card.noValue', message: 'It gives no number for this run.' });
  return translate({ id: 'lab.card.holds', message: 'Its assumptions hold for this run.' });
}

/** Nothing where either is missing. */
export function comparison(measured: Measured | undefined, theory: Theory, expected: Expected | undefined): string | null {
  if (!measured || measured.value === null || theory.value === null || theory.reason !== undefined) return null;
  const change = difference({ unit: measured.unit as '' }, theory.value, measured.value);
  if (!change) return null;
  const apart =
    change.word === 'the same'
      ? translate({ id: 'lab.card.alike', message: 'The run came out exactly there.' })
      : translate({ id: 'lab.card.apart', message: 'The run lies {difference} from it.' }, { difference: change.text });
  return expected ? `${apart} ${place(theory.value, expected)}` : apart;
}

function place(predicted: number, { low, high, runs }: Expected): string {
  return predicted >= low && predicted <= high
    ? translate({ id: 'lab.card.inside', message: 'The prediction is within what {runs} runs of this length gave.' }, { runs })
    : translate({ id: 'lab.card.outside', message: 'The prediction is outside of what {runs} runs of this length gave.' }, { runs });
}
