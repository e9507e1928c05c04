// The cursor of the run on a chart: one element that is moved, so that the chart is not drawn again at every frame.

import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { Clock } from '../stage/clock';
import styles from './charts.module.css';
import { plot } from './plot';

interface ClockCursorProps {
  clock: Clock;
  /** Simulated ms over the whole x axis. */
  spanMs: number;
  /** Width of the chart in px. */
  width: number;
}

export function ClockCursor({ clock, spanMs, width }: ClockCursorProps): ReactNode {
  const line = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    let frame = 0;
    const move = (): void => {
      frame = 0;
      const share = Math.min(1, Math.max(0, clock.cursorMs() / spanMs));
      if (line.current) line.current.style.transform = `translateX(${(plot.left + share * (width - plot.left - plot.right)).toFixed(1)}px)`;
    };
    move();
    const stop = clock.subscribe(() => {
      frame ||= requestAnimationFrame(move);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [clock, spanMs, width]);
  return <div ref={line} className={styles.cursor} aria-hidden="true" />;
}
