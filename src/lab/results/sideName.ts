// What the two sides of a comparison are called.

import { translate } from '@docusaurus/Translate';

export function sideName(side: 'a' | 'b'): string {
  return side === 'a'
    ? translate({ id: 'lab.results.sideA', message: 'Side A' })
    : translate({ id: 'lab.results.sideB', message: 'Side B' });
}
