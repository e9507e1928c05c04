// The reader's record over the course: what was said, what came out, how often it was right and whether that gets better.

import Link from '@docusaurus/Link';
import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import type { PageExercises } from '../../experiments/definition/twin';
import { notKept } from '../tags/Outcome';
import { anchorOf } from '../tags/Predict';
import { Calibration } from './Calibration';
import { RecordActions } from './RecordActions';
import styles from './record.module.css';
import { inOrderGiven, kindWords, outcomeText, type PageRows, type Row, rowsOf, saidText, strayKeys, tallyOf } from './standing';
import { useRecord } from './useRecord';

export function RecordView({ pages }: { pages: PageExercises[] }): ReactNode {
  const { entries, keeps } = useRecord();
  const found = rowsOf(pages, entries);
  const stray = strayKeys(found, entries).length;
  return (
    <div className={styles.record} data-part="record">
      {keeps ? null : (
        <p className={styles.warning} role="status">
          {notKept()}
        </p>
      )}
      <Summary pages={found} />
      <Calibration given={inOrderGiven(found)} />
      <RecordActions entries={entries} />
      {found.map((page) => (
        <PageSection key={page.page.id} {...page} />
      ))}
      {stray > 0 ? (
        <p className={styles.quiet}>
          {translate(
            { id: 'lab.record.stray', message: 'Answers to questions that the course no longer asks: {stray}. They stay in the file.' },
            { stray },
          )}
        </p>
      ) : null}
    </div>
  );
}

function Summary({ pages }: { pages: PageRows[] }): ReactNode {
  const { asked, answered, right, near } = tallyOf(pages.flatMap(({ rows }) => rows));
  if (answered === 0) {
    return (
      <p className={styles.summary}>
        {translate(
          {
            id: 'lab.record.empty',
            message:
              'You have not answered anything yet. The course asks {asked} questions; what you say to each will stand here, beside what came out.',
          },
          { asked },
        )}
      </p>
    );
  }
  return (
    <p className={styles.summary}>
      {translate(
        { id: 'lab.record.summary', message: 'You have answered {answered} of {asked} questions: {right} right, {near} near, {off} off.' },
        { answered, asked, right, near, off: answered - right - near },
      )}{' '}
      {translate({ id: 'lab.record.firstCounts', message: 'Your first answer to each counts.' })}
    </p>
  );
}

function PageSection({ page, rows }: PageRows): ReactNode {
  return (
    <section className={styles.page} aria-label={page.title}>
      <h2>
        <Link to={page.path}>{page.title}</Link>
      </h2>
      <ol className={styles.rows}>
        {rows.map((row) => (
          <QuestionRow key={row.asked.key} path={page.path} row={row} />
        ))}
      </ol>
    </section>
  );
}

function QuestionRow({ path, row: { asked, what, entry, verdict } }: { path: string; row: Row }): ReactNode {
  const { answer, key, text } = asked;
  const later = entry?.now && JSON.stringify(entry.now) !== JSON.stringify(entry.first) ? entry.now : null;
  return (
    <li className={styles.row} data-record={key} data-kind={verdict?.kind ?? 'none'}>
      <p className={styles.question}>
        <span className={styles.what}>{whatWords(what)}</span> <Link to={`${path}#${anchorOf(key)}`}>{text}</Link>
      </p>
      {entry && verdict ? (
        <dl className={styles.answers}>
          <div>
            <dt>{translate({ id: 'lab.record.yours', message: 'Your answer' })}</dt>
            <dd>
              {saidText(answer, entry.first)}
              {later ? (
                <span className={styles.quiet}>
                  {' '}
                  {translate({ id: 'lab.record.later', message: '(later: {later})' }, { later: saidText(answer, later) })}
                </span>
              ) : null}
            </dd>
          </div>
          <div>
            <dt>{translate({ id: 'lab.record.outcome', message: 'Outcome' })}</dt>
            <dd>{outcomeText(answer)}</dd>
          </div>
          <div>
            <dt className={styles.hidden}>{translate({ id: 'lab.record.standing', message: 'Standing' })}</dt>
            <dd className={styles.kind}>{kindWords(verdict.kind)}</dd>
          </div>
        </dl>
      ) : (
        <p className={styles.quiet}>{entry ? changedWords() : translate({ id: 'lab.record.notYet', message: 'Not answered yet.' })}</p>
      )}
    </li>
  );
}

function whatWords(what: Row['what']): string {
  if (what === 'predict') return translate({ id: 'lab.record.prediction', message: 'Prediction' });
  return translate({ id: 'lab.record.checkpoint', message: 'Checkpoint' });
}

function changedWords(): string {
  return translate({ id: 'lab.record.changed', message: 'You answered this, but the question has changed since: answer it again.' });
}
