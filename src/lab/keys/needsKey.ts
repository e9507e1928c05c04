// Whether what has the focus needs a key itself: a text field its letters, a slider its arrows, a button the space bar.

const ownsAll = 'textarea, select, [contenteditable], [role=grid], [role=listbox], [role=menu], [popover], dialog, [data-own-keys]';
const moves = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'];
const scrollers = '[data-part="panel"], [role="region"]';
const pressed = 'button, a, summary, label';

export function needsKey(target: Element, key: string): boolean {
  // The player's own slider moves by the player's keys.
  if (target.matches('[data-player-keys]')) return false;
  if (target.closest(ownsAll)) return true;
  if (target.tagName === 'INPUT') return inputNeeds(target as HTMLInputElement, key);
  if (moves.includes(key) && target.closest('[role=tablist]')) return true;
  if (target.matches(scrollers)) return key === ' ' || moves.includes(key);
  return key === ' ' && target.closest(pressed) !== null;
}

function inputNeeds({ type }: HTMLInputElement, key: string): boolean {
  if (type === 'range') return moves.includes(key) || key === '+' || key === '-';
  if (type === 'checkbox') return key === ' ';
  if (type === 'radio') return key === ' ' || moves.includes(key);
  return true;
}
