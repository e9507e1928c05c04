// The run as a strip of stills: its decisive moments, each a button that moves the cursor there. Made when the run has come to
// rest, so that it costs a change of the setup nothing.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import type { Result } from '../../experiments/definition/result';
import { clockText } from '../player/clockText';
import { usePlayback, useSession, useSessionState } from '../session/useSession';
import { captionOf } from './caption';
import styles from './film.module.css';
import { type Moment, momentsOf } from './moments';
import { stillsOf } from './still';

interface Frame {
  moment: Moment;
  svg: string;
  caption: string;
}

const firstRestMs = 250;
/** The reader's hand has come to rest. */
const restMs = 900;

export default function Film(): ReactNode {
  const { definition, playback } = useSession();
  const edited = useSessionState((state) => (state.b ? state.edited : 'a'));
  const compares = useSessionState((state) => state.b !== null);
  const result = useSessionState((state) => (state.edited === 'b' && state.b ? state.resultB : state.resultA));
  const frames = useFrames(definition, result);
  const cursorMs = usePlayback((clock) => clock.cursorMs());
  const current = frames.findLastIndex(({ moment }) => moment.atMs <= cursorMs + 1e-6);
  const name = compares
    ? translate({ id: 'lab.film.nameOfSide', message: 'Film strip of side {side}' }, { side: edited.toUpperCase() })
    : translate({ id: 'lab.film.name', message: 'Film strip: decisive moments of the run' });
  const choose = (atMs: number): void => {
    playback.pause();
    playback.seek(atMs);
  };
  return (
    <ol className={styles.film} aria-label={name}>
      {frames.map(({ moment, svg, caption }, index) => (
        <li key={`${moment.kind}${moment.atMs}`} className={styles.frame}>
          <button
            type="button"
            className={styles.still}
            aria-current={index === current ? 'step' : undefined}
            data-moment={moment.kind}
            onClick={() => choose(moment.atMs)}
          >
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made here from shapes; texts in it are escaped there */}
            <span className={styles.picture} aria-hidden="true" dangerouslySetInnerHTML={{ __html: svg }} />
            <span className={styles.time}>{clockText(moment.atMs, result?.horizonMs ?? 0, definition.clock?.unit ?? 's')}</span>
            <span className={styles.caption}>{caption}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function useFrames(definition: ExperimentDefinition, result: Result | null): Frame[] {
  const [frames, setFrames] = useState<Frame[]>([]);
  const isFirst = useRef(true);
  useEffect(() => {
    if (!result) return;
    let isStale = false;
    const timer = setTimeout(
      () => {
        isFirst.current = false;
        void framesOf(definition, result, () => isStale).then((made) => isStale || setFrames(made));
      },
      isFirst.current ? firstRestMs : restMs,
    );
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [definition, result]);
  return frames;
}

/** Picture by picture, so that nothing else has to wait for all of them. */
async function framesOf({ id, scene }: ExperimentDefinition, result: Result, isStale: () => boolean): Promise<Frame[]> {
  const stills = stillsOf(result, scene);
  if (!stills) return [];
  const requests = scene?.words?.requests ?? translate({ id: 'lab.film.requests', message: 'requests' });
  const frames: Frame[] = [];
  for (const moment of momentsOf(result)) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (isStale()) break;
    const svg = stills.pictureAt(moment.atMs, `film-${id}-${frames.length}`);
    frames.push({ moment, svg, caption: captionOf(moment, requests) });
  }
  return frames;
}
