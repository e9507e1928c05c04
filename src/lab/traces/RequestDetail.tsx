// One request: its story in a sentence, its waterfall, the ways from here to the picture and the log, and its trace id.

import { translate } from '@docusaurus/Translate';
import { type KeyboardEvent, type ReactNode, type Ref, useId } from 'react';
import controls from '../controls/controls.module.css';
import { useLens } from '../frame/lens';
import type { SideName } from '../session/state';
import { useSession } from '../session/useSession';
import { type RequestSpans, requestSpans } from './requestSpans';
import { type RequestTable, rowOfRequest } from './requestTable';
import { storyOf } from './sentence';
import styles from './traces.module.css';
import { useClockText, useOtherTable } from './useTraces';
import { WaterfallTable } from './WaterfallTable';
import { doingWord, lengthText, outcomeOf, outcomeWord, requestName } from './words';

interface RequestDetailProps {
  ref: Ref<HTMLHeadingElement>;
  table: RequestTable;
  side: SideName;
  seed: number;
  request: number | null;
  /** To the list. */
  onBack: () => void;
}

export function RequestDetail({ ref, table, side, seed, request, onBack }: RequestDetailProps): ReactNode {
  const { definition } = useSession();
  const clock = useClockText();
  const headingId = useId();
  if (request === null)
    return (
      <div className={styles.detail}>
        <p className={styles.note}>
          {translate({
            id: 'lab.traces.choose',
            message: 'Choose one in the list, or click on a dot in the picture, to see where its time went.',
          })}
        </p>
        <Legend />
      </div>
    );
  const row = rowOfRequest(table, request);
  const spans = row < 0 ? null : requestSpans(table, row, seed);
  const name = requestName(definition, request);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onBack();
  };
  return (
    <section className={styles.detail} aria-labelledby={headingId} data-part="request" data-request={request} onKeyDown={onKeyDown}>
      <div className={styles.head}>
        <h4 ref={ref} id={headingId} tabIndex={-1}>
          {name}
        </h4>
        <button type="button" className={controls.button} data-action="all-requests" onClick={onBack}>
          {translate({ id: 'lab.traces.back', message: 'All requests' })}
        </button>
      </div>
      {spans === null ? (
        <p className={styles.story}>
          {translate({ id: 'lab.traces.notInRun', message: '{request} is not in what was recorded of this run.' }, { request: name })}
        </p>
      ) : (
        <>
          <p className={styles.story} data-part="story">
            {storyOf({ name, outcome: outcomeOf(table.fate[row]), spans, trace: table.trace, clock })}{' '}
            <OtherSide side={side} request={request} />
          </p>
          <Ways spans={spans} />
          <WaterfallTable table={table} spans={spans} />
          <p className={styles.ids}>
            {translate({ id: 'lab.traces.traceId', message: 'Trace id (W3C)' })} <code>{spans.spans[0]?.traceId}</code>
          </p>
        </>
      )}
    </section>
  );
}

/** Of the small bars in the list. */
function Legend(): ReactNode {
  return (
    <ul className={styles.legend}>
      {(['wait', 'service', 'flight', 'other'] as const).map((doing) => (
        <li key={doing}>
          <span className={styles.timeFill} aria-hidden="true">
            <span data-doing={doing} />
          </span>
          {doingWord(doing)}
        </li>
      ))}
    </ul>
  );
}

/** The same request on the other side: arrivals and work are the same there, so this is what the difference between the sides did to it. */
function OtherSide({ side, request }: { side: SideName; request: number }): ReactNode {
  const table = useOtherTable(side);
  const row = table ? rowOfRequest(table, request) : -1;
  if (!table || row < 0) return null;
  return translate(
    { id: 'lab.traces.otherSide', message: 'On side {side}: {time}, {outcome}.' },
    {
      side: side === 'a' ? 'B' : 'A',
      time: lengthText(table.endMs[row] - table.startMs[row]),
      outcome: outcomeWord(outcomeOf(table.fate[row])),
    },
  );
}

/** To the picture and to the log of that time. */
function Ways({ spans }: { spans: RequestSpans }): ReactNode {
  const { playback } = useSession();
  const lens = useLens();
  const clock = useClockText();
  const wait = spans.stretches.find(({ doing, ms }) => doing === 'wait' && ms > 0);
  const go = (toMs: number): void => {
    playback.pause();
    playback.seek(toMs);
  };
  return (
    <div className={styles.ways}>
      <button type="button" className={controls.button} data-action="to-start" onClick={() => go(spans.startMs)}>
        {translate({ id: 'lab.traces.toStart', message: 'Go to its start, {time}' }, { time: clock(spans.startMs) })}
      </button>
      {wait ? (
        // The middle: at its first instant it has only just come.
        <button type="button" className={controls.button} data-action="to-wait" onClick={() => go((wait.fromMs + wait.toMs) / 2)}>
          {translate({ id: 'lab.traces.toWait', message: 'Go to where it waited' })}
        </button>
      ) : null}
      <button
        type="button"
        className={controls.button}
        data-action="to-log"
        onClick={() => lens.open({ panel: 'log', fromMs: spans.startMs, toMs: spans.endMs })}
      >
        {translate({ id: 'lab.traces.toLog', message: 'Log meanwhile' })}
      </button>
    </div>
  );
}
