// A link that sets the page's experiment to a state. It is a real link: opened in another tab, it leads to the same state.

import { translate } from '@docusaurus/Translate';
import type { MouseEvent, ReactNode } from 'react';
import type { TryLink } from '../../experiments/definition/twin';
import { showInExperiment } from './guidance';
import styles from './tags.module.css';

interface TryProps {
  data: TryLink;
  /** What the frame says then. Default: what was set. */
  message?: string;
  children: ReactNode;
}

export function Try({ data, message, children }: TryProps): ReactNode {
  const says = message ?? whatItSets(data);
  return (
    <a
      href={`#${data.fragment}`}
      className={styles.try}
      data-try={data.experiment}
      title={says}
      onClick={(event) => {
        if (isPlainClick(event) && showInExperiment(data, says)) event.preventDefault();
      }}
    >
      {children}
    </a>
  );
}

/** "Sets Arrival rate: 9.5 /s; the rest is as the experiment starts." */
function whatItSets({ sets }: TryLink): string {
  if (sets.length === 0) return translate({ id: 'lab.tags.setsNothing', message: 'Everything as the experiment starts by default.' });
  return translate({ id: 'lab.tags.sets', message: 'Set up: {sets}. The rest is at its default.' }, { sets: sets.join(' · ') });
}

function isPlainClick(event: MouseEvent): boolean {
  return !event.defaultPrevented && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}
