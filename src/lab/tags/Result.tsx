// A number in the prose. Hovering tells where it comes from.

import type { ReactNode } from 'react';
import type { ComputedNumber } from '../../experiments/definition/twin';
import styles from './tags.module.css';

export function numberText({ text, unit }: Pick<ComputedNumber, 'text' | 'unit'>): string {
  return unit === '' || unit === '×' ? text + unit : `${text}\u00a0${unit}`;
}

export function Result({ data }: { data: ComputedNumber }): ReactNode {
  return (
    <data className={styles.result} value={data.mean} title={data.basis}>
      {numberText(data)}
    </data>
  );
}
