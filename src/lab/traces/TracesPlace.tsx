// The requests of the run, slowest first, and what each of them spent its time on. A wide frame shows the list and the chosen
// request side by side, a narrow one the one or the other.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useLens, useLensState } from '../frame/lens';
import { filtersOf } from './filters';
import { RequestDetail } from './RequestDetail';
import { RequestList } from './RequestList';
import { rowOfRequest } from './requestTable';
import { rowsInOrder } from './rowsInOrder';
import { TraceFilters } from './TraceFilters';
import styles from './traces.module.css';
import { useClockText, useTraces } from './useTraces';

export default function TracesPlace(): ReactNode {
  const lens = useLens();
  const filters = filtersOf(lens);
  const { sort, outcome, leastMs } = useSyncExternalStore(filters.subscribe, filters.getState, filters.getState);
  const { side, table, seed } = useTraces();
  const request = useLensState((state) => state.request);
  const range = useLensState((state) => state.range);
  const part = useLensState((state) => state.part);
  const list = useRef<HTMLDivElement>(null);
  const detail = useRef<HTMLHeadingElement>(null);
  const clock = useClockText();
  const rows = useMemo(
    () => (table ? rowsInOrder(table, { sort, outcome, leastMs, range, part }) : new Uint32Array(0)),
    [table, sort, outcome, leastMs, range, part],
  );
  useTakenFocus(list, detail);
  const back = useCallback((): void => {
    lens.open({ request: null });
    requestAnimationFrame(() => list.current?.focus());
  }, [lens]);
  if (!table) return <p className={styles.note}>{translate({ id: 'lab.traces.none', message: 'Nothing was recorded of this run.' })}</p>;
  const { trace } = table;
  return (
    <div className={styles.traces} data-part="traces" data-shows={request === null ? 'list' : 'detail'}>
      <TraceFilters table={table} shown={rows.length} filters={filters} />
      {trace.fromMs > 0 || trace.toMs < trace.horizonMs ? (
        <p className={styles.window}>
          {translate(
            { id: 'lab.traces.window', message: 'A long run: recorded request by request from {from} to {to}, around the cursor.' },
            { from: clock(trace.fromMs), to: clock(trace.toMs) },
          )}
        </p>
      ) : null}
      <div className={styles.body}>
        <RequestList ref={list} table={table} rows={rows} seed={seed} chosen={request === null ? -1 : rowOfRequest(table, request)} />
        <RequestDetail ref={detail} table={table} side={side} seed={seed} request={request} onBack={back} />
      </div>
    </div>
  );
}

/** Who came by keyboard lands in what was opened; and nobody's focus is left on a list that has gone out of sight. */
function useTakenFocus(list: React.RefObject<HTMLDivElement | null>, detail: React.RefObject<HTMLHeadingElement | null>): void {
  const { store } = useLens();
  const takesFocus = useLensState((state) => state.takesFocus);
  const request = useLensState((state) => state.request);
  useEffect(() => {
    if (!takesFocus) return;
    store.set({ takesFocus: false });
    (request === null ? list.current : detail.current)?.focus();
  }, [takesFocus, request, store, list, detail]);
  useLayoutEffect(() => {
    const { current } = list;
    if (request !== null && current?.contains(document.activeElement) && current.offsetParent === null) detail.current?.focus();
  }, [request, list, detail]);
}
