// One side of a simulation on stage: the canvas with its dots, the buttons over its parts, and the same in words.

import type { Trace } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import { type PointerEvent, type ReactNode, useEffect, useId, useLayoutEffect, useMemo, useRef } from 'react';
import type { Side } from '../../picture/flow';
import { FlowPicture } from '../../picture/flowPicture';
import type { SceneOptions } from '../../picture/scene';
import { useFail } from '../frame/useFail';
import type { Clock } from './clock';
import { partAt, requestAt } from './hit';
import { PartButtons } from './PartButtons';
import { Painter } from './painter';
import { ringAround, ringAroundPart } from './ring';
import styles from './stage.module.css';
import { useSize } from './useSize';
import { useStill } from './useStill';

interface FlowSideProps {
  trace: Trace;
  scene?: SceneOptions;
  clock: Clock;
  side: Side;
  msPerSecond: number;
  /** "side A" when there are two. */
  name?: string;
  onPart?: (name: string, rect: DOMRect, side: Side, button: HTMLElement | null) => void;
  onRequest?: (request: number, side: Side) => void;
  /** Number of the request that is ringed. */
  followed: number | null;
}

const retellEveryMs = 1000;
/** How far from a dot one may be: a finger is less exact than a mouse. */
const reachPx = { mouse: 12, finger: 24 };
/** Who moves further than this between down and up meant to scroll. */
const stillPx = 10;

export function FlowSide({ trace, scene, clock, side, msPerSecond, name, onPart, onRequest, followed }: FlowSideProps): ReactNode {
  const root = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter | null>(null);
  const told = useRef<HTMLParagraphElement>(null);
  /** Request under the pointer, and the one that it went down on. */
  const hovered = useRef<number | undefined>(undefined);
  const pressed = useRef<{ request: number | undefined; x: number; y: number } | null>(null);
  const toldId = useId();
  const size = useSize(root);
  const fail = useFail();
  const isStill = useStill();
  const picture = useMemo(() => new FlowPicture(trace, scene), [trace, scene]);

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
    if (!size) return;
    const view = { size, msPerSecond, side, isStill };
    painter.current?.show({
      size,
      scale: 1,
      shapesAt(cursorMs) {
        const atMs = Math.min(cursorMs, trace.horizonMs);
        const shapes = picture.shapesAt(atMs, view);
        if (hovered.current !== undefined && hovered.current !== followed) shapes.push(...ringAround(shapes, hovered.current, true));
        if (followed === null) return shapes;
        const rings = ringAround(shapes, followed);
        shapes.push(...(rings.length > 0 ? rings : ringAroundPart(picture.description, picture.stateAt(atMs), size, followed)));
        return shapes;
      },
    });
  }, [picture, trace, size, msPerSecond, side, isStill, followed]);

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

  const under = (event: PointerEvent<HTMLCanvasElement>): number | undefined => {
    if (!onRequest) return undefined;
    const frame = event.currentTarget.getBoundingClientRect();
    const reach = event.pointerType === 'mouse' ? reachPx.mouse : reachPx.finger;
    return requestAt(painter.current?.shapes ?? [], event.clientX - frame.left, event.clientY - frame.top, reach);
  };
  const hover = (canvas: HTMLCanvasElement, request: number | undefined): void => {
    if (hovered.current === request) return;
    hovered.current = request;
    canvas.style.cursor = request === undefined ? '' : 'pointer';
    painter.current?.repaint();
  };
  /** A dot may move on before the finger is lifted: what counts is where it went down. */
  const onPointerDown = (event: PointerEvent<HTMLCanvasElement>): void => {
    pressed.current = { request: under(event), x: event.clientX, y: event.clientY };
  };
  /** The boxes have their buttons; this is for the dots, and for what else stands in front of a part. */
  const onPointerUp = (event: PointerEvent<HTMLCanvasElement>): void => {
    const down = pressed.current;
    pressed.current = null;
    if (event.button !== 0 || !down || Math.abs(event.clientX - down.x) + Math.abs(event.clientY - down.y) > stillPx) return;
    if (down.request !== undefined) {
      onRequest?.(down.request, side);
      return;
    }
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
        aria-label={
          name
            ? translate({ id: 'lab.stage.pictureSide', message: 'Picture of the system, {side}' }, { side: name })
            : translate({ id: 'lab.stage.picture', message: 'Picture of the system' })
        }
        aria-describedby={toldId}
        onPointerDown={onPointerDown}
        onPointerMove={(event) => {
          if (event.pointerType === 'mouse') hover(event.currentTarget, under(event));
        }}
        onPointerLeave={(event) => hover(event.currentTarget, undefined)}
        onPointerCancel={() => {
          pressed.current = null;
        }}
        onPointerUp={onPointerUp}
      />
      {size ? (
        <PartButtons
          picture={picture}
          size={size}
          clock={clock}
          label={
            name
              ? translate({ id: 'lab.stage.partsSide', message: 'Parts of the system, {side}' }, { side: name })
              : translate({ id: 'lab.stage.parts', message: 'Parts of the system' })
          }
          onPick={onPart ? (part, button) => onPart(part, button.getBoundingClientRect(), side, button) : undefined}
        />
      ) : null}
      <p ref={told} id={toldId} className={styles.told} />
    </div>
  );
}
