// A key as it stands on the keyboard.

import { translate } from '@docusaurus/Translate';
import type { KeyBinding } from './keyMap';

/** Keys to press together, for each way to do it: [["Shift", "→"]]. */
export function keyNames({ keys, shift, control }: KeyBinding): string[][] {
  const held = [...(control ? [translate({ id: 'lab.keys.control', message: 'Ctrl' })] : []), ...(shift ? [shiftName()] : [])];
  return keys.map((key) => [...held, nameOf(key)]);
}

function shiftName(): string {
  return translate({ id: 'lab.keys.shift', message: 'Shift' });
}

function nameOf(key: string): string {
  switch (key) {
    case ' ':
      return translate({ id: 'lab.keys.space', message: 'Space' });
    case 'ArrowLeft':
      return '←';
    case 'ArrowRight':
      return '→';
    case 'Home':
      return translate({ id: 'lab.keys.home', message: 'Home' });
    case 'End':
      return translate({ id: 'lab.keys.endKey', message: 'End' });
    default:
      return key.toUpperCase();
  }
}
