// Tells the page around this one how high the experiment is, so that it can size its frame. Nothing else ever leaves the frame.
// The message: {source: 'distributed-systems-by-the-slice', type: 'height', experiment: 'one-server', heightPx: 1234}

interface HeightMessage {
  source: 'distributed-systems-by-the-slice';
  type: 'height';
  experiment: string;
  heightPx: number;
}

/** At first and whenever it changes. Gives how to stop. */
export function tellHeight(element: HTMLElement, experiment: string): () => void {
  if (window.parent === window || typeof ResizeObserver === 'undefined') return () => {};
  let last = 0;
  const observer = new ResizeObserver(() => {
    const heightPx = Math.ceil(element.getBoundingClientRect().height);
    if (heightPx === last || heightPx === 0) return;
    last = heightPx;
    const message: HeightMessage = { source: 'distributed-systems-by-the-slice', type: 'height', experiment, heightPx };
    // To whoever it is: how high something is, is no secret.
    window.parent.postMessage(message, '*');
  });
  observer.observe(element);
  return () => observer.disconnect();
}
