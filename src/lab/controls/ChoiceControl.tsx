// One of a few: side by side when the words are few and short, in a list otherwise.

import { type ReactNode, useId } from 'react';
import type { ChoiceParameter } from '../../experiments/definition/parameters';
import styles from './controls.module.css';
import { Options } from './Options';

interface ChoiceControlProps {
  parameter: ChoiceParameter;
  value: string;
  labelledBy: string;
  name: string;
  onValue: (value: string) => void;
}

export function ChoiceControl({ parameter, value, labelledBy, name, onValue }: ChoiceControlProps): ReactNode {
  const group = useId();
  const helpId = useId();
  const options = Object.entries(parameter.options);
  const letters = options.reduce((sum, [, words]) => sum + words.length + 2, 0);
  if (options.length > 4 || letters > 36) {
    const help = parameter.optionHelp?.[value];
    return (
      <>
        <select
          className={styles.select}
          name={name}
          aria-labelledby={labelledBy}
          aria-describedby={help === undefined ? undefined : helpId}
          value={value}
          onChange={(event) => onValue(event.currentTarget.value)}
        >
          <Options parameter={parameter} worth={(key) => key} />
        </select>
        {help === undefined ? null : (
          <p id={helpId} className={styles.note}>
            {help}
          </p>
        )}
      </>
    );
  }
  return (
    <div role="radiogroup" aria-labelledby={labelledBy} className={styles.segments}>
      {options.map(([key, words]) => (
        <label key={key} className={styles.segment}>
          <input type="radio" name={`${group}${name}`} value={key} checked={key === value} onChange={() => onValue(key)} />
          <span>{words}</span>
        </label>
      ))}
    </div>
  );
}
