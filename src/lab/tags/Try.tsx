// A link that sets the page's experiment to a state. It is a real link: opened in another tab, it leads to the same state.

import type { MouseEvent, ReactNode } from 'react';
import type { TryLink } from '../../experiments/definition/twin';
import { whenFrame } from '../page/frames';
import { goTo } from './onPage';
import styles from './tags.module.css';

export function Try({ data, children }: { data: TryLink; children: ReactNode }): ReactNode {
  return (
    <a
      href={`#${data.fragment}`}
      className={styles.try}
      data-try={data.experiment}
      title={whatItSets(data)}
      onClick={(event) => follow(event, data)}
    >
      {children}
    </a>
  );
}

/** "Sets Arrival rate: 9.5 /s; the rest is as the experiment starts." */
export function whatItSets({ sets }: TryLink): string {
  return sets.length === 0 ? 'Everything as the experiment starts by default.' : `Set up: ${sets.join(' · ')}. The rest is at its default.`;
}

function follow(event: MouseEvent, link: TryLink): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (!goTo(link.experiment)) return;
  event.preventDefault();
  const { sideB, ...setup } = link.setup;
  whenFrame(link.experiment, (frame) => frame.apply({ ...setup, sideB: sideB ?? null }, { message: whatItSets(link) }));
}
