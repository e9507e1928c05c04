// Numbers on an axis and in a sentence about one: as short as they can be, 1.5 and not 1.50. What was measured keeps its digits.

import { formatShort } from '../../experiments/definition/number';

export const shortNumber = formatShort;
