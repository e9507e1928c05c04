// What the lines and marks of the plot mean.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { useSessionState } from '../session/useSession';
import type { Band } from './pointWords';
import styles from './sweep.module.css';

interface SweepKeyProps {
  isPair: boolean;
  /** null: nothing is measured yet. */
  band: Band | null;
  seeds: number;
  /** How many different ones. */
  theories: number;
}

export function SweepKey({ isPair, band, seeds, theories }: SweepKeyProps): ReactNode {
  const seed = useSessionState((state) => state.seed);
  return (
    <ul className={styles.key}>
      {band ? (
        <li>
          <Sign kind="a" />
          {isPair ? translate({ id: 'lab.sweep.key.sideA', message: 'Side A' }) : bandWords(band, seeds)}
        </li>
      ) : null}
      {band && isPair ? (
        <li>
          <Sign kind="b" />
          {translate({ id: 'lab.sweep.key.sideB', message: 'Side B' })}
        </li>
      ) : null}
      {band && isPair ? <li>{bandWords(band, seeds)}</li> : null}
      {theories > 0 ? (
        <li className={styles.theoryKey}>
          <Sign kind="theory" />
          {theories > 1
            ? translate({ id: 'lab.sweep.key.theories', message: 'theory of each side' })
            : translate({ id: 'lab.sweep.key.theory', message: 'theory' })}
        </li>
      ) : null}
      <li>
        <Sign kind="run" />
        {translate({ id: 'lab.sweep.key.run', message: 'the run on screen (seed {seed})' }, { seed })}
      </li>
    </ul>
  );
}

function bandWords(band: Band, seeds: number): string {
  return band === 'range'
    ? translate({ id: 'lab.sweep.key.range', message: 'mean of {seeds} seeds, band: lowest to highest run' }, { seeds })
    : translate({ id: 'lab.sweep.key.interval', message: 'mean of {seeds} seeds, band: its 95 % interval' }, { seeds });
}

function Sign({ kind }: { kind: 'a' | 'b' | 'theory' | 'run' }): ReactNode {
  return (
    <svg className={styles.sign} width={26} height={14} viewBox="0 0 26 14" aria-hidden="true" data-side={kind}>
      {kind === 'a' || kind === 'b' ? (
        <>
          <path className={styles.band} d="M 1 2 H 25 V 12 H 1 Z" />
          <path className={styles.line} d="M 1 7 H 25" />
          <circle className={styles.mark} cx={13} cy={7} r={3.75} />
        </>
      ) : null}
      {kind === 'theory' ? <path className={styles.theory} d="M 1 7 H 25" /> : null}
      {kind === 'run' ? (
        <>
          <path className={styles.pointer} d="M 8.5 0 h 9 l -4.5 5 Z" />
          <circle className={styles.ring} cx={13} cy={9} r={4} />
        </>
      ) : null}
    </svg>
  );
}
