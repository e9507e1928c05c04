// The player's keys, wherever the focus is in the frame, unless what has the focus needs the key itself.

import type { KeyboardEvent } from 'react';
import type { Session } from '../session/session';
import { jump, stepEvent, stepMark, toEnd, togglePlay, toStart } from './actions';

const actions: Record<string, (session: Session, shift: boolean) => void> = {
  ' ': (session) => togglePlay(session),
  ArrowLeft: (session, shift) => (shift ? stepMark(session, -1) : jump(session, -0.01)),
  ArrowRight: (session, shift) => (shift ? stepMark(session, 1) : jump(session, 0.01)),
  ',': (session) => stepEvent(session, -1),
  '.': (session) => stepEvent(session, 1),
  Home: (session) => toStart(session),
  End: (session) => toEnd(session),
};

export function playerKeys(event: KeyboardEvent<HTMLElement>, session: Session): void {
  const action = actions[event.key];
  if (!action || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || session.definition.kind !== 'simulation')
    return;
  if (needsKey(event.target as HTMLElement, event.key)) return;
  event.preventDefault();
  action(session, event.shiftKey);
}

function needsKey(target: HTMLElement, key: string): boolean {
  if (target.closest('[data-player-keys]')) return key === ' ' && target.tagName === 'BUTTON';
  if (target.closest('select, textarea, [contenteditable], [role=tablist], [role=grid], [role=listbox], [popover], [data-own-keys]'))
    return true;
  if (target.tagName === 'INPUT') return true;
  return key === ' ' && target.closest('button, a, summary') !== null;
}
