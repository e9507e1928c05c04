// A question that is answered by running the page's experiment until its result meets the goal. Checked while the reader works.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useEffect, useState } from 'react';
import { type ConditionVerdict, checkGoal, type Goal as GoalData } from '../../experiments/definition/goal';
import type { TryLink } from '../../experiments/definition/twin';
import { whenFrame } from '../page/frames';
import { giveAnswer, useAnswer } from '../record/useRecord';
import { Explanation } from './Explanation';
import { followGoal, useFollowedGoal } from './guidance';
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
  const isFollowed = useFollowedGoal(storageKey);
  const [open, setOpen] = useState(false);
  const shown = isFollowed ? verdicts : null;
  return (
    <>
      <p className={styles.asked}>{text}</p>
      <ul className={styles.conditions}>
        {goal.conditions.map((condition, index) => (
          <li key={condition.text} data-met={shown ? (shown[index].met ? 'yes' : 'no') : undefined}>
            {condition.text}
            {shown ? <Standing {...shown[index]} /> : null}
          </li>
        ))}
      </ul>
      <div className={styles.form}>
        <button
          type="button"
          className={styles.button}
          onClick={() => {
            followGoal(storageKey);
            goTo(goal.experiment);
          }}
        >
          {translate({ id: 'lab.tags.goToExperiment', message: 'Go to the experiment' })}
        </button>
      </div>
      <p className={styles.verdict} role="status" data-kind={now || reached ? 'right' : 'none'}>
        {goalWords(now, reached)}
      </p>
      <Explanation
        summary={translate({ id: 'lab.tags.oneWay', message: 'One way to get there' })}
        open={open}
        onToggle={setOpen}
        mayOpen={() => true}
      >
        <p className={styles.outcome}>
          {solution.sets.join(' · ')}.{' '}
          <Try data={solution}>{translate({ id: 'lab.tags.setToThis', message: 'Set the experiment to this.' })}</Try>
        </p>
        {children}
      </Explanation>
    </>
  );
}

function goalWords(now: boolean, before: boolean): string {
  if (now) return translate({ id: 'lab.tags.goalReached', message: 'Reached.' });
  return before ? translate({ id: 'lab.tags.goalReachedBefore', message: 'You have reached this before.' }) : '';
}

/** The sign in front of the condition is the style sheet's; this is the same in words. */
function Standing({ met, now }: ConditionVerdict): ReactNode {
  return (
    <>
      <span className={styles.met}>
        , {met ? translate({ id: 'lab.tags.met', message: 'met' }) : translate({ id: 'lab.tags.notMet', message: 'not met' })}
      </span>
      <span className={styles.now}> · {translate({ id: 'lab.tags.nowIs', message: 'now {now}' }, { now })}</span>
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
