// The list: one row a request. Arrow keys go from row to row, Enter opens one. Only rows near the visible part are in the page,
// and only of those is it found out where their time went.

import { translate } from '@docusaurus/Translate';
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { useLens } from '../frame/lens';
import { useRowsInView } from '../log/useRowsInView';
import { useSession } from '../session/useSession';
import { requestSpans } from './requestSpans';
import type { RequestTable } from './requestTable';
import { labelOf } from './sentence';
import { TimeBar } from './TimeBar';
import styles from './traces.module.css';
import { useClockText } from './useTraces';
import { doingAt, lengthText, outcomeOf, outcomeSigns, outcomeWord, requestName } from './words';

interface RequestListProps {
  ref: Ref<HTMLDivElement>;
  table: RequestTable;
  /** In the order in which they are shown. */
  rows: Uint32Array;
  seed: number;
  /** Row of the request that is followed, or -1. */
  chosen: number;
}

const rowPx = 46;
const pageRows = 6;

export function RequestList({ ref, table, rows, seed, chosen }: RequestListProps): ReactNode {
  const lens = useLens();
  const box = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => box.current as HTMLDivElement, []);
  const id = useId();
  const [active, setActive] = useState(0);
  const { from, to, onScroll, reveal } = useRowsInView(box, rows.length, rowPx);
  const current = Math.min(active, rows.length - 1);
  const longestMs = useMemo(() => rows.reduce((most, row) => Math.max(most, table.endMs[row] - table.startMs[row]), 0), [rows, table]);
  useEffect(() => {
    const at = chosen < 0 ? -1 : rows.indexOf(chosen);
    if (at < 0) return;
    setActive(at);
    reveal(at);
  }, [chosen, rows, reveal]);
  const choose = (at: number, takesFocus: boolean): void => {
    setActive(at);
    lens.open({ request: table.numbers[rows[at]], takesFocus });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && current >= 0) {
      event.preventDefault();
      choose(current, true);
    }
    const next = stepped(event.key, current, rows.length);
    if (next === null) return;
    event.preventDefault();
    setActive(next);
    reveal(next);
  };
  if (rows.length === 0)
    return (
      <div ref={box} tabIndex={-1} className={styles.list}>
        <p className={styles.note}>
          {table.count === 0
            ? translate({ id: 'lab.traces.noRequests', message: 'Nothing arrived in this run.' })
            : translate({ id: 'lab.traces.noneFits', message: 'None fits the filters.' })}
        </p>
      </div>
    );
  return (
    <div
      ref={box}
      role="listbox"
      tabIndex={0}
      aria-label={translate({ id: 'lab.traces.list', message: 'Requests of the run' })}
      aria-activedescendant={current >= from && current < to ? `${id}${current}` : undefined}
      data-own-keys=""
      className={styles.list}
      onKeyDown={onKeyDown}
      onScroll={onScroll}
    >
      <div role="presentation" className={styles.sheet} style={{ blockSize: rows.length * rowPx, paddingBlockStart: from * rowPx }}>
        {Array.from(rows.subarray(from, to), (row, offset) => (
          <Row
            key={row}
            id={`${id}${from + offset}`}
            table={table}
            row={row}
            seed={seed}
            place={from + offset + 1}
            count={rows.length}
            isActive={from + offset === current}
            isChosen={row === chosen}
            longestMs={longestMs}
            onChoose={() => choose(from + offset, false)}
          />
        ))}
      </div>
    </div>
  );
}

function stepped(key: string, current: number, count: number): number | null {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: pageRows, PageUp: -pageRows, Home: -count, End: count };
  const step = steps[key];
  return step === undefined ? null : Math.min(count - 1, Math.max(0, current + step));
}

interface RowProps {
  id: string;
  table: RequestTable;
  row: number;
  seed: number;
  place: number;
  count: number;
  isActive: boolean;
  isChosen: boolean;
  longestMs: number;
  onChoose: () => void;
}

function Row({ id, table, row, seed, place, count, isActive, isChosen, longestMs, onChoose }: RowProps): ReactNode {
  const { definition } = useSession();
  const clock = useClockText();
  const spans = requestSpans(table, row, seed);
  const outcome = outcomeOf(table.fate[row]);
  const lastedMs = table.endMs[row] - table.startMs[row];
  const [main] = spans.stretches;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      aria-setsize={count}
      aria-posinset={place}
      className={styles.row}
      data-active={isActive ? 'yes' : undefined}
      data-request={table.numbers[row]}
      data-outcome={outcome}
      onClick={onChoose}
    >
      <span className={styles.outcome} data-outcome={outcome}>
        <span aria-hidden="true">{outcomeSigns[outcome]}</span> {outcomeWord(outcome)}
      </span>
      <span className={styles.name}>{requestName(definition, table.numbers[row])}</span>
      <span className={styles.lasted}>{lengthText(lastedMs)}</span>
      <TimeBar spans={spans} share={longestMs > 0 ? lastedMs / longestMs : 0} />
      <span className={styles.about}>
        {clock(table.startMs[row])}
        {spans.attempts > 1 ? ` · ${translate({ id: 'lab.traces.attempts', message: '{count} attempts' }, { count: spans.attempts })}` : ''}
        {main && main.ms > 0 ? ` · ${lengthText(main.ms)} ${doingAt(main.doing, labelOf(table.trace, main.part))}` : ''}
      </span>
    </div>
  );
}
