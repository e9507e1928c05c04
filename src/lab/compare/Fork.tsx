// The second future: when it begins, and how it ends — kept in place of the first, or dropped. Both can be undone.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import styles from '../controls/controls.module.css';
import { TimeField } from '../controls/TimeField';
import { clockText } from '../player/clockText';
import { forkMsOf } from '../session/fork';
import { usePlayback, useSession, useSessionState } from '../session/useSession';
import fork from './fork.module.css';

/** "12.3 s"; while the run plays no figure runs here, it would only flicker. */
export function useCursorText(): string | null {
  const { definition } = useSession();
  const unit = definition.clock?.unit ?? 's';
  return usePlayback((playback) => (playback.isPlaying() ? null : clockText(playback.cursorMs(), playback.horizonMs(), unit)));
}

export function useForkMs(): number | null {
  const { definition } = useSession();
  return useSessionState((state) => forkMsOf(definition, state));
}

function ForkSign(): ReactNode {
  return (
    <svg className={fork.sign} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path
        d="M1 8 H6 C9 8 9 4 12 4 H15 M6 8 C9 8 9 12 12 12 H15"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
      />
    </svg>
  );
}

export function ForkButton(): ReactNode {
  const session = useSession();
  const compares = useSessionState((state) => state.b !== null);
  const time = useCursorText();
  if (compares || session.definition.kind !== 'simulation') return null;
  const what =
    time === null
      ? translate({ id: 'lab.compare.forkNow', message: 'A second future from now on' })
      : translate({ id: 'lab.compare.forkFrom', message: 'A second future from {time} on' }, { time });
  return (
    <button
      type="button"
      className={`${styles.plain} ${fork.button}`}
      data-action="fork"
      title={what}
      onClick={() => {
        session.playback.pause();
        session.fork();
      }}
    >
      <ForkSign />
      {translate({ id: 'lab.compare.forkHere', message: 'Fork here' })}
    </button>
  );
}

/** While there are two sides. */
export function ForkBar(): ReactNode {
  const session = useSession();
  const compares = useSessionState((state) => state.b !== null);
  const forkMs = useForkMs();
  if (!compares || session.definition.kind !== 'simulation') return null;
  return (
    <div className={fork.bar} data-part="fork" data-forks={forkMs === null ? 'no' : 'yes'}>
      {forkMs === null ? (
        <span className={fork.words}>{translate({ id: 'lab.compare.fromStart', message: 'Two sides from the start' })}</span>
      ) : (
        <span className={fork.words}>
          <ForkSign />
          {translate({ id: 'lab.compare.forkAt', message: 'Fork at', description: 'Before a field with a time' })}
          <TimeField
            label={translate({ id: 'lab.compare.forkTime', message: 'Time of the fork' })}
            ms={forkMs}
            onMs={(ms) => session.actFrom(ms)}
          />
        </span>
      )}
      <span className={fork.ways}>
        <button
          type="button"
          className={styles.button}
          data-action="keep-b"
          title={translate({ id: 'lab.compare.keepHelp', message: 'Side B becomes the only side' })}
          onClick={() => session.keepB()}
        >
          {translate({ id: 'lab.compare.keep', message: 'Keep B' })}
        </button>
        <button
          type="button"
          className={styles.button}
          data-action="drop-b"
          title={translate({ id: 'lab.compare.dropHelp', message: 'Back to side A alone' })}
          onClick={() => session.compare(false)}
        >
          {translate({ id: 'lab.compare.drop', message: 'Drop B' })}
        </button>
      </span>
    </div>
  );
}
