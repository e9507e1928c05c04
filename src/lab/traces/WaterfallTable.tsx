// The waterfall is a table: what it draws as bars stands beside them in words, so that one thing serves eyes and ears. The
// cursor is drawn over it; a click on a bar's row moves it there.

import type { Span } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import { type PointerEvent, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useSession } from '../session/useSession';
import type { RequestSpans } from './requestSpans';
import type { RequestTable } from './requestTable';
import { labelOf } from './sentence';
import styles from './traces.module.css';
import { type Waterfall, waterfallOf } from './waterfall';
import { doingWord, lengthText, outcomeSigns, outcomeWord, requestName, shareText } from './words';

export function WaterfallTable({ table, spans }: { table: RequestTable; spans: RequestSpans }): ReactNode {
  const { definition, playback } = useSession();
  const root = useRef<HTMLTableElement>(null);
  const waterfall = useMemo(() => waterfallOf(spans), [spans]);
  useCursor(root, waterfall);
  const seek = (event: PointerEvent<HTMLElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    playback.pause();
    playback.seek(waterfall.fromMs + ((event.clientX - left) / width) * (waterfall.toMs - waterfall.fromMs));
  };
  const nameOf = (span: Span): string => {
    if (span.step === 'request') return requestName(definition, span.request);
    if (span.step === 'attempt') return translate({ id: 'lab.traces.attempt', message: 'Attempt {number}' }, { number: span.attempt + 1 });
    if (span.step === 'visit') return labelOf(table.trace, span.part);
    return doingWord(span.step);
  };
  return (
    <table ref={root} className={styles.waterfall} data-part="waterfall">
      <thead>
        <tr>
          <th scope="col">{translate({ id: 'lab.traces.what', message: 'What' })}</th>
          <td aria-hidden="true" />
          <th scope="col">{translate({ id: 'lab.traces.time', message: 'Time' })}</th>
          <th scope="col">{translate({ id: 'lab.traces.share', message: 'Share' })}</th>
        </tr>
      </thead>
      <tbody>
        {waterfall.rows.map(({ span, depth, ms, share, left, width }) => (
          <tr key={span.spanId} data-step={span.step}>
            <th scope="row" style={{ paddingInlineStart: `calc(0.875rem + ${Math.min(depth, 8)} * 0.625rem)` }}>
              {nameOf(span)}
              {span.step !== 'request' && span.fate !== undefined && span.fate !== 'completed' ? (
                <span className={styles.outcome} data-outcome={span.fate}>
                  {' '}
                  <span aria-hidden="true">{outcomeSigns[span.fate]}</span> {outcomeWord(span.fate)}
                </span>
              ) : null}
            </th>
            <td aria-hidden="true" className={styles.track} onPointerUp={seek}>
              <span
                data-doing={span.step === 'wait' || span.step === 'service' || span.step === 'flight' ? span.step : 'whole'}
                data-open={span.isOpen ? 'yes' : undefined}
                style={{ insetInlineStart: `${100 * left}%`, inlineSize: `max(2px, ${100 * width}%)` }}
              />
            </td>
            <td>{lengthText(ms)}</td>
            <td>{shareText(share)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Moves with every frame, so no rendering is asked for it: the style takes the share of the width. */
function useCursor(root: React.RefObject<HTMLTableElement | null>, { fromMs, toMs }: Waterfall): void {
  const { playback } = useSession();
  useEffect(() => {
    const show = (): void => {
      const share = toMs > fromMs ? (playback.cursorMs() - fromMs) / (toMs - fromMs) : -1;
      root.current?.toggleAttribute('data-cursor', share >= 0 && share <= 1);
      root.current?.style.setProperty('--cursor', `${(100 * Math.min(1, Math.max(0, share))).toFixed(2)}%`);
    };
    show();
    return playback.subscribe(show);
  }, [playback, root, fromMs, toMs]);
}
