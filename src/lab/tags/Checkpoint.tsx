// Questions at the end of a page. Without JavaScript and on paper: the questions, each with its folded or printed answer.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import type { AskedQuestion } from '../../experiments/definition/twin';
import { Asked } from './Asked';
import { Goal } from './Goal';
import { useAnchor } from './Predict';
import styles from './tags.module.css';

export function Checkpoint({ children }: { children: ReactNode }): ReactNode {
  return <ol className={styles.checkpoint}>{children}</ol>;
}

export function Question({ data, children }: { data: AskedQuestion; children: ReactNode }): ReactNode {
  return (
    <li id={useAnchor(data.key)} className={styles.question} data-question={data.key}>
      {data.answer.type === 'goal' ? (
        <Goal storageKey={data.key} text={data.text} goal={data.answer.goal} solution={data.answer.solution}>
          {children}
        </Goal>
      ) : (
        <Asked
          asked={data}
          commitWord={translate({ id: 'lab.tags.answer', message: 'Answer' })}
          summaryWord={translate({ id: 'lab.tags.explained', message: 'Explained answer' })}
        >
          {children}
        </Asked>
      )}
    </li>
  );
}
