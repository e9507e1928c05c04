// Shows the run of a seed in the frame: the reader sees that very run.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { useSessionState } from '../session/useSession';
import styles from './luck.module.css';

export function SeedButton({ seed, onSeed }: { seed: number; onSeed: (seed: number) => void }): ReactNode {
  const isOnScreen = useSessionState((state) => state.seed === seed);
  return (
    <button
      type="button"
      className={styles.seed}
      data-seed={seed}
      aria-pressed={isOnScreen}
      aria-label={translate({ id: 'lab.luck.show', message: 'Show the run of seed {seed}' }, { seed })}
      onClick={() => onSeed(seed)}
    >
      {seed}
      {isOnScreen ? <span className={styles.onScreen}>{translate({ id: 'lab.luck.onScreen', message: 'on screen' })}</span> : null}
    </button>
  );
}
