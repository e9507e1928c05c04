// A field for a number. What is typed stays as typed while the reader is in it; a text that is not allowed says what is,
// and the last allowed value goes on to hold.

import { type ReactNode, useId, useState } from 'react';
import { fieldText } from '../words/typedNumber';
import styles from './controls.module.css';
import { type Limits, parseNumber } from './parseNumber';

interface NumberFieldProps extends Limits {
  /** Name for those who do not see the label, when `labelledBy` is not given. */
  label?: string;
  labelledBy?: string;
  value: number;
  step?: number;
  /** Room for so many characters. */
  width?: number;
  name?: string;
  onValue: (value: number) => void;
}

export function NumberField({ label, labelledBy, value, step = 1, width = 6, name, onValue, ...limits }: NumberFieldProps): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const problemId = useId();
  const typed = draft === null ? null : parseNumber(draft, limits);
  const problem = typed && 'problem' in typed ? typed.problem : null;
  const change = (text: string): void => {
    setDraft(text);
    const next = parseNumber(text, limits);
    if ('value' in next && next.value !== value) onValue(next.value);
  };
  const stepBy = (direction: number): void => {
    const next = Math.min(limits.max, Math.max(limits.min, Number((value + direction * step).toPrecision(10))));
    setDraft(fieldText(next));
    if (next !== value) onValue(next);
  };
  return (
    <span className={styles.field}>
      <input
        type="text"
        inputMode={limits.whole ? 'numeric' : 'decimal'}
        autoComplete="off"
        name={name}
        className={styles.number}
        style={{ inlineSize: `calc(${width}ch + 1rem)` }}
        aria-label={label}
        aria-labelledby={labelledBy}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : problemId}
        value={draft ?? fieldText(value)}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => change(event.currentTarget.value)}
        onBlur={() => setDraft(null)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
            event.preventDefault();
            stepBy(event.key === 'ArrowUp' ? 1 : -1);
          } else if (event.key === 'Enter' || event.key === 'Escape') setDraft(null);
        }}
      />
      {problem === null ? null : (
        <span id={problemId} role="alert" className={styles.problem}>
          {problem}
        </span>
      )}
    </span>
  );
}
