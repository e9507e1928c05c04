// What explains an outcome, folded until the reader has committed to an answer. One on a page is open at a time: see guidance.ts.

import type { ReactNode } from 'react';
import { dismissMessage, explanationName } from './guidance';
import styles from './tags.module.css';

interface ExplanationProps {
  summary: string;
  open: boolean;
  onToggle: (open: boolean) => void;
  /** Asked when the reader wants to open it: false keeps it folded. */
  mayOpen: () => boolean;
  children: ReactNode;
}

export function Explanation({ summary, open, onToggle, mayOpen, children }: ExplanationProps): ReactNode {
  return (
    <details
      className={styles.explanation}
      name={explanationName}
      open={open}
      onToggle={(event) => {
        const isOpen = event.currentTarget.open;
        if (isOpen) dismissMessage();
        if (isOpen !== open) onToggle(isOpen);
      }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is a control, and it turns keys into clicks */}
      <summary
        onClick={(event) => {
          if (!open && !mayOpen()) event.preventDefault();
        }}
      >
        {summary}
      </summary>
      {children}
    </details>
  );
}
