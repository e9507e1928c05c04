// One side of a simulation on stage: the canvas, the buttons over its parts, and the same in words.

import type { Trace } from '@by-the-slice/simulation';
import { type PointerEvent, type ReactNode, useEffect, useId, useLayoutEffect, useMemo, useRef } from 'react';
import type { Side } from '../../picture/flow';
import { FlowPicture } from '../../picture/flowPicture';
import type { SceneOptions } from '../../picture/scene';
import type { Clock } from './clock';
import { partAt } from './hit';
import { PartButtons } from './PartButtons';
import { Painter } from './painter';
import styles from './stage.module.css';
import { useSize } from './useSize';
import { useStill } from './useStill';

interface FlowSideProps {
  trace: Trace;
  scene?: SceneOptions;
  clock: Clock;
  side: Side;
  msPerSecond: number;
  /** "Side A" when there are two. */
  name?: string;
  onPart?: (name: string, rect: DOMRect, side: Side, button: HTMLElement | null) => void;
}

const retellEveryMs = 1000;

export function FlowSide({ trace, scene, clock, side, msPerSecond, name, onPart }: FlowSideProps): ReactNode {
  const root = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter | null>(null);
  const told = useRef<HTMLParagraphElement>(null);
  const toldId = useId();
  const size = useSize(root);
  const isStill = useStill();
  const picture = useMemo(() => new FlowPicture(trace, scene), [trace, scene]);

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
    if (!size) return;
    const view = { size, msPerSecond, side, isStill };
    painter.current?.show({ size, scale: 1, shapesAt: (cursorMs) => picture.shapesAt(Math.min(cursorMs, trace.horizonMs), view) });
  }, [picture, trace, size, msPerSecond, side, isStill]);

  useEffect(() => {
    const tell = (): void => {
      if (told.current) told.current.textContent = picture.describeAt(Math.min(clock.cursorMs(), trace.horizonMs));
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    tell();
    const stop = clock.subscribe(() => {
      timer ??= setTimeout(
        () => {
          timer = undefined;
          tell();
        },
        clock.isPlaying() ? retellEveryMs : 100,
      );
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [clock, picture, trace]);

  const buttonOf = (part: string): HTMLElement | null =>
    root.current?.querySelector<HTMLElement>(`[data-part-name="${CSS.escape(part)}"]`) ?? null;

  /** The boxes have their buttons; this is for the dots in front of them. */
  const onPointerUp = (event: PointerEvent<HTMLCanvasElement>): void => {
    const frame = event.currentTarget.getBoundingClientRect();
    const part = partAt(painter.current?.shapes ?? [], event.clientX - frame.left, event.clientY - frame.top);
    if (part === undefined) return;
    const button = buttonOf(part);
    if (button) onPart?.(part, button.getBoundingClientRect(), side, button);
  };

  return (
    <div ref={root} className={styles.side} data-side={side}>
      <canvas
        ref={canvas}
        className={styles.canvas}
        role="img"
        aria-label={name ? `Picture of the system, ${name}` : 'Picture of the system'}
        aria-describedby={toldId}
        onPointerUp={onPointerUp}
      />
      {size ? (
        <PartButtons
          picture={picture}
          size={size}
          clock={clock}
          label={name ? `Parts of the system, ${name}` : 'Parts of the system'}
          onPick={onPart ? (part, button) => onPart(part, button.getBoundingClientRect(), side, button) : undefined}
        />
      ) : null}
      <p ref={told} id={toldId} className={styles.told} />
    </div>
  );
}
