// Several happenings as one message that can be listened to: of one kind they are counted, "3 servers crashed", and what is
// heard begins with the time of the last.

import { translate } from '@docusaurus/Translate';
import { listed } from '../words/valueText';
import type { Happening, HappeningKind } from './happenings';

/** More names than this are not remembered. */
const mostNames = 3;

export function heard(happenings: readonly Happening[], timeText: (atMs: number) => string): string {
  if (happenings.length === 0) return '';
  const groups = new Map<string, Happening[]>();
  for (const happening of happenings) {
    const key = `${happening.kind} ${happening.side}`;
    groups.set(key, [...(groups.get(key) ?? []), happening]);
  }
  const sentences = [...groups.values()].map((group) => onSide(sentenceOf(group), group[0].side));
  return translate(
    { id: 'lab.announce.at', message: 'At {time}: {what}.' },
    { time: timeText(happenings[happenings.length - 1].atMs), what: sentences.join('. ') },
  );
}

function onSide(sentence: string, side: 'a' | 'b'): string {
  return side === 'a' ? sentence : translate({ id: 'lab.announce.sideB', message: '{what}, on side B' }, { what: sentence });
}

function sentenceOf(group: readonly Happening[]): string {
  const { kind } = group[0];
  const parts = [...new Set(group.map(({ part }) => part))].filter((part) => part !== '');
  if (parts.length === 1 && group.length > 1) return repeated(kind, parts[0], group.length) ?? group[group.length - 1].text;
  if (parts.length <= 1) return single(kind, parts[0] ?? '') ?? group[0].text;
  const counted = many(
    kind,
    parts.length,
    group.every(({ isServer }) => isServer),
  );
  if (counted !== null) return parts.length <= mostNames ? `${counted}: ${listed(parts)}` : counted;
  const [first, ...rest] = group;
  return rest.length === 0
    ? first.text
    : translate(
        { id: 'lab.announce.andMore', message: '{first}, and {count} more such changes' },
        { first: first.text, count: rest.length },
      );
}

function single(kind: HappeningKind, part: string): string | null {
  if (part === '' && kind !== 'rejectionsEnd') return null;
  if (kind === 'crash') return translate({ id: 'lab.announce.crash', message: '{part} crashed' }, { part });
  if (kind === 'restore') return translate({ id: 'lab.announce.restore', message: '{part} is back' }, { part });
  if (kind === 'slow') return translate({ id: 'lab.announce.slow', message: '{part} is slow' }, { part });
  if (kind === 'rejection')
    return translate({ id: 'lab.announce.rejection', message: 'Requests are turned away, first at {part}' }, { part });
  if (kind === 'rejectionsEnd') return translate({ id: 'lab.announce.rejectionsEnd', message: 'No more requests are turned away' });
  return null;
}

/** The same part more than once: only how it stands now, and how often. */
function repeated(kind: HappeningKind, part: string, count: number): string | null {
  if (kind === 'crash') return translate({ id: 'lab.announce.crashAgain', message: '{part} crashed {count} times' }, { part, count });
  return single(kind, part);
}

function many(kind: HappeningKind, count: number, areServers: boolean): string | null {
  if (kind === 'crash')
    return areServers
      ? translate({ id: 'lab.announce.serversCrash', message: '{count} servers crashed' }, { count })
      : translate({ id: 'lab.announce.partsCrash', message: '{count} parts crashed' }, { count });
  if (kind === 'restore')
    return areServers
      ? translate({ id: 'lab.announce.serversRestore', message: '{count} servers are back' }, { count })
      : translate({ id: 'lab.announce.partsRestore', message: '{count} parts are back' }, { count });
  if (kind === 'slow')
    return areServers
      ? translate({ id: 'lab.announce.serversSlow', message: '{count} servers are slow' }, { count })
      : translate({ id: 'lab.announce.partsSlow', message: '{count} parts are slow' }, { count });
  return single(kind, '');
}
