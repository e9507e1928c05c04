// The reader commits to an answer; only then does the outcome appear, beside what was predicted.

import type { ReactNode } from 'react';
import type { AskedQuestion } from '../../experiments/definition/twin';
import { Asked } from './Asked';
import styles from './tags.module.css';

export function Predict({ data, children }: { data: AskedQuestion; children: ReactNode }): ReactNode {
  return (
    <section className={styles.predict} aria-label="Prediction" data-predict={data.key}>
      <p className={styles.eyebrow}>Predict</p>
      <Asked asked={data} commitWord="Commit" summaryWord="What happens, and why">
        {children}
      </Asked>
    </section>
  );
}
