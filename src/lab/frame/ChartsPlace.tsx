// The charts of the run, as a chunk of their own. A click on a chart over time moves the cursor there, and offers the log and the
// traces of that moment: a spike is where one wants to know why.

import { translate } from '@docusaurus/Translate';
import { type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { Charts } from '../charts/Charts';
import { clockText } from '../player/clockText';
import { useSession, useSessionState } from '../session/useSession';
import bar from './bar.module.css';
import { around, useLens } from './lens';
import styles from './lens.module.css';

interface Offer {
  atMs: number;
  x: number;
  y: number;
}

const halfWidthPx = 150;

export default function ChartsPlace(): ReactNode {
  const { definition, playback } = useSession();
  const resultA = useSessionState((state) => state.resultA);
  const resultB = useSessionState((state) => state.resultB);
  const sought = useRef<number | null>(null);
  const [offer, setOffer] = useState<Offer | null>(null);
  if (!resultA) return null;
  // The chart has told its time before the event comes up to here.
  const onPointerUp = (event: PointerEvent<HTMLDivElement>): void => {
    const atMs = sought.current;
    sought.current = null;
    if (event.target instanceof Element && event.target.closest('[data-part="moment"]')) return;
    if (atMs === null || definition.kind !== 'simulation') {
      setOffer(null);
      return;
    }
    const { left, top, width } = event.currentTarget.getBoundingClientRect();
    const x = Math.min(width - halfWidthPx, Math.max(halfWidthPx, event.clientX - left));
    setOffer({ atMs, x: width < 2 * halfWidthPx ? width / 2 : x, y: event.clientY - top });
  };
  return (
    // It only places what a click on a chart offers; log and traces have the same filters.
    <div className={styles.charts} onPointerUp={onPointerUp}>
      <Charts
        definition={definition}
        a={resultA}
        b={resultB}
        clock={playback}
        onSeek={(ms) => {
          sought.current = ms;
          playback.seek(ms);
        }}
      />
      {offer ? <Moment offer={offer} onClose={() => setOffer(null)} /> : null}
    </div>
  );
}

function Moment({ offer, onClose }: { offer: Offer; onClose: () => void }): ReactNode {
  const { definition, playback } = useSession();
  const lens = useLens();
  const horizonMs = playback.horizonMs();
  const time = clockText(offer.atMs, horizonMs, definition.clock?.unit ?? 's');
  const open = (panel: 'log' | 'traces'): void => {
    playback.pause();
    lens.open({ panel, request: null, ...around(offer.atMs, horizonMs), takesFocus: true });
  };
  return (
    <div className={styles.offer} data-part="moment" style={{ insetInlineStart: offer.x, insetBlockStart: offer.y }}>
      <button type="button" className={bar.button} data-action="log-around" onClick={() => open('log')}>
        {translate({ id: 'lab.frame.logAround', message: 'Log around {time}' }, { time })}
      </button>
      <button type="button" className={bar.button} data-action="traces-around" onClick={() => open('traces')}>
        {translate({ id: 'lab.frame.tracesThen', message: 'Traces' })}
      </button>
      <button
        type="button"
        className={`${bar.button} ${bar.dice}`}
        aria-label={translate({ id: 'lab.frame.close', message: 'Close' })}
        onClick={onClose}
      >
        <span aria-hidden="true">×</span>
      </button>
    </div>
  );
}
