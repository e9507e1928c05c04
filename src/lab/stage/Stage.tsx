// The stage: the system at the cursor, or both systems on one clock. A view of finished runs; it simulates nothing.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useRef } from 'react';
import type { Result } from '../../experiments/definition/result';
import type { Side } from '../../picture/flow';
import type { SceneOptions } from '../../picture/scene';
import type { Clock } from './clock';
import { FlowSide } from './FlowSide';
import { PictureSide } from './PictureSide';
import styles from './stage.module.css';
import { useSize } from './useSize';

interface StageProps {
  result: Result;
  resultB?: Result | null;
  scene?: SceneOptions;
  clock: Clock;
  /** Simulated ms that pass in a second of watching, at the present speed. Default: the whole run in 30 s. */
  msPerSecond?: number;
  /** A part was picked. `button`: where the focus goes back to. Without it the picture only shows. */
  onPart?: (name: string, rect: DOMRect, side: Side, button: HTMLElement | null) => void;
  /** The dot of a request was picked. */
  onRequest?: (request: number, side: Side) => void;
  /** The request that is followed: it is ringed where it is in flight. */
  followed?: { request: number; side: Side } | null;
}

const usualSeconds = 30;
/** From this width on, two sides stand side by side; the frame's heights (frame.module.css) go by it too. */
const wideEnough = 620;

export function Stage({ result, resultB, scene, clock, msPerSecond, onPart, onRequest, followed }: StageProps): ReactNode {
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root);
  const isPair = resultB !== null && resultB !== undefined;
  const abreast = size !== null && size.width >= wideEnough;
  const pace = msPerSecond ?? Math.max(result.horizonMs, resultB?.horizonMs ?? 0) / usualSeconds;
  const draw = (one: Result, side: Side): ReactNode => {
    const name = isPair ? sideName(side) : undefined;
    const shown = drawSide({ result: one, side, name, scene, clock, msPerSecond: pace, onPart, onRequest, followed });
    return (
      <div className={styles.half} data-side={side} data-trace={one.traceHash}>
        {isPair ? (
          <p className={styles.sideName} data-side={side} aria-hidden="true">
            <span className={styles.badge}>{side.toUpperCase()}</span>
          </p>
        ) : null}
        {shown}
      </div>
    );
  };
  return (
    <div
      ref={root}
      className={styles.stage}
      data-pair={isPair ? (abreast ? 'abreast' : 'stacked') : undefined}
      data-followed={followed ? 'yes' : undefined}
    >
      {draw(result, 'a')}
      {isPair ? draw(resultB, 'b') : null}
    </div>
  );
}

interface Drawn extends Omit<StageProps, 'resultB' | 'msPerSecond'> {
  side: Side;
  name?: string;
  msPerSecond: number;
}

function sideName(side: Side): string {
  return side === 'a' ? translate({ id: 'lab.stage.sideA', message: 'side A' }) : translate({ id: 'lab.stage.sideB', message: 'side B' });
}

function drawSide({ result, side, name, scene, clock, msPerSecond, onPart, onRequest, followed }: Drawn): ReactNode {
  if (result.trace)
    return (
      <FlowSide
        trace={result.trace}
        scene={scene}
        clock={clock}
        side={side}
        msPerSecond={msPerSecond}
        name={name}
        onPart={onPart}
        onRequest={onRequest}
        followed={followed?.side === side ? followed.request : null}
      />
    );
  if (result.drawing === undefined) return null;
  return <PictureSide result={result} scene={scene} clock={clock} side={side} name={name} />;
}
