// Play, step, jump, scrub: over a run that is already finished.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useEffect } from 'react';
import { formatDecimals } from '../../experiments/definition/number';
import { FilmSwitch } from '../film/FilmPlace';
import { speeds } from '../session/playback';
import { usePlayback, useSession } from '../session/useSession';
import { stepEvent, stepMark, toEnd, togglePlay, toStart } from './actions';
import { clockText } from './clockText';
import { Icon, type IconName } from './Icon';
import styles from './player.module.css';
import { Timeline } from './Timeline';

export function Player(): ReactNode {
  const session = useSession();
  useReducedMotion();
  return (
    <fieldset className={styles.player} aria-label={translate({ id: 'lab.player.player', message: 'Player' })}>
      <div className={styles.buttons}>
        <PlayerButton
          icon="start"
          label={translate({ id: 'lab.player.toStart', message: 'Jump to the start' })}
          onPress={() => toStart(session)}
        />
        <PlayerButton
          icon="previousMark"
          label={translate({ id: 'lab.player.previousMark', message: 'Back to the previous mark' })}
          onPress={() => stepMark(session, -1)}
        />
        <PlayerButton
          icon="back"
          label={translate({ id: 'lab.player.eventBack', message: 'One event back' })}
          onPress={() => stepEvent(session, -1)}
        />
        <PlayButton />
        <PlayerButton
          icon="forward"
          label={translate({ id: 'lab.player.eventForward', message: 'One event forward' })}
          onPress={() => stepEvent(session, 1)}
        />
        <PlayerButton
          icon="nextMark"
          label={translate({ id: 'lab.player.nextMark', message: 'On to the next mark' })}
          onPress={() => stepMark(session, 1)}
        />
        <PlayerButton icon="end" label={translate({ id: 'lab.player.toEnd', message: 'Jump to the end' })} onPress={() => toEnd(session)} />
      </div>
      <Time />
      <Timeline />
      <Speed />
      <span className={styles.film}>
        <FilmSwitch />
      </span>
    </fieldset>
  );
}

function PlayerButton({ icon, label, onPress }: { icon: IconName; label: string; onPress: () => void }): ReactNode {
  return (
    <button type="button" className={styles.button} aria-label={label} title={label} onClick={onPress}>
      <Icon name={icon} />
    </button>
  );
}

function PlayButton(): ReactNode {
  const session = useSession();
  const playing = usePlayback((playback) => playback.isPlaying());
  const word = playing ? translate({ id: 'lab.player.pause', message: 'Pause' }) : translate({ id: 'lab.player.play', message: 'Play' });
  return (
    <button
      type="button"
      className={`${styles.button} ${styles.play}`}
      aria-label={word}
      data-action="play"
      onClick={() => togglePlay(session)}
    >
      <Icon name={playing ? 'pause' : 'play'} />
      <span className={styles.playWord}>{word}</span>
    </button>
  );
}

function Time(): ReactNode {
  const unit = useSession().definition.clock?.unit ?? 's';
  const now = usePlayback((playback) => clockText(playback.cursorMs(), playback.horizonMs(), unit));
  const end = usePlayback((playback) => clockText(playback.horizonMs(), playback.horizonMs(), unit));
  return (
    <span className={styles.time} data-part="time">
      <span className={styles.now} style={{ inlineSize: `${end.length}ch` }}>
        {now}
      </span>
    </span>
  );
}

function Speed(): ReactNode {
  const { playback } = useSession();
  const speed = usePlayback(({ speed }) => speed());
  return (
    <select
      className={styles.speed}
      aria-label={translate({ id: 'lab.player.speed', message: 'Speed' })}
      value={speed}
      onChange={(event) => playback.setSpeed(Number(event.currentTarget.value))}
    >
      {speeds.map((choice) => (
        <option key={choice} value={choice}>
          {speedText(choice)}
        </option>
      ))}
    </select>
  );
}

function speedText(speed: number): string {
  return `${formatDecimals(speed, (String(speed).split('.')[1] ?? '').length)}×`;
}

/** Readers who asked for less motion get steps in place of gliding. */
function useReducedMotion(): void {
  const { playback } = useSession();
  useEffect(() => {
    const query = matchMedia('(prefers-reduced-motion: reduce)');
    const follow = (): void => {
      playback.stepped = query.matches;
    };
    follow();
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, [playback]);
}
