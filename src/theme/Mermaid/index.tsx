import Mermaid from '@theme-original/Mermaid';
import { type CSSProperties, type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { diagramSize, inManner, narrowManner, wideManner } from './diagramSize';

interface Props {
  value: string;
}

/**
 * A diagram is drawn when the reader comes near it: a page whose diagram is never reached never loads the drawing library.
 * The box has its size from the start and keeps it, so that the text below never moves; until then it says in words what is shown.
 */
export default function LazyMermaid({ value }: Props): ReactNode {
  const box = useRef<HTMLElement>(null);
  const [near, setNear] = useState(false);
  const isNarrow = useSyncExternalStore(
    watchWidth,
    () => matchMedia(narrowScreen).matches,
    () => false,
  );

  useEffect(() => {
    const { current } = box;
    return current === null ? undefined : whenWanted(current, () => setNear(true));
  }, []);

  const source = isNarrow ? inManner(value, narrowManner(value)) : value;
  return (
    <figure className="diagram" ref={box} style={sizesOf(value)}>
      <div className="diagram-box">
        {near ? <Mermaid key={source} value={source} /> : <p className="diagram-words">{description(value)}</p>}
      </div>
    </figure>
  );
}

/** Ahead of the reader, once there is one who moves: a page that was only opened should be ready to read first. */
const ahead = '600px';

function whenWanted(element: Element, onWanted: () => void): () => void {
  let observer: IntersectionObserver | undefined;
  const watch = (rootMargin: string): void => {
    observer?.disconnect();
    observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        stop();
        onWanted();
      },
      { rootMargin },
    );
    observer.observe(element);
  };
  const onScroll = (): void => watch(ahead);
  const stop = (): void => {
    observer?.disconnect();
    window.removeEventListener('scroll', onScroll);
  };
  window.addEventListener('scroll', onScroll, { once: true, passive: true });
  watch('0px');
  return stop;
}

/** As in src/css/site.css. */
const narrowScreen = '(max-width: 576px)';

function watchWidth(listener: () => void): () => void {
  const media = matchMedia(narrowScreen);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

function sizesOf(source: string): CSSProperties {
  const wide = diagramSize(source, wideManner);
  const narrow = diagramSize(source, narrowManner(source));
  return {
    '--wide-width': wide.width,
    '--wide-height': wide.height,
    '--narrow-width': narrow.width,
    '--narrow-height': narrow.height,
  } as CSSProperties;
}

function description(source: string): string {
  const line =
    /^\s*accDescr\s*:\s*(.+)$/m.exec(source) ?? /accDescr\s*\{([^}]*)\}/.exec(source) ?? /^\s*accTitle\s*:\s*(.+)$/m.exec(source);
  return line?.[1]?.trim() ?? '';
}
