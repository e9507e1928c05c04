// The static twin of an experiment: one run as text, table and picture, made when the page was built. It fills the same skeleton
// as the live frame, so nothing moves when that one takes its place; and it is all there is without JavaScript and on paper.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import type { Twin as TwinData, TwinMetric, TwinPicture } from '../../experiments/definition/twin';
import { FrameSkeleton } from '../frame/FrameSkeleton';
import results from '../results/results.module.css';
import { TwinTables } from './TwinTables';
import styles from './tags.module.css';

/** failed: the live part could not be fetched. broken: it was, and stopped with an error. */
export type TwinState = 'still' | 'loading' | 'failed' | 'broken';

const mostCells = 6;

interface TwinProps {
  twin: TwinData;
  state: TwinState;
  onRetry: () => void;
  /** Where the reader's own setup is what may have broken it. */
  onStartOver?: () => void;
  titleLevel?: number;
}

export function Twin({ twin, state, onRetry, onStartOver, titleLevel }: TwinProps): ReactNode {
  const main = twin.metrics.filter((metric) => metric.main).slice(0, mostCells);
  return (
    <FrameSkeleton
      id={twin.id}
      title={twin.title}
      question={twin.question}
      kind={twin.kind}
      titleLevel={titleLevel}
      compares={twin.setup.sideB !== undefined && twin.setup.sideB !== null}
      narrowStage={twin.kind === 'calculation' ? twin.narrowPicture?.height : undefined}
      stripCells={main.length}
      state={state === 'failed' || state === 'broken' ? 'failed' : 'static'}
      actions={<Status state={state} />}
      notices={<Failure state={state} onRetry={onRetry} onStartOver={onStartOver} />}
      stage={<Picture twin={twin} />}
      player={<p className={styles.twinNote}>{pictureNote(twin)}</p>}
      controls={<Values twin={twin} />}
      strip={<Strip metrics={main} />}
      tabs={<p className={styles.twinNote}>{translate({ id: 'lab.tags.twinResults', message: 'Results of this run' })}</p>}
      panel={<TwinTables twin={twin} />}
    />
  );
}

function Status({ state }: Pick<TwinProps, 'state'>): ReactNode {
  return (
    <span className={styles.twinStatus}>
      {state === 'loading'
        ? translate({ id: 'lab.tags.twinLoading', message: 'Loading the live experiment…' })
        : translate({ id: 'lab.tags.twinStill', message: 'A still of one run' })}
    </span>
  );
}

/** Laid over the stage, where there is room for it on every screen. */
function Failure({ state, onRetry, onStartOver }: Pick<TwinProps, 'state' | 'onRetry' | 'onStartOver'>): ReactNode {
  if (state !== 'failed' && state !== 'broken') return null;
  return (
    <div className={styles.twinFailure} role="alert">
      <p>
        {state === 'failed'
          ? translate({ id: 'lab.tags.twinFailed', message: 'The live experiment could not be loaded. Are you online?' })
          : translate({ id: 'lab.tags.twinBroken', message: 'The live experiment has stopped with an error.' })}
        {onStartOver ? ` ${translate({ id: 'lab.tags.setupKept', message: 'What you set up is kept.' })}` : ''}
      </p>
      <button type="button" className={styles.button} onClick={onRetry}>
        {translate({ id: 'lab.tags.tryAgain', message: 'Try again' })}
      </button>
      {onStartOver ? (
        <button type="button" className={styles.button} onClick={onStartOver}>
          {translate({ id: 'lab.tags.startOver', message: 'Start over' })}
        </button>
      ) : null}
    </div>
  );
}

function Picture({ twin }: { twin: TwinData }): ReactNode {
  const { picture, narrowPicture } = twin;
  if (!picture) return <p className={styles.twinWords}>{twin.summary}</p>;
  return (
    <>
      <Drawing picture={picture} className={narrowPicture ? styles.wideOnly : styles.drawing} />
      {narrowPicture ? <Drawing picture={narrowPicture} className={styles.narrowOnly} /> : null}
    </>
  );
}

/** Its title and description stand inside of the SVG. */
function Drawing({ picture, className }: { picture: TwinPicture; className: string }): ReactNode {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the build made this SVG from shapes; texts in it are escaped there
  return <div className={className} dangerouslySetInnerHTML={{ __html: picture.svg }} />;
}

function pictureNote({ pictureAtMs, horizon }: TwinData): string {
  const seconds = pictureAtMs === undefined ? 0 : Math.round(pictureAtMs / 100) / 10;
  const moment =
    pictureAtMs === undefined
      ? ''
      : translate({ id: 'lab.tags.twinMoment', message: 'The picture shows {seconds} s of simulated time.' }, { seconds });
  const length = horizon ? translate({ id: 'lab.tags.twinLasts', message: 'The run lasts {horizon}.' }, { horizon }) : '';
  return [moment, length].filter((sentence) => sentence !== '').join(' ');
}

/** Looks like the live strip, so that the numbers seem to stay when it comes. */
function Strip({ metrics }: { metrics: TwinMetric[] }): ReactNode {
  return (
    <dl className={results.strip} aria-label={translate({ id: 'lab.tags.mainResults', message: 'Main results' })}>
      {metrics.map(({ id, label, short, text, textB, theory }) => (
        <div key={id} className={results.cell}>
          <dt className={results.short} title={label}>
            {short}
          </dt>
          {textB === undefined ? (
            <>
              <dd className={results.value}>{text}</dd>
              <dd className={results.small}>
                {theory && !theory.reason ? (
                  <span className={results.theory}>
                    {translate({ id: 'lab.tags.twinTheory', message: 'theory {text}' }, { text: theory.text })}
                  </span>
                ) : (
                  ''
                )}
              </dd>
            </>
          ) : (
            <>
              <dd className={results.pair}>
                <span className={results.sideA}>A</span> {text}
              </dd>
              <dd className={results.pair}>
                <span className={results.sideB}>B</span> {textB}
              </dd>
            </>
          )}
        </div>
      ))}
    </dl>
  );
}

function Values({ twin }: { twin: TwinData }): ReactNode {
  return (
    <dl className={styles.twinValues}>
      {twin.values.map(({ name, label, text }) => (
        <div key={name}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
