// What a run said, in the reader's language and numbers, with the labels of the picture.

import { saidText as inWords, type Said, type Trace } from '@by-the-slice/simulation';
import { formatNumber } from '../../experiments/definition/number';

export function saidText(trace: Pick<Trace, 'partList'> | undefined, said: Said): string {
  return inWords(said, trace?.partList ?? [], formatNumber);
}
