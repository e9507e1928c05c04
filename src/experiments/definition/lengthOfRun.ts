// For the experiments whose reader says how many seconds to simulate: the parameter, and the clock that goes by it.

import type { Clock } from './defineExperiment';
import { integer, type NumberParameter } from './parameters';

/** The parameter must be called `seconds`. */
export function lengthOfRun({ min, max, default: usual }: Pick<NumberParameter, 'min' | 'max' | 'default'>): NumberParameter {
  return integer({ label: 'Length of the run', unit: 's', min, max, default: usual, scale: 'log', help: 'Simulated time.' });
}

export const secondsClock: Clock<{ seconds: NumberParameter }> = { unit: 's', horizon: ({ seconds }) => seconds, playSeconds: 30 };
