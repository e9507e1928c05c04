// A question with a form, a verdict, and an explanation that opens once an answer is given. An open question has no form.
// Everything stands in the HTML; without JavaScript the form is hidden and the explanation opens by itself.

import { type ReactNode, useId, useRef, useState } from 'react';
import type { Answer, AskedQuestion } from '../../experiments/definition/twin';
import { AnswerForm } from './AnswerForm';
import { type Given, giveAnswer, useAnswer } from './answers';
import { numberText } from './Result';
import styles from './tags.module.css';
import { verdictOn } from './verdict';

interface AskedProps {
  asked: AskedQuestion;
  commitWord: string;
  summaryWord: string;
  children: ReactNode;
}

export function Asked({ asked: { key, text, answer }, commitWord, summaryWord, children }: AskedProps): ReactNode {
  const given = useAnswer(key);
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState('');
  const firstField = useRef<HTMLInputElement>(null);
  const id = useId();
  const asksForm = answer.type !== 'open';

  const commit = (answered: Given | string): void => {
    if (typeof answered === 'string') {
      setProblem(answered);
      firstField.current?.focus();
      return;
    }
    setProblem('');
    giveAnswer(key, answered);
    setOpen(true);
  };
  const again = (): void => {
    giveAnswer(key, null);
    setOpen(false);
    // The field is free only after the next drawing.
    requestAnimationFrame(() => firstField.current?.focus());
  };
  const mayOpen = !asksForm || given !== null;
  const verdict = given && verdictOn(answer, given);
  return (
    <>
      <p className={styles.asked} id={id}>
        {text}
      </p>
      {asksForm ? (
        <AnswerForm
          answer={answer}
          given={given}
          labelledBy={id}
          commitWord={commitWord}
          onCommit={commit}
          onAgain={again}
          firstField={firstField}
        />
      ) : null}
      {asksForm ? (
        <p className={styles.verdict} role="status" data-kind={problem ? 'problem' : (verdict?.kind ?? 'none')}>
          {problem || verdict?.text}
        </p>
      ) : null}
      <details
        className={styles.explanation}
        open={open}
        onToggle={(event) => {
          if (event.currentTarget.open !== open) setOpen(event.currentTarget.open);
        }}
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is a control, and it turns keys into clicks */}
        <summary
          onClick={(event) => {
            if (mayOpen) return;
            event.preventDefault();
            commit('Answer first: a guess that you have committed to is what makes the outcome stay in mind.');
          }}
        >
          {summaryWord}
        </summary>
        <Outcome answer={answer} />
        {children}
      </details>
    </>
  );
}

/** The right answer in words, for those who read it without having answered here: on paper, without JavaScript. */
function Outcome({ answer }: { answer: Answer }): ReactNode {
  if (answer.type === 'choice') return <p className={styles.outcome}>{answer.choices[answer.right]}</p>;
  if (answer.type !== 'number') return null;
  const { right, label } = answer;
  return (
    <p className={styles.outcome}>
      {label}: <b>{numberText(right)}</b> ({right.basis}).
    </p>
  );
}
