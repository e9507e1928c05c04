// What was set up for the reader, and what had to be changed in it. Lies over the stage until dismissed.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { useSession, useSessionState } from '../session/useSession';
import bar from './bar.module.css';

export function Notices(): ReactNode {
  const session = useSession();
  const notices = useSessionState((state) => state.notices);
  const message = useSessionState((state) => state.message);
  if (notices.length === 0 && message === null) return null;
  return (
    <div className={bar.notices} role="status" data-part="notices" data-kind={notices.length === 0 ? 'message' : 'notice'}>
      <ul>
        {message === null ? null : <li>{message}</li>}
        {notices.map(({ about, text }) => (
          <li key={`${about}${text}`} data-about={about}>
            △ {text}
          </li>
        ))}
      </ul>
      <button
        type="button"
        className={`${bar.button} ${bar.dice}`}
        aria-label={translate({ id: 'lab.frame.dismiss', message: 'Dismiss' })}
        onClick={() => session.dismissNotices()}
      >
        <span aria-hidden="true">×</span>
      </button>
    </div>
  );
}
