// The run from left to right: a slider for the cursor, and over it the marks that tell the story.

import { memo, type ReactNode, useMemo } from 'react';
import { usePlayback, useSession, useSessionState } from '../session/useSession';
import { clockText } from './clockText';
import { markSigns } from './markSigns';
import styles from './player.module.css';
import { marksOf, type SideMark, thinned } from './steps';

export function Timeline(): ReactNode {
  const session = useSession();
  const resultA = useSessionState((state) => state.resultA);
  const resultB = useSessionState((state) => state.resultB);
  const horizonMs = usePlayback((playback) => playback.horizonMs());
  const marks = useMemo(() => thinned(marksOf(resultA, resultB), horizonMs), [resultA, resultB, horizonMs]);
  return (
    <div className={styles.timeline}>
      <Marks marks={marks} horizonMs={horizonMs} unit={session.definition.clock?.unit ?? 's'} onPick={session.playback.seek} />
      <Scrubber />
    </div>
  );
}

function Scrubber(): ReactNode {
  const { playback, definition } = useSession();
  const unit = definition.clock?.unit ?? 's';
  const horizonMs = usePlayback(({ horizonMs }) => horizonMs());
  const cursorMs = usePlayback((clock) => clock.cursorMs());
  const share = horizonMs > 0 ? (cursorMs / horizonMs) * 100 : 0;
  return (
    <input
      type="range"
      data-player-keys=""
      data-part="scrubber"
      className={styles.scrubber}
      aria-label="Time"
      aria-valuetext={`${clockText(cursorMs, horizonMs, unit)} of ${clockText(horizonMs, horizonMs, unit)}`}
      min={0}
      max={horizonMs}
      step="any"
      value={cursorMs}
      style={{ '--filled': `${share}%` } as React.CSSProperties}
      onPointerDown={() => playback.pause()}
      onChange={(event) => playback.seek(Number(event.currentTarget.value))}
    />
  );
}

interface MarksProps {
  marks: SideMark[];
  horizonMs: number;
  unit: 'ms' | 's' | 'min' | 'h' | 'd';
  onPick: (atMs: number) => void;
}

/** For the pointer; the keyboard has the buttons for the previous and the next mark. */
const Marks = memo(function Marks({ marks, horizonMs, unit, onPick }: MarksProps): ReactNode {
  return (
    <div className={styles.marks} aria-hidden="true" data-part="marks">
      {marks.map((mark) => {
        const sign = markSigns[mark.kind];
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has buttons for the same
          // biome-ignore lint/a11y/noStaticElementInteractions: as above; hidden from screen readers, which have the log
          <span
            key={`${mark.side}${mark.kind}${mark.atMs}`}
            className={styles.mark}
            data-mark={mark.kind}
            data-side={mark.side}
            style={{
              insetInlineStart: `${(mark.atMs / horizonMs) * 100}%`,
              color: `var(--slice-${mark.side === 'b' ? 'plum' : sign.color})`,
            }}
            title={`${sign.word} at ${clockText(mark.atMs, horizonMs, unit)}${mark.side === 'b' ? ' (side B)' : ''}: ${mark.text}`}
            onClick={() => onPick(mark.atMs)}
          >
            <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
              <path d={sign.path} fill={sign.hollow ? 'none' : 'currentColor'} stroke="currentColor" strokeWidth="1.5" />
            </svg>
          </span>
        );
      })}
    </div>
  );
});
