// A question with a form, a verdict, and an explanation that opens once an answer is given. An open question has no form.
// Everything stands in the HTML; without JavaScript the form is hidden and the explanation can be opened at once.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useId, useRef, useState } from 'react';
import type { AskedQuestion } from '../../experiments/definition/twin';
import type { Given } from '../record/given';
import { giveAnswer, useAnswer } from '../record/useRecord';
import { AnswerForm, type AnswerFormProps } from './AnswerForm';
import { Explanation } from './Explanation';
import { Outcome } from './Outcome';
import { SketchForm } from './SketchForm';
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
  const firstField = useRef<HTMLElement>(null);
  const id = useId();
  const asksForm = answer.type !== 'open';

  const onCommit = (answered: Given | string): void => {
    if (typeof answered === 'string') {
      setProblem(answered);
      firstField.current?.focus();
      return;
    }
    setProblem('');
    giveAnswer(key, answered);
    setOpen(true);
  };
  const onAgain = (): void => {
    giveAnswer(key, null);
    setOpen(false);
    // The field is free only after the next drawing.
    requestAnimationFrame(() => firstField.current?.focus());
  };
  const mayOpen = (): boolean => {
    if (!asksForm || given !== null) return true;
    onCommit(
      translate({
        id: 'lab.tags.answerFirst',
        message: 'Answer first: a guess that you have committed to is what makes the outcome stay in mind.',
      }),
    );
    return false;
  };
  const verdict = given && verdictOn(answer, given);
  const form: Omit<AnswerFormProps, 'answer'> = { given, labelledBy: id, commitWord, onCommit, onAgain, firstField };
  return (
    <>
      <p className={styles.asked} id={id}>
        {text}
      </p>
      {answer.type === 'sketch' ? <SketchForm answer={answer} {...form} /> : asksForm ? <AnswerForm answer={answer} {...form} /> : null}
      {asksForm ? (
        <p className={styles.verdict} role="status" data-kind={problem ? 'problem' : (verdict?.kind ?? 'none')}>
          {problem || verdict?.text}
        </p>
      ) : null}
      <Explanation summary={summaryWord} open={open} onToggle={setOpen} mayOpen={mayOpen}>
        <Outcome answer={answer} given={given} />
        {children}
      </Explanation>
    </>
  );
}
