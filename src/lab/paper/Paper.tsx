// The experiment on paper, as it stands on the screen: how it is set, the picture at the cursor, all numbers of both sides, what
// the model leaves out, and the link that brings it back.

import type { PartDescription } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import type { Result } from '../../experiments/definition/result';
import { clockText } from '../player/clockText';
import { Results } from '../results/Results';
import { sideName } from '../results/sideName';
import type { Side } from '../session/state';
import { useSession, useSessionState } from '../session/useSession';
import { fragmentOf } from '../share/shareLink';
import { interventionText, valuesInWords } from '../words/valueText';
import styles from './paper.module.css';
import { pictureText } from './pictureText';

export function Paper(): ReactNode {
  const session = useSession();
  const { definition, playback } = session;
  const a = useSessionState((state) => state.a);
  const b = useSessionState((state) => state.b);
  const seed = useSessionState((state) => state.seed);
  const resultA = useSessionState((state) => state.resultA);
  const resultB = useSessionState((state) => state.resultB);
  const [cursorMs, horizonMs] = [playback.cursorMs(), playback.horizonMs()];
  const address = new URL(window.location.href);
  address.hash = fragmentOf(session);
  return (
    <div className={styles.paper} data-part="paper">
      <p className={styles.title}>{definition.title}</p>
      <p>{definition.question}</p>
      <Setup definition={definition} side={a} horizonMs={horizonMs} parts={resultA?.trace?.partList} name={b ? sideName('a') : null} />
      {b ? <Setup definition={definition} side={b} horizonMs={horizonMs} parts={resultB?.trace?.partList} name={sideName('b')} /> : null}
      <p>
        {translate({ id: 'lab.paper.seed', message: 'Seed {seed}.' }, { seed })}
        {definition.clock ? ` ${momentText(definition, cursorMs, horizonMs)}` : ''}
      </p>
      <Picture definition={definition} result={resultA} side="a" cursorMs={cursorMs} name={b ? sideName('a') : null} />
      {b ? <Picture definition={definition} result={resultB} side="b" cursorMs={cursorMs} name={sideName('b')} /> : null}
      <Results />
      <p className={styles.heading}>{translate({ id: 'lab.paper.leavesOut', message: 'What this model leaves out' })}</p>
      <ul>
        {definition.leavesOut.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p className={styles.link}>
        {translate({ id: 'lab.paper.link', message: 'This experiment, as it stands here:' })} <span>{address.href}</span>
      </p>
    </div>
  );
}

function momentText({ clock }: ExperimentDefinition, cursorMs: number, horizonMs: number): string {
  const unit = clock?.unit ?? 's';
  return translate(
    { id: 'lab.paper.moment', message: 'The run lasts {end}; the picture shows {now}.' },
    { end: clockText(horizonMs, horizonMs, unit), now: clockText(cursorMs, horizonMs, unit) },
  );
}

function Setup({
  definition,
  side,
  horizonMs,
  parts,
  name,
}: {
  definition: ExperimentDefinition;
  side: Side;
  horizonMs: number;
  parts: readonly PartDescription[] | undefined;
  name: string | null;
}) {
  const values = valuesInWords(definition, side.values).map(({ label, text }) => `${label} ${text}`);
  const interventions = side.interventions.map((one) => interventionText(definition, one, horizonMs, parts));
  return (
    <p>
      <b>{name ?? translate({ id: 'lab.paper.values', message: 'Values' })}:</b> {values.join(' · ')}
      {interventions.length === 0
        ? ''
        : ` · ${translate({ id: 'lab.paper.interventions', message: 'interventions: {list}' }, { list: interventions.join('; ') })}`}
    </p>
  );
}

interface PictureProps {
  definition: ExperimentDefinition;
  result: Result | null;
  side: 'a' | 'b';
  cursorMs: number;
  name: string | null;
}

function Picture({ definition, result, side, cursorMs, name }: PictureProps): ReactNode {
  const svg = result ? pictureText(definition, result, side, cursorMs) : null;
  if (svg === null) return null;
  return (
    <figure className={styles.figure}>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made here from shapes; texts in it are escaped there */}
      <div className={styles.picture} dangerouslySetInnerHTML={{ __html: svg }} />
      {name === null ? null : <figcaption>{name}</figcaption>}
    </figure>
  );
}
