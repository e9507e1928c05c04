// The place of the strip of stills, and the switch for it. The strip is a chunk of its own.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, Suspense } from 'react';
import { Boundary } from '../frame/Boundary';
import { fetched } from '../frame/fetched';
import styles from './film.module.css';
import { filmChoice, useShowsFilm } from './filmChoice';

const Film = fetched(() => import('./Film'));

export function FilmPlace(): ReactNode {
  return useShowsFilm() ? (
    <Boundary what={translate({ id: 'lab.film.theStrip', message: 'The film strip' })}>
      <Suspense fallback={null}>
        <Film />
      </Suspense>
    </Boundary>
  ) : null;
}

export function FilmSwitch(): ReactNode {
  const shows = useShowsFilm();
  return (
    <button
      type="button"
      className={styles.switch}
      aria-pressed={shows}
      data-action="film"
      aria-label={translate({ id: 'lab.film.switch', message: 'Film strip' })}
      title={translate({ id: 'lab.film.switchTitle', message: 'Film strip: the decisive moments as stills' })}
      onClick={() => filmChoice.set(shows ? 'hidden' : 'shown')}
    >
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.5">
        <path d="M2.5 4.5 H17.5 V15.5 H2.5 Z M7.5 4.5 V15.5 M12.5 4.5 V15.5" />
        <path d="M4 2.5 H16 M4 17.5 H16" strokeDasharray="1.5 2" />
      </svg>
    </button>
  );
}
