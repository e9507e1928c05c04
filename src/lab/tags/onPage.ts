// The `<Experiment>` tags of the page in the browser: what a link, a `<Try>` or a checkpoint needs to bring one to the reader.

export interface ExperimentOnPage {
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
  experiment.element.focus({ preventScroll: true });
  return true;
}
