// How a number or a choice is given: the fields, and the button that commits to them.

import { type FormEvent, type ReactNode, type RefObject, useEffect, useId, useState } from 'react';
import type { Answer } from '../../experiments/definition/twin';
import type { Given } from './answers';
import styles from './tags.module.css';
import { readNumber } from './verdict';

interface AnswerFormProps {
  answer: Answer;
  given: Given | null;
  labelledBy: string;
  commitWord: string;
  /** A sentence when there is nothing that could be taken as an answer. */
  onCommit: (answer: Given | string) => void;
  onAgain: () => void;
  firstField: RefObject<HTMLInputElement | null>;
}

export function AnswerForm({ answer, given, labelledBy, commitWord, onCommit, onAgain, firstField }: AnswerFormProps): ReactNode {
  const name = useId();
  const [number, setNumber] = useState('');
  const [choice, setChoice] = useState('');
  const [alive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  const locked = given !== null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (locked) onAgain();
    else if (answer.type === 'choice') onCommit(choice === '' ? 'Choose one of the answers first.' : { type: 'choice', choice });
    else onCommit(readNumber(number));
  };
  return (
    <form className={styles.form} onSubmit={submit} aria-labelledby={labelledBy} noValidate>
      {answer.type === 'choice' ? (
        <div className={styles.choices} role="radiogroup" aria-labelledby={labelledBy}>
          {answer.choices.map((words, index) => (
            <label key={words} data-right={locked && index === answer.right ? 'yes' : undefined}>
              <input
                ref={index === 0 ? firstField : undefined}
                type="radio"
                name={name}
                checked={(given?.type === 'choice' ? given.choice : choice) === words}
                disabled={!alive || locked}
                onChange={() => setChoice(words)}
              />
              <span>{words}</span>
            </label>
          ))}
        </div>
      ) : (
        <span className={styles.field}>
          <input
            ref={firstField}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            aria-labelledby={labelledBy}
            size={9}
            value={given?.type === 'number' ? String(given.value) : number}
            disabled={!alive}
            readOnly={locked}
            onChange={(event) => setNumber(event.target.value)}
          />
          <span>{answer.type === 'number' ? answer.unit : ''}</span>
        </span>
      )}
      <button type="submit" className={styles.button} disabled={!alive}>
        {locked ? 'Answer again' : commitWord}
      </button>
    </form>
  );
}
