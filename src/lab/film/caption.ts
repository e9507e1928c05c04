// A still in words.

import { translate } from '@docusaurus/Translate';
import { formatNumber } from '../../experiments/definition/number';
import { markSigns } from '../player/markSigns';
import type { Moment } from './moments';

/** `requests`: what the picture calls those who wait. */
export function captionOf({ kind, texts, part, waiting }: Moment, requests: string): string {
  if (texts.length > 0) return shortened(texts);
  switch (kind) {
    case 'start':
      return translate({ id: 'lab.film.start', message: 'The start' });
    case 'end':
      return translate({ id: 'lab.film.end', message: 'The end' });
    case 'firstLine':
      return translate({ id: 'lab.film.firstLine', message: 'The first line forms, at {part}' }, { part });
    case 'longestLine':
      return translate(
        { id: 'lab.film.longestLine', message: 'The longest line: {count} {requests} at {part}' },
        { part, count: formatNumber(waiting), requests },
      );
    default:
      return markSigns[kind].word;
  }
}

function shortened(texts: readonly string[]): string {
  if (texts.length === 1) return texts[0];
  return translate({ id: 'lab.film.more', message: '{first}, and {count} more' }, { first: texts[0], count: texts.length - 1 });
}
