// A question that is answered by running the page's experiment until its result meets the goal. Checked while the reader works.

import { type ReactNode, useEffect, useState } from 'react';
import { type ConditionVerdict, checkGoal, type Goal as GoalData } from '../../experiments/definition/goal';
import type { TryLink } from '../../experiments/definition/twin';
import { whenFrame } from '../page/frames';
import { giveAnswer, useAnswer } from './answers';
import { goTo } from './onPage';
import { Try } from './Try';
import styles from './tags.module.css';

interface GoalProps {
  storageKey: string;
  text: string;
  goal: GoalData;
  solution: TryLink;
  children: ReactNode;
}

export function Goal({ storageKey, text, goal, solution, children }: GoalProps): ReactNode {
  const reached = useAnswer(storageKey) !== null;
  const verdicts = useVerdicts(goal, () => giveAnswer(storageKey, { type: 'goal' }));
  const now = verdicts?.every(({ met }) => met) ?? false;
  return (
    <>
      <p className={styles.asked}>{text}</p>
      <ul className={styles.conditions}>
        {goal.conditions.map((condition, index) => (
          <li key={condition.text} data-met={verdicts ? (verdicts[index].met ? 'yes' : 'no') : undefined}>
            {condition.text}
            {verdicts ? <Standing {...verdicts[index]} /> : null}
          </li>
        ))}
      </ul>
      <div className={styles.form}>
        <button type="button" className={styles.button} onClick={() => goTo(goal.experiment)}>
          Go to the experiment
        </button>
      </div>
      <p className={styles.verdict} role="status" data-kind={now || reached ? 'right' : 'none'}>
        {now ? 'Reached.' : reached ? 'You have reached this before.' : ''}
      </p>
      <details className={styles.explanation}>
        <summary>One way to get there</summary>
        <p className={styles.outcome}>
          {solution.sets.join(' · ')}. <Try data={solution}>Set the experiment to this.</Try>
        </p>
        {children}
      </details>
    </>
  );
}

/** The sign in front of the condition is the style sheet's; this is the same in words. */
function Standing({ met, now }: ConditionVerdict): ReactNode {
  return (
    <>
      <span className={styles.met}>, {met ? 'met' : 'not met'}</span>
      <span className={styles.now}> · now {now}</span>
    </>
  );
}

/** Null until the experiment lives and has a result. `onReached` is called whenever a finished run meets the goal. */
function useVerdicts(goal: GoalData, onReached: () => void): ConditionVerdict[] | null {
  const [verdicts, setVerdicts] = useState<ConditionVerdict[] | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: onReached only writes to the store, whichever render it came from
  useEffect(() => {
    let stop = (): void => {};
    const forget = whenFrame(goal.experiment, ({ session: { store } }) => {
      const look = (): void => {
        const { status, resultA } = store.getState();
        if (status !== 'idle' || !resultA) return;
        const found = checkGoal(goal, resultA.values, resultA.metrics);
        setVerdicts(found);
        if (found.every(({ met }) => met)) onReached();
      };
      stop = store.subscribe(look);
      look();
    });
    return () => {
      forget();
      stop();
    };
  }, [goal]);
  return verdicts;
}
