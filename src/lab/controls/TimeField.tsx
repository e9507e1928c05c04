// A field for an instant of the run, in the unit of its clock.

import type { ReactNode } from 'react';
import { unitName } from '../../experiments/definition/number';
import { decimalsFor, unitMs } from '../player/clockText';
import { usePlayback, useSession } from '../session/useSession';
import styles from './controls.module.css';
import { NumberField } from './NumberField';

export function TimeField({ label, ms, onMs }: { label: string; ms: number; onMs: (ms: number) => void }): ReactNode {
  const { definition } = useSession();
  const horizonMs = usePlayback((playback) => playback.horizonMs());
  const unit = definition.clock?.unit ?? 's';
  const decimals = 10 ** decimalsFor(horizonMs, unit);
  return (
    <span className={styles.withUnit}>
      <NumberField
        label={label}
        value={Math.round((ms / unitMs[unit]) * decimals) / decimals}
        min={0}
        max={horizonMs / unitMs[unit]}
        step={10 / decimals}
        unit={unit}
        width={6}
        onValue={(value) => onMs(value * unitMs[unit])}
      />
      <span className={styles.unit}>{unitName(unit)}</span>
    </span>
  );
}
