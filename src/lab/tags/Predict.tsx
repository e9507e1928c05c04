// The reader commits to an answer; only then does the outcome appear, beside what was predicted.

import { translate } from '@docusaurus/Translate';
import useBrokenLinks from '@docusaurus/useBrokenLinks';
import type { ReactNode } from 'react';
import type { AskedQuestion } from '../../experiments/definition/twin';
import { Asked } from './Asked';
import styles from './tags.module.css';

export function Predict({ data, children }: { data: AskedQuestion; children: ReactNode }): ReactNode {
  const anchor = useAnchor(data.key);
  return (
    <section
      id={anchor}
      className={styles.predict}
      aria-label={translate({ id: 'lab.tags.prediction', message: 'Prediction: {question}' }, { question: data.text })}
      data-predict={data.key}
    >
      <p className={styles.eyebrow}>{translate({ id: 'lab.tags.predict', message: 'Predict' })}</p>
      <Asked
        asked={data}
        commitWord={translate({ id: 'lab.tags.commit', message: 'Commit' })}
        summaryWord={translate({ id: 'lab.tags.why', message: 'What happens, and why' })}
      >
        {children}
      </Asked>
    </section>
  );
}

/** Told to the build, which knows only headings by itself and stops at a link to nowhere. */
export function useAnchor(key: string): string {
  const anchor = anchorOf(key);
  useBrokenLinks().collectAnchor(anchor);
  return anchor;
}

/** Where a question stands on its page, so that the record can lead back to it: `start/opening-night#wait-at-80` → `wait-at-80`. */
export function anchorOf(key: string): string {
  const own = key.slice(key.indexOf('#') + 1).toLowerCase();
  return `asked-${own
    .replace(/^question: /, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)}`;
}
