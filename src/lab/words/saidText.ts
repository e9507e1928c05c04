// What a run said, in the reader's language and numbers, with the labels of the picture.

import { saidText as inWords, type Said, type Trace } from '@by-the-slice/simulation';
import { formatNumber, unitName } from '../../experiments/definition/number';

export function saidText(trace: Pick<Trace, 'partList'> | undefined, said: Said): string {
  const unit = said.values?.unit;
  const own = unit === undefined ? said : { ...said, values: { ...said.values, unit: unitName(String(unit)) } };
  return inWords(own, trace?.partList ?? [], formatNumber);
}
