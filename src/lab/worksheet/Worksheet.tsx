// A page's worksheet: its predictions, runs and questions with room to write, and the answer key behind a fold. What is folded is
// not printed; what is open begins on a page of its own.

import Link from '@docusaurus/Link';
import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import type { Exercise, PageExercises } from '../../experiments/definition/twin';
import { AnswerKey } from './AnswerKey';
import { ExerciseItem } from './ExerciseItem';
import styles from './worksheet.module.css';

interface WorksheetProps {
  page: PageExercises;
  /** Of the course, and the address that its paths follow: paper has no links. */
  course: string;
  site: string;
}

export function Worksheet({ page, course, site }: WorksheetProps): ReactNode {
  return (
    <div className={styles.sheet} data-part="worksheet">
      <header className={styles.head}>
        <p className={styles.eyebrow}>{course}</p>
        <h1>{worksheetTitle(page)}</h1>
        <p className={styles.address}>
          {translate({ id: 'lab.worksheet.goesWith', message: 'Goes with' })} <Link to={page.path}>{site + page.path}</Link>
        </p>
        <p className={styles.names}>
          <span>{translate({ id: 'lab.worksheet.name', message: 'Name' })}</span>
          <span>{translate({ id: 'lab.worksheet.date', message: 'Date' })}</span>
        </p>
        <PrintBar />
      </header>
      {groupsOf(page.exercises).map(({ what, first, exercises }) => (
        <section key={first}>
          <h2>{headingOf(what)}</h2>
          <ol className={styles.exercises} start={first}>
            {exercises.map((exercise, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the exercises of a page are fixed when it is built
              <ExerciseItem key={first + index} number={first + index} exercise={exercise} />
            ))}
          </ol>
        </section>
      ))}
      <AnswerKey page={page} />
    </div>
  );
}

export function worksheetTitle({ title }: PageExercises): string {
  return translate({ id: 'lab.worksheet.title', message: 'Worksheet: {title}' }, { title });
}

function PrintBar(): ReactNode {
  return (
    <p className={styles.bar}>
      <button type="button" onClick={() => window.print()}>
        {translate({ id: 'lab.worksheet.print', message: 'Print' })}
      </button>
      <span>
        {translate({
          id: 'lab.worksheet.printNote',
          message: 'The answer key at the end is printed only while it is open, on a page of its own.',
        })}
      </span>
    </p>
  );
}

interface Group {
  what: Exercise['what'];
  /** Number of its first exercise. */
  first: number;
  exercises: Exercise[];
}

/** What follows each other and is of one kind stands under one heading; the numbers go on. */
function groupsOf(exercises: readonly Exercise[]): Group[] {
  const groups: Group[] = [];
  for (const [index, exercise] of exercises.entries()) {
    const last = groups[groups.length - 1];
    if (last?.what === exercise.what) last.exercises.push(exercise);
    else groups.push({ what: exercise.what, first: index + 1, exercises: [exercise] });
  }
  return groups;
}

function headingOf(what: Exercise['what']): string {
  if (what === 'predict') return translate({ id: 'lab.worksheet.predict', message: 'Predict' });
  if (what === 'run') return translate({ id: 'lab.worksheet.run', message: 'Run' });
  return translate({ id: 'lab.worksheet.check', message: 'Check' });
}
