// A calculation on stage: its one picture, as large as there is room for. Where it would get too small to read, it is wider
// than the stage and can be moved sideways.

import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { Shape, Size } from '../../picture/shapes';
import type { Clock } from './clock';
import { Painter } from './painter';
import styles from './stage.module.css';
import { useSize } from './useSize';

interface PictureSideProps {
  shapes: readonly Shape[];
  /** That the shapes were drawn for. */
  drawnFor: Size;
  /** What is to be seen, in words. */
  summary: string;
  clock: Clock;
  side: 'a' | 'b';
  name?: string;
}

/** Text of 12 px stays readable down to this scale. */
const leastScale = 0.8;
const greatestScale = 1.4;

export function PictureSide({ shapes, drawnFor, summary, clock, side, name }: PictureSideProps): ReactNode {
  const root = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter | null>(null);
  const size = useSize(root);
  const fits = size ? Math.min(size.width / drawnFor.width, size.height / drawnFor.height, greatestScale) : 1;
  const scale = fits >= leastScale || !size ? fits : Math.min(1, Math.max(leastScale, size.height / drawnFor.height));
  const width = drawnFor.width * scale;
  const height = drawnFor.height * scale;

  useLayoutEffect(() => {
    if (!canvas.current) return;
    const made = new Painter(canvas.current, clock);
    painter.current = made;
    return () => {
      made.close();
      painter.current = null;
    };
  }, [clock]);

  useLayoutEffect(() => {
    painter.current?.show({ size: { width, height }, scale, shapesAt: () => shapes });
  }, [shapes, width, height, scale]);

  const label = `${name ? `${name}. ` : ''}${summary}`;
  const isWider = size !== null && width > size.width + 1;
  return (
    <div
      ref={root}
      className={styles.scroller}
      data-side={side}
      {...(isWider ? { tabIndex: 0, role: 'region', 'aria-label': 'Picture; scroll sideways to see all of it' } : {})}
    >
      <canvas ref={canvas} className={styles.still} role="img" aria-label={label} style={{ inlineSize: width, blockSize: height }} />
    </div>
  );
}
