// One exercise with room to write: lines, boxes to tick, an empty table, an empty grid.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import type { Answer, Exercise, ProposedRun } from '../../experiments/definition/twin';
import { CurvePaper } from './CurvePaper';
import styles from './worksheet.module.css';

export function ExerciseItem({ number, exercise }: { number: number; exercise: Exercise }): ReactNode {
  return (
    <li className={styles.exercise} value={number} data-exercise={exercise.what}>
      {exercise.what === 'run' ? (
        <Run run={exercise} />
      ) : (
        <>
          <p className={styles.text}>{exercise.asked.text}</p>
          <Room answer={exercise.asked.answer} />
        </>
      )}
    </li>
  );
}

function Run({ run: { text, sets, measures, compares, experiment } }: { run: ProposedRun }): ReactNode {
  const rows = compares ? ['A', 'B'] : [translate({ id: 'lab.worksheet.measured', message: 'measured' })];
  return (
    <>
      <p className={styles.text}>{text}</p>
      <p className={styles.sets}>
        {experiment}:{' '}
        {sets.length > 0 ? sets.join(' · ') : translate({ id: 'lab.worksheet.defaults', message: 'everything at its default' })}
      </p>
      <section
        className={styles.scrolls}
        aria-label={translate({ id: 'lab.worksheet.table', message: 'What you measure: {text}' }, { text })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must be able to reach it
        tabIndex={0}
      >
        <table className={styles.measures}>
          <thead>
            <tr>
              <td />
              {measures.map((measure) => (
                <th key={measure} scope="col">
                  {measure}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row}>
                <th scope="row">{row}</th>
                {measures.map((measure) => (
                  <td key={measure} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Lines count={1} label={translate({ id: 'lab.worksheet.notice', message: 'I notice' })} />
    </>
  );
}

function Room({ answer }: { answer: Answer }): ReactNode {
  const because = translate({ id: 'lab.worksheet.because', message: 'Because' });
  switch (answer.type) {
    case 'number':
      return (
        <>
          <p className={styles.blank}>
            <span /> {answer.unit}
          </p>
          <Lines count={2} label={because} />
        </>
      );
    case 'choice':
      return (
        <>
          <ul className={styles.boxes}>
            {answer.choices.map((choice) => (
              <li key={choice}>{choice}</li>
            ))}
          </ul>
          <Lines count={2} label={because} />
        </>
      );
    case 'sketch':
      return <CurvePaper answer={answer} showsCurve={false} />;
    case 'goal':
      return (
        <>
          <ul className={styles.boxes}>
            {answer.goal.conditions.map(({ text }) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
          <Lines count={2} label={translate({ id: 'lab.worksheet.setting', message: 'My setting' })} />
        </>
      );
    case 'open':
      return <Lines count={4} label="" />;
  }
}

function Lines({ count, label }: { count: number; label: string }): ReactNode {
  return (
    <div className={styles.lines}>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines to write on are all alike
        <p key={index}>{index === 0 ? label : ''}</p>
      ))}
    </div>
  );
}
