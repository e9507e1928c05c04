// Puts a popover under what it belongs to, or over it where there is no room below, within the window.

export interface Anchor {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export function placeBelow(popover: HTMLElement | null, anchor: Anchor | null | undefined, width: number): void {
  if (!popover || !anchor) return;
  const { left, right, top, bottom } = anchor;
  const roomAcross = document.documentElement.clientWidth;
  const start = Math.max(8, Math.min((left + right) / 2 - width / 2, roomAcross - width - 8));
  popover.style.left = `${start}px`;
  const below = window.innerHeight - bottom > 220 || bottom < window.innerHeight / 2;
  popover.style.top = below ? `${bottom + 6}px` : 'auto';
  popover.style.bottom = below ? 'auto' : `${window.innerHeight - top + 6}px`;
}
