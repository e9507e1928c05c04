// An experiment on a page: its static twin at once, the live frame in its place when it comes near the viewport, when a link
// names it, or when something on the page asks for it.

import { type ComponentType, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { experimentOfLink } from '../../experiments/definition/link';
import type { Twin as TwinData } from '../../experiments/definition/twin';
import type { FrameProps } from '../frame/Frame';
import { Guard } from '../frame/Guard';
import { NotLoaded } from '../page/notLoaded';
import { forgetWishes } from './guidance';
import { loadFrame } from './loadFrame';
import { goTo, signOn } from './onPage';
import { Twin, type TwinState } from './Twin';
import styles from './tags.module.css';

/** How far from the viewport the live part is fetched. */
const nearby = '400px';

interface ExperimentProps {
  data: TwinData;
  /** It is all there is on the page: a link sets it, but nothing is scrolled, not even the page that holds this one. */
  alone?: boolean;
}

export function Experiment({ data: twin, alone = false }: ExperimentProps): ReactNode {
  const { id } = twin;
  const box = useRef<HTMLDivElement>(null);
  const [Live, setLive] = useState<ComponentType<FrameProps> | null>(null);
  const [state, setState] = useState<TwinState>('still');

  const wake = useCallback(() => {
    setState('loading');
    loadFrame().then(
      (frame) => setLive(() => frame),
      () => setState('failed'),
    );
  }, []);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const signOff = signOn(id, { element, wake });
    const stopWatching = whenNear(element, wake);
    const followLink = (): void => {
      if (!alone && experimentOfLink(window.location.hash) === id) goTo(id, { atOnce: true });
    };
    followLink();
    window.addEventListener('hashchange', followLink);
    return () => {
      signOff();
      forgetWishes(id);
      stopWatching();
      window.removeEventListener('hashchange', followLink);
    };
  }, [id, alone, wake]);

  const titleLevel = alone ? 2 : undefined;
  return (
    <div ref={box} className={styles.experiment} data-experiment-tag={id}>
      {Live ? (
        <Guard
          fallback={(error, tryAgain) => (
            <Twin twin={twin} state={error instanceof NotLoaded ? 'failed' : 'broken'} onRetry={tryAgain} titleLevel={titleLevel} />
          )}
        >
          <Live id={id} initial={twin.setup} twin={twin} titleLevel={titleLevel} />
        </Guard>
      ) : (
        <Twin twin={twin} state={state} onRetry={wake} titleLevel={titleLevel} />
      )}
    </div>
  );
}

function whenNear(element: HTMLElement, wake: () => void): () => void {
  if (typeof IntersectionObserver === 'undefined') {
    wake();
    return () => {};
  }
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      wake();
    },
    { rootMargin: nearby },
  );
  observer.observe(element);
  return () => observer.disconnect();
}
