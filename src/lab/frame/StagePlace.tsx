// The picture of the run, or of both sides on one clock; and the menu of the part that the reader picked in it.

import type { PartDescription } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import { type ReactNode, Suspense, useCallback, useMemo, useState } from 'react';
import type { SideName } from '../session/state';
import { usePlayback, useSession, useSessionState } from '../session/useSession';
import { Stage } from '../stage/Stage';
import bar from './bar.module.css';
import { fetched } from './fetched';
import { Guard } from './Guard';
import { useLens, useLensState } from './lens';
import { useLensSide } from './lensSide';
import { PartMenu } from './PartMenu';

const ChosenRequest = fetched(() => import('../traces/ChosenRequest'));

interface Picked {
  part: PartDescription;
  side: SideName;
  rect: DOMRect;
  button: HTMLElement | null;
}

export function StagePlace(): ReactNode {
  const session = useSession();
  const { definition, playback, store } = session;
  const resultA = useSessionState((state) => state.resultA);
  const resultB = useSessionState((state) => state.resultB);
  const hasFailed = useSessionState((state) => state.status === 'failed');
  const msPerSecond = usePlayback((clock) => (clock.horizonMs() / (definition.clock?.playSeconds ?? 30)) * clock.speed());
  const [picked, setPicked] = useState<Picked | null>(null);
  const onPart = useCallback(
    (name: string, rect: DOMRect, side: SideName, button: HTMLElement | null) => {
      const state = store.getState();
      const part = (side === 'b' ? state.resultB : state.resultA)?.trace?.partList.find((one) => one.name === name);
      if (part) setPicked({ part, side, rect, button });
    },
    [store],
  );
  const lens = useLens();
  const request = useLensState((state) => state.request);
  const lensSide = useLensSide();
  const followed = useMemo(() => (request === null ? null : { request, side: lensSide }), [request, lensSide]);
  const onRequest = useCallback(
    (picked: number, side: SideName) => {
      playback.pause();
      lens.open({ panel: 'traces', request: picked, side });
    },
    [lens, playback],
  );
  if (hasFailed || !resultA) return <Failure />;
  return (
    <>
      <Stage
        result={resultA}
        resultB={resultB}
        scene={definition.scene}
        clock={playback}
        msPerSecond={msPerSecond}
        onPart={onPart}
        onRequest={onRequest}
        followed={followed}
      />
      {followed ? (
        // Without it the picture still rings the request, and the panel of traces says what is missing.
        <Guard key={followed.request} fallback={() => null}>
          <Suspense fallback={null}>
            <ChosenRequest />
          </Suspense>
        </Guard>
      ) : null}
      {picked ? (
        <PartMenu
          key={`${picked.side}${picked.part.name}`}
          part={picked.part}
          side={picked.side}
          anchor={picked.rect}
          from={picked.button}
          onClose={() => setPicked(null)}
        />
      ) : null}
    </>
  );
}

function Failure(): ReactNode {
  const session = useSession();
  const failure = useSessionState((state) => state.failure);
  const hasResult = useSessionState((state) => state.resultA !== null);
  if (failure === null) return null;
  return (
    <div className={bar.failure} role="alert">
      <p>
        {translate({ id: 'lab.frame.runFailed', message: 'The run failed: {message}' }, { message: failure })}
        {hasResult
          ? ` ${translate({ id: 'lab.frame.lastNumbers', message: 'The numbers below are those of the last run that finished.' })}`
          : ''}
      </p>
      <button type="button" className={bar.button} onClick={() => session.retry()}>
        {translate({ id: 'lab.frame.runAgain', message: 'Run it again' })}
      </button>
    </div>
  );
}
