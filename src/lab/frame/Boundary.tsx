// A part that fails says so in its own box; the rest lives on.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { NotLoaded } from '../page/notLoaded';
import bar from './bar.module.css';
import { Guard } from './Guard';

interface BoundaryProps {
  /** "The picture" */
  what: string;
  children: ReactNode;
}

export function Boundary({ what, children }: BoundaryProps): ReactNode {
  return (
    <Guard
      fallback={(error, tryAgain) => (
        <div className={bar.failure} role="alert">
          <p>{error instanceof NotLoaded ? notFetched(what) : stopped(what, error.message)}</p>
          <button type="button" className={bar.button} data-action="try-again" onClick={tryAgain}>
            {translate({ id: 'lab.frame.again', message: 'Try again' })}
          </button>
        </div>
      )}
    >
      {children}
    </Guard>
  );
}

function stopped(what: string, message: string): string {
  return translate({ id: 'lab.frame.stopped', message: '{what} stopped working: {message}' }, { what, message });
}

function notFetched(what: string): string {
  return translate(
    {
      id: 'lab.frame.notFetched',
      message:
        '{what} could not be fetched. Are you online? If you are, the site may be newer than this page: share a link of your setup and reload.',
    },
    { what },
  );
}
