// Numbers as the language of the page writes them.

import { digitsOf } from '../../digits';
import { writeNumbersIn } from '../../picture/digits';

/** Called before anything of a page is written; `locale` is the page's. */
export function writeNumbersOf(locale: string): void {
  writeNumbersIn(digitsOf(locale));
}
