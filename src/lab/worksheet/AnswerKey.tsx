// What is right, and why: behind a fold. All of it was computed or checked by the build, or stands in the page's own text.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import type { Answer, PageExercises } from '../../experiments/definition/twin';
import { numberText } from '../tags/Result';
import { CurvePaper } from './CurvePaper';
import styles from './worksheet.module.css';

export function AnswerKey({ page: { title, exercises } }: { page: PageExercises }): ReactNode {
  return (
    <details className={styles.key} data-part="answer-key">
      <summary>
        <h2>{translate({ id: 'lab.worksheet.key', message: 'Answer key' })}</h2>
      </summary>
      <p className={styles.keyTitle}>{title}</p>
      <p className={styles.sets}>
        {translate({
          id: 'lab.worksheet.runsVary',
          message:
            'What a run measures depends on its seed; the numbers here are means of 20 runs. With the seed that the page starts from, every reader gets the same.',
        })}
      </p>
      <ol className={styles.exercises}>
        {exercises.map((exercise, index) =>
          exercise.what === 'run' ? null : (
            <li key={exercise.asked.key} value={index + 1} className={styles.answer}>
              <Right answer={exercise.asked.answer} />
              {exercise.why.map((text) => (
                <p key={text}>{text}</p>
              ))}
            </li>
          ),
        )}
      </ol>
    </details>
  );
}

function Right({ answer }: { answer: Answer }): ReactNode {
  switch (answer.type) {
    case 'number':
      return (
        <p>
          <b>{numberText(answer.right)}</b> ({answer.right.basis}).
        </p>
      );
    case 'choice':
      return (
        <p>
          <b>{answer.choices[answer.right]}</b>. {answer.proof?.sentence}
        </p>
      );
    case 'sketch':
      return <CurvePaper answer={answer} showsCurve />;
    case 'goal':
      return (
        <p>
          {translate({ id: 'lab.worksheet.oneSetting', message: 'One setting that reaches it:' })} <b>{answer.solution.sets.join(' · ')}</b>
          .
        </p>
      );
    case 'open':
      return null;
  }
}
