// What a run said, put into words.

import { type Said, saidText } from '../../src/simulation/record/spoken';
import type { PartDescription } from '../../src/simulation/record/trace';

/** The same marks or lines, each with its text in place of the template. */
export function told<T extends Said>(said: readonly T[], { partList }: { partList: readonly PartDescription[] }): T[] {
  return said.map((one) => ({ ...one, text: saidText(one, partList) }));
}
