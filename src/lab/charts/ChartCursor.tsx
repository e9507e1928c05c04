// Where we look, on a chart that follows the clock: a line laid over the plot. It moves by a transform; nothing is drawn again.

import { type ReactNode, useEffect, useRef } from 'react';
import styles from './charts.module.css';

export interface ChartClock {
  cursorMs(): number;
  horizonMs(): number;
  subscribe(listener: () => void): () => void;
}

export function ChartCursor({ clock, onSeek }: { clock: ChartClock; onSeek: (ms: number) => void }): ReactNode {
  const line = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = () => {
      const horizonMs = clock.horizonMs();
      const share = horizonMs > 0 ? clock.cursorMs() / horizonMs : 0;
      if (line.current) line.current.style.transform = `translateX(${(share * 100).toFixed(3)}%)`;
    };
    place();
    return clock.subscribe(place);
  }, [clock]);
  useEffect(() => {
    // The field lets the pointer through, so that the chart's tooltip works; a click anywhere on the plot is ours as well.
    const plot = field.current?.parentElement;
    const seek = ({ clientX, clientY }: MouseEvent) => {
      const box = field.current?.getBoundingClientRect();
      if (!box || clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom) return;
      onSeek(((clientX - box.left) / box.width) * clock.horizonMs());
    };
    plot?.addEventListener('click', seek);
    return () => plot?.removeEventListener('click', seek);
  }, [clock, onSeek]);
  return (
    <div ref={field} className={styles.cursorField} aria-hidden="true" data-part="chart-cursor">
      <div ref={line} className={styles.cursor} />
    </div>
  );
}
