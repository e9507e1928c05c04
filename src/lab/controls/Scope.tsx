// Whether a change acts on the whole run or from a time on, as something done to the running system. Only where something can.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useId } from 'react';
import { isLive } from '../../experiments/definition/live';
import { useCursorText, useForkMs } from '../compare/Fork';
import { clockText } from '../player/clockText';
import { actsFromMs } from '../session/state';
import { usePlayback, useSession, useSessionState } from '../session/useSession';
import styles from './controls.module.css';
import { TimeField } from './TimeField';

export function Scope(): ReactNode {
  const session = useSession();
  const { definition, playback } = session;
  const labelId = useId();
  const fromMs = useSessionState(actsFromMs);
  const forkMs = useForkMs();
  const from = useFromText(fromMs ?? forkMs);
  if (!Object.values(definition.parameters).some(isLive)) return null;
  const options = [
    { key: 'whole', words: translate({ id: 'lab.controls.wholeRun', message: 'the whole run' }), act: () => session.actFrom(null) },
    { key: 'from', words: from, act: () => session.actFrom(forkMs ?? playback.cursorMs()) },
  ];
  return (
    <div className={styles.control} data-part="scope">
      <div className={styles.top}>
        <span id={labelId} className={styles.heading}>
          {translate({ id: 'lab.controls.scope', message: 'A change acts on' })}
        </span>
        {fromMs === null || forkMs !== null ? null : (
          <TimeField
            label={translate({ id: 'lab.controls.scopeTime', message: 'Time from which a change acts' })}
            ms={fromMs}
            onMs={(ms) => session.actFrom(ms)}
          />
        )}
      </div>
      <div role="radiogroup" aria-labelledby={labelId} className={styles.segments}>
        {options.map(({ key, words, act }) => (
          <label key={key} className={styles.segment}>
            <input type="radio" name={labelId} value={key} checked={(fromMs === null) === (key === 'whole')} onChange={act} />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </div>
  );
}

function useFromText(fromMs: number | null): string {
  const { definition } = useSession();
  const horizonMs = usePlayback((playback) => playback.horizonMs());
  const cursor = useCursorText();
  const time = fromMs === null ? cursor : clockText(fromMs, horizonMs, definition.clock?.unit ?? 's');
  if (time === null) return translate({ id: 'lab.controls.fromNow', message: 'what comes from now on' });
  return translate({ id: 'lab.controls.from', message: 'from {time} on' }, { time });
}
