// A calculation on stage: its one picture, as large as there is room for. Where every way to draw it would get too small to
// read, it is wider than the stage and can be moved sideways.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useLayoutEffect, useMemo, useRef } from 'react';
import { type OwnPicture, ownPicture } from '../../experiments/definition/ownPicture';
import type { Result } from '../../experiments/definition/result';
import type { SceneOptions } from '../../picture/scene';
import { useFail } from '../frame/useFail';
import type { Clock } from './clock';
import { fitDrawing } from './fitDrawing';
import { Painter } from './painter';
import styles from './stage.module.css';
import { useSize } from './useSize';

interface PictureSideProps {
  result: Result;
  scene: SceneOptions | undefined;
  clock: Clock;
  side: 'a' | 'b';
  /** "side A" when there are two. */
  name?: string;
}

const nothing: OwnPicture = { shapes: [], size: { width: 1, height: 1 } };

export function PictureSide({ result, scene, clock, side, name }: PictureSideProps): ReactNode {
  const root = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter | null>(null);
  const size = useSize(root);
  const fail = useFail();
  const { wide, narrow } = useMemo(() => ownPicture(result, scene) ?? { wide: nothing }, [result, scene]);
  const { drawing, scale } = fitDrawing(wide, narrow, size);
  const { shapes } = drawing;
  const width = drawing.size.width * scale;
  const height = drawing.size.height * scale;

  useLayoutEffect(() => {
    if (!canvas.current) return;
    const made = new Painter(canvas.current, clock, fail);
    painter.current = made;
    return () => {
      made.close();
      painter.current = null;
    };
  }, [clock, fail]);

  useLayoutEffect(() => {
    painter.current?.show({ size: { width, height }, scale, shapesAt: () => shapes });
  }, [shapes, width, height, scale]);

  const label = `${name ? `${sentenceCase(name)}. ` : ''}${result.summary}`;
  const isWider = size !== null && width > size.width + 1;
  const scrollLabel = name
    ? translate({ id: 'lab.stage.scrollSide', message: 'Picture of {side}; scroll sideways to see all of it' }, { side: name })
    : translate({ id: 'lab.stage.scroll', message: 'Picture; scroll sideways to see all of it' });
  return (
    <div
      ref={root}
      className={styles.scroller}
      data-side={side}
      {...(isWider ? { tabIndex: 0, role: 'region', 'aria-label': scrollLabel } : {})}
    >
      <canvas ref={canvas} className={styles.still} role="img" aria-label={label} style={{ inlineSize: width, blockSize: height }} />
    </div>
  );
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
