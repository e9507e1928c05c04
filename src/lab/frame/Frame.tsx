// The live frame: everything around an experiment, put together. Until the first result is there the twin keeps its place.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import type { Twin as TwinData } from '../../experiments/definition/twin';
import { Announcer } from '../announce/Announcer';
import { Summary } from '../announce/Summary';
import { CompareToggle } from '../compare/CompareToggle';
import { Controls } from '../controls/Controls';
import { Seed } from '../controls/Seed';
import { FilmPlace } from '../film/FilmPlace';
import { useShowsFilm } from '../film/filmChoice';
import { KeysHelp } from '../keys/KeysHelp';
import { Paper } from '../paper/Paper';
import { usePrinting } from '../paper/usePrinting';
import { Player } from '../player/Player';
import { playerKeys } from '../player/playerKeys';
import { mainMetrics, Strip } from '../results/Strip';
import type { RawArrangement } from '../session/state';
import { SessionProvider, useSession, useSessionState } from '../session/useSession';
import { Share } from '../share/Share';
import { Twin } from '../tags/Twin';
import { TakeMenu } from '../take/TakeMenu';
import { Boundary } from './Boundary';
import { FrameSkeleton } from './FrameSkeleton';
import { Guard } from './Guard';
import { Lens, LensProvider } from './lens';
import { Notices } from './Notices';
import { PanelBody } from './PanelBody';
import { type PanelName, PanelTabs, panelsOf } from './Panels';
import { StagePlace } from './StagePlace';
import { useInputToFrame } from './useInputToFrame';
import { useOpenSession } from './useOpenSession';

export interface FrameProps {
  id: string;
  initial: RawArrangement;
  titleLevel?: number;
  /** The build's still of the same setup: stays until the first result is there. */
  twin?: TwinData;
}

export default function Frame({ id, initial, titleLevel, twin }: FrameProps): ReactNode {
  const root = useRef<HTMLElement>(null);
  const session = useOpenSession({
    id,
    initial: { cursorMs: twin?.pictureAtMs, ...withoutUndefined(initial) },
    modelHash: twin?.modelHash,
    element: () => root.current,
  });
  const still = twin ? <Twin twin={twin} state="loading" onRetry={() => {}} titleLevel={titleLevel} /> : null;
  if (!session) return still;
  return (
    <SessionProvider value={session}>
      <Guard fallback={(_, tryAgain) => <Stopped twin={twin} titleLevel={titleLevel} onRetry={tryAgain} />}>
        <LiveFrame still={still} titleLevel={titleLevel} root={root} />
      </Guard>
    </SessionProvider>
  );
}

interface StoppedProps {
  twin: TwinData | undefined;
  titleLevel: number | undefined;
  onRetry: () => void;
}

/** The frame has failed, the session has not: the reader's setup is still there, to be tried again or given up. */
function Stopped({ twin, titleLevel, onRetry }: StoppedProps): ReactNode {
  const session = useSession();
  // A result that could not be shown says nothing about the next one, which a `<Try>` may have asked for.
  useEffect(() => {
    const failedOn = session.store.getState();
    return session.store.subscribe(() => {
      const { resultA, resultB } = session.store.getState();
      if (resultA !== failedOn.resultA || resultB !== failedOn.resultB) onRetry();
    });
  }, [session, onRetry]);
  const startOver = (): void => {
    session.reset();
    onRetry();
  };
  return twin ? <Twin twin={twin} state="broken" onRetry={onRetry} onStartOver={startOver} titleLevel={titleLevel} /> : null;
}

function withoutUndefined(raw: RawArrangement): RawArrangement {
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined)) as RawArrangement;
}

interface LiveFrameProps {
  still: ReactNode;
  titleLevel: number | undefined;
  root: React.RefObject<HTMLElement | null>;
}

/** Read from top to bottom with the page. The others have lists that scroll, or the place of the still's numbers. */
const growingPanels: ReadonlySet<PanelName> = new Set(['charts', 'luck', 'sweep', 'card']);

function LiveFrame({ still, titleLevel, root }: LiveFrameProps): ReactNode {
  const session = useSession();
  const { definition } = session;
  const status = useSessionState((state) => state.status);
  const runHash = useSessionState((state) => state.resultA?.traceHash);
  const compares = useSessionState((state) => state.b !== null);
  const runHashB = useSessionState((state) => state.resultB?.traceHash);
  const [lens] = useState(() => new Lens('metrics'));
  const panelOf = (): PanelName => lens.store.getState().panel;
  const panel = useSyncExternalStore(lens.store.subscribe, panelOf, panelOf);
  const panelId = useId();
  const showsFilm = useShowsFilm();
  const isPrinting = usePrinting();
  useInputToFrame(root);
  if (status === 'starting' && still) return still;
  return (
    <LensProvider value={lens}>
      <FrameSkeleton
        rootRef={root}
        id={definition.id}
        title={definition.title}
        question={definition.question}
        kind={definition.kind}
        titleLevel={titleLevel}
        compares={compares}
        narrowStage={definition.scene?.narrow?.height}
        stripCells={mainMetrics(definition).length}
        state={status === 'starting' ? 'running' : status}
        rootData={{ 'data-run-hash': runHash, 'data-run-hash-b': runHashB }}
        onKeyDown={(event) => playerKeys(event, session)}
        actions={
          <>
            <Seed />
            <CompareToggle />
            <Share />
            <TakeMenu />
            <KeysHelp />
          </>
        }
        stage={
          <Boundary what={translate({ id: 'lab.frame.thePicture', message: 'The picture' })}>
            <StagePlace />
          </Boundary>
        }
        notices={<Notices />}
        player={
          <Boundary what={translate({ id: 'lab.frame.thePlayer', message: 'The player' })}>
            <Player />
          </Boundary>
        }
        controls={
          <Boundary what={translate({ id: 'lab.frame.theControls', message: 'The controls' })}>
            <Controls />
          </Boundary>
        }
        strip={<Strip />}
        tabs={<PanelTabs names={panelsOf(definition)} chosen={panel} panelId={panelId} onChoose={(name) => lens.open({ panel: name })} />}
        panelGrows={growingPanels.has(panel)}
        panel={<PanelBody name={panel} panelId={panelId} />}
        film={<FilmPlace />}
        showsFilm={showsFilm}
        summary={<Summary />}
        paper={isPrinting ? <Paper /> : null}
        extra={<Announcer />}
      />
    </LensProvider>
  );
}
