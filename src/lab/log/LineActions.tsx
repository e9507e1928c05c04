// What can be asked about the line of the moment: only its part, the trace of its request; where it names none, the request that
// had been at its part the longest then. In one place below the lines, so that a list stays a list.

import type { LogLine, Trace } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import controls from '../controls/controls.module.css';
import { useLens } from '../frame/lens';
import type { SideName } from '../session/state';
import { useSession } from '../session/useSession';
import { requestTable } from '../traces/requestTable';
import { slowestAt } from '../traces/rowsInOrder';
import { requestName } from '../traces/words';
import styles from './log.module.css';

interface LineActionsProps {
  trace: Trace | undefined;
  side: SideName;
  line: LogLine | undefined;
}

export function LineActions({ trace, side, line }: LineActionsProps): ReactNode {
  const { definition, playback } = useSession();
  const lens = useLens();
  const part = line && line.part >= 0 ? trace?.partList[line.part] : undefined;
  const named = line?.request ?? null;
  const toTrace = (request: number | null): void => {
    playback.pause();
    if (request !== null) lens.open({ panel: 'traces', side, request, takesFocus: true });
    else if (line) lens.open({ panel: 'traces', side, request: null, fromMs: line.atMs, part: part?.name, takesFocus: true });
  };
  return (
    <div className={styles.actions} data-part="line-actions">
      {line === undefined || !trace ? (
        <span className={styles.hint}>{translate({ id: 'lab.log.hint', message: 'A click on a line moves the cursor to its time.' })}</span>
      ) : (
        <>
          {named === null ? (
            <button
              type="button"
              className={controls.button}
              data-action="slowest-then"
              onClick={() => toTrace(slowestAt(requestTable(trace), line.atMs, part?.id ?? -1))}
            >
              {part
                ? translate({ id: 'lab.log.slowestAtPart', message: 'Slowest request at {part} then' }, { part: part.label })
                : translate({ id: 'lab.log.slowest', message: 'Slowest request then' })}
            </button>
          ) : (
            <button type="button" className={controls.button} data-action="trace-of-line" onClick={() => toTrace(named)}>
              {translate({ id: 'lab.log.trace', message: 'Trace of {request}' }, { request: requestName(definition, named) })}
            </button>
          )}
          {part ? (
            <button type="button" className={controls.button} data-action="only-part" onClick={() => lens.store.set({ part: part.name })}>
              {translate({ id: 'lab.log.onlyPart', message: 'Only {part}' }, { part: part.label })}
            </button>
          ) : null}
        </>
      )}
    </div>
  );
}
