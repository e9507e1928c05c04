// How a number or a choice is given: the fields, and the button that commits to them.

import { translate } from '@docusaurus/Translate';
import { type FormEvent, type ReactNode, type RefObject, useEffect, useId, useState } from 'react';
import type { Answer } from '../../experiments/definition/twin';
import type { Given } from '../record/given';
import { fieldText } from '../words/typedNumber';
import styles from './tags.module.css';
import { readNumber } from './verdict';

export interface AnswerFormProps<A extends Answer = Answer> {
  answer: A;
  given: Given | null;
  labelledBy: string;
  commitWord: string;
  /** A sentence when there is nothing that could be taken as an answer. */
  onCommit: (answer: Given | string) => void;
  onAgain: () => void;
  firstField: RefObject<HTMLElement | null>;
}

export function AnswerForm({ answer, given, labelledBy, commitWord, onCommit, onAgain, firstField }: AnswerFormProps): ReactNode {
  const [number, setNumber] = useState('');
  const [choice, setChoice] = useState('');
  const alive = useAlive();
  const locked = given !== null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (locked) onAgain();
    else if (answer.type !== 'choice') onCommit(readNumber(number));
    else if (choice !== '') onCommit({ type: 'choice', choice });
    else onCommit(translate({ id: 'lab.tags.noChoice', message: 'Choose one of the answers first.' }));
  };
  return (
    <form className={styles.form} onSubmit={submit} aria-labelledby={labelledBy} noValidate>
      {answer.type === 'choice' ? (
        <Choices
          choices={answer.choices}
          chosen={given?.type === 'choice' ? given.choice : choice}
          right={locked ? answer.right : -1}
          disabled={!alive || locked}
          labelledBy={labelledBy}
          firstField={firstField}
          onChoose={setChoice}
        />
      ) : (
        <span className={styles.field}>
          <input
            ref={firstField as RefObject<HTMLInputElement | null>}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            aria-labelledby={labelledBy}
            size={9}
            value={given?.type === 'number' ? fieldText(given.value) : number}
            disabled={!alive}
            readOnly={locked}
            onChange={(event) => setNumber(event.target.value)}
          />
          <span>{answer.type === 'number' ? answer.unit : ''}</span>
        </span>
      )}
      <CommitButton locked={locked} alive={alive} word={commitWord} />
    </form>
  );
}

/** False until the page's code runs: a field that nobody listens to takes no input. */
export function useAlive(): boolean {
  const [alive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  return alive;
}

export function CommitButton({ locked, alive, word }: { locked: boolean; alive: boolean; word: string }): ReactNode {
  return (
    <button type="submit" className={styles.button} disabled={!alive}>
      {locked ? translate({ id: 'lab.tags.again', message: 'Answer again' }) : word}
    </button>
  );
}

interface ChoicesProps {
  choices: readonly string[];
  chosen: string;
  /** -1 as long as it is not shown. */
  right: number;
  disabled: boolean;
  labelledBy: string;
  firstField: RefObject<HTMLElement | null>;
  onChoose: (choice: string) => void;
}

function Choices({ choices, chosen, right, disabled, labelledBy, firstField, onChoose }: ChoicesProps): ReactNode {
  const name = useId();
  return (
    <div className={styles.choices} role="radiogroup" aria-labelledby={labelledBy}>
      {choices.map((words, index) => (
        <label key={words} data-right={index === right ? 'yes' : undefined}>
          <input
            ref={index === 0 ? (firstField as RefObject<HTMLInputElement | null>) : undefined}
            type="radio"
            name={name}
            checked={chosen === words}
            disabled={disabled}
            onChange={() => onChoose(words)}
          />
          <span>{words}</span>
        </label>
      ))}
    </div>
  );
}
