// The keys of the frame, wherever the focus is in it, unless what has the focus needs the key itself. Which they are stands in
// the key map.

import type { KeyboardEvent } from 'react';
import { bindingOf, bindingsFor, isCharacter } from '../keys/keyMap';
import { keySettings } from '../keys/keySettings';
import { needsKey } from '../keys/needsKey';
import type { Session } from '../session/session';

export function playerKeys(event: KeyboardEvent<HTMLElement>, session: Session): void {
  if (event.defaultPrevented) return;
  const binding = bindingOf(event);
  if (!binding || !bindingsFor(session.definition.kind).includes(binding)) return;
  if (isCharacter(binding) && binding.id !== 'help' && !keySettings.get().characters) return;
  if (needsKey(event.target as HTMLElement, event.key)) return;
  event.preventDefault();
  binding.act({ session, frame: event.currentTarget });
}
