// The outcome beside what the reader said, and the moment of the run that explains the gap. Without an answer (on paper, without
// JavaScript) it is the outcome alone.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { formatNumber, formatShort, unitAfter } from '../../experiments/definition/number';
import type { Answer, Moment, SketchAnswer } from '../../experiments/definition/twin';
import type { Given } from '../record/given';
import { useKeeps } from '../record/useRecord';
import { numberText } from './Result';
import { titleOf } from './SketchGrid';
import { widestGap } from './sketchVerdict';
import { Try } from './Try';
import styles from './tags.module.css';

export function Outcome({ answer, given }: { answer: Answer; given: Given | null }): ReactNode {
  const keeps = useKeeps();
  if (answer.type === 'open' || answer.type === 'goal') return null;
  return (
    <div className={styles.outcome}>
      {answer.type === 'number' ? <NumberOutcome answer={answer} said={given?.type === 'number' ? given.value : null} /> : null}
      {answer.type === 'choice' ? <ChoiceOutcome answer={answer} /> : null}
      {answer.type === 'sketch' ? <SketchOutcome answer={answer} heights={given?.type === 'sketch' ? given.heights : null} /> : null}
      {answer.type !== 'sketch' && answer.moment ? <LookThere moment={answer.moment} /> : null}
      {keeps || !given ? null : <p className={styles.notKept}>{notKept()}</p>}
    </div>
  );
}

export function notKept(): string {
  return translate({
    id: 'lab.record.notKept',
    message:
      'This browser does not let the page keep your answers: they last until you leave. Its settings for this site, or free space, decide that.',
  });
}

interface NumberOutcomeProps {
  answer: Extract<Answer, { type: 'number' }>;
  said: number | null;
}

/** Two bars on one scale: how far apart they are is seen before it is read. */
function NumberOutcome({ answer: { right, unit, label }, said }: NumberOutcomeProps): ReactNode {
  const measured = right.mean * (unit === '%' ? 100 : 1);
  const longest = Math.max(measured, said ?? 0);
  // The rest of the line is for the number behind the bar.
  const width = (value: number): string => `${longest > 0 ? Math.max(0, value / longest) * 60 : 0}%`;
  return (
    <dl className={styles.pair}>
      {said === null ? null : (
        <div data-side="said">
          <dt>{translate({ id: 'lab.tags.youSaid', message: 'You said' })}</dt>
          <dd>
            <i style={{ inlineSize: width(said) }} /> <b>{numberText({ text: formatNumber(said), unit })}</b>
          </dd>
        </div>
      )}
      <div data-side="measured">
        <dt>{label}</dt>
        <dd>
          <i style={{ inlineSize: width(measured) }} /> <b>{numberText(right)}</b> <span>{right.basis}</span>
        </dd>
      </div>
    </dl>
  );
}

function ChoiceOutcome({ answer: { choices, right, proof } }: { answer: Extract<Answer, { type: 'choice' }> }): ReactNode {
  return (
    <>
      <p>
        <b>{choices[right]}</b>
      </p>
      {proof ? (
        <p className={styles.proof} title={proof.detail}>
          {translate({ id: 'lab.tags.provenBy', message: 'Checked by 20 runs:' })} {proof.sentence}
        </p>
      ) : null}
    </>
  );
}

function SketchOutcome({ answer, heights }: { answer: SketchAnswer; heights: readonly number[] | null }): ReactNode {
  const { points, x, y, basis } = answer;
  const gap = heights && widestGap(answer, heights);
  return (
    <>
      {gap ? <WidestGap at={formatShort(gap.x) + unitAfter(x.unit)} moment={gap.moment} /> : null}
      <section
        className={styles.scrolls}
        aria-label={translate({ id: 'lab.tags.sketchNumbers', message: 'The numbers: {label}' }, { label: y.label })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must be able to reach it
        tabIndex={0}
      >
        <table className={styles.sketchTable}>
          <caption>
            {titleOf(y)} ({basis})
          </caption>
          <tbody>
            <tr>
              <th scope="row">{titleOf(x)}</th>
              {points.map((point) => (
                <th key={point.x} scope="col">
                  {formatShort(point.x)}
                </th>
              ))}
            </tr>
            {heights ? (
              <tr>
                <th scope="row">{translate({ id: 'lab.tags.youDrew', message: 'you drew' })}</th>
                {points.map((point, index) => (
                  <td key={point.x}>{formatShort(heights[index])}</td>
                ))}
              </tr>
            ) : null}
            <tr>
              <th scope="row">{translate({ id: 'lab.tags.theExperiment', message: 'the experiment' })}</th>
              {points.map((point) => (
                <td key={point.x}>{formatNumber(point.y)}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </section>
    </>
  );
}

function WidestGap({ at, moment }: { at: string; moment: Moment | undefined }): ReactNode {
  return (
    <>
      <p>{translate({ id: 'lab.tags.widestGap', message: 'You were farthest off at {at}.' }, { at })}</p>
      {moment ? <LookThere moment={moment} /> : null}
    </>
  );
}

function LookThere({ moment: { sentence, link } }: { moment: Moment }): ReactNode {
  return (
    <p className={styles.moment} data-moment="">
      {sentence}{' '}
      <Try data={link} message={sentence}>
        {translate({ id: 'lab.tags.lookThere', message: 'Look there.' })}
      </Try>
    </p>
  );
}
