// The panel beside the one that is shown, as if its tab had been pressed. Whoever stood in the panel that goes is not lost:
// the focus waits on the tab.

export function stepPanel(frame: HTMLElement, direction: 1 | -1): void {
  const tabs = [...frame.querySelectorAll<HTMLElement>('[role="tab"][data-panel]')];
  const chosen = tabs.findIndex((tab) => tab.getAttribute('aria-selected') === 'true');
  const next = tabs[(chosen + direction + tabs.length) % tabs.length];
  if (!next) return;
  const panel = frame.querySelector('[data-part="panel"]');
  const { activeElement } = frame.ownerDocument;
  const isInside = panel !== null && panel !== activeElement && panel.contains(activeElement);
  if (isInside || activeElement === tabs[chosen]) next.focus();
  next.click();
}
