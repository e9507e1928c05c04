// The `<Experiment>` tags of the page in the browser: what a link, a `<Try>` or a checkpoint needs to bring one to the reader.

interface ExperimentOnPage {
  element: HTMLElement;
  /** Loads the live part now, however far away it is. */
  wake(): void;
}

const onPage = new Map<string, ExperimentOnPage>();

export function signOn(id: string, experiment: ExperimentOnPage): () => void {
  onPage.set(id, experiment);
  return () => {
    if (onPage.get(id) === experiment) onPage.delete(id);
  };
}

/**
 * Scrolls to the experiment, moves the focus there and wakes it. False when it is not on this page. `atOnce`: the page has only
 * just opened; a long glide would lose its goal while the page is still filling.
 */
export function goTo(id: string, { atOnce = false } = {}): boolean {
  const experiment = onPage.get(id);
  if (!experiment) return false;
  experiment.wake();
  const calm = atOnce || matchMedia('(prefers-reduced-motion: reduce)').matches;
  experiment.element.scrollIntoView({ block: 'start', behavior: calm ? 'instant' : 'smooth' });
  focusFrame(experiment.element);
  return true;
}

/** Into the frame, so that the player's keys work at once; and again when the live frame takes the place of the still. */
function focusFrame(element: HTMLElement): void {
  const frame = (): HTMLElement | null => element.querySelector<HTMLElement>('section[data-experiment]');
  const isStill = (): boolean => frame()?.dataset.state === 'static';
  frame()?.focus({ preventScroll: true });
  if (!isStill()) return;
  const observer = new MutationObserver(() => {
    const { activeElement } = document;
    const isLost = activeElement === null || activeElement === document.body;
    if (isLost) frame()?.focus({ preventScroll: true });
    if (!isStill() || !(isLost || element.contains(activeElement))) observer.disconnect();
  });
  observer.observe(element, { childList: true, subtree: true });
}
