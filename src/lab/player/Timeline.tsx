// The run from left to right: a slider for the cursor, and over it the marks that tell the story.

import { translate } from '@docusaurus/Translate';
import { memo, type ReactNode, useMemo } from 'react';
import { forkMsOf } from '../session/fork';
import { usePlayback, useSession, useSessionState } from '../session/useSession';
import { clockText } from './clockText';
import { markSigns } from './markSigns';
import { type PlacedMark, placedMarks } from './placedMarks';
import styles from './player.module.css';
import { marksOf, type SideMark } from './steps';
import timeline from './timeline.module.css';

export function Timeline(): ReactNode {
  const session = useSession();
  const resultA = useSessionState((state) => state.resultA);
  const resultB = useSessionState((state) => state.resultB);
  const horizonMs = usePlayback((playback) => playback.horizonMs());
  const forkMs = useSessionState((state) => forkMsOf(session.definition, state));
  const unit = session.definition.clock?.unit ?? 's';
  const marks = useMemo(() => {
    // Before the fork the two sides are one, and one set of marks will do.
    const told = marksOf(resultA, resultB).filter(({ side, atMs }) => side === 'a' || forkMs === null || atMs >= forkMs);
    return placedMarks(told, horizonMs);
  }, [resultA, resultB, horizonMs, forkMs]);
  return (
    <div className={styles.timeline}>
      <Marks marks={marks} horizonMs={horizonMs} unit={unit} onPick={session.playback.seek} />
      <Scrubber />
      {forkMs === null || horizonMs <= 0 ? null : (
        <SecondFuture forkMs={forkMs} horizonMs={horizonMs} unit={unit} onPick={session.playback.seek} />
      )}
    </div>
  );
}

interface SecondFutureProps {
  forkMs: number;
  horizonMs: number;
  unit: MarksProps['unit'];
  onPick: (atMs: number) => void;
}

/** A second track from the fork to the end. For the pointer; the time of the fork stands in the controls too. */
function SecondFuture({ forkMs, horizonMs, unit, onPick }: SecondFutureProps): ReactNode {
  const time = clockText(forkMs, horizonMs, unit);
  return (
    <div className={timeline.future} aria-hidden="true" data-part="second-future">
      <span className={timeline.futureTrack} style={{ insetInlineStart: `${(forkMs / horizonMs) * 100}%` }}>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has the field in the controls */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: as above; hidden from screen readers */}
        <span
          className={timeline.forkSign}
          title={translate({ id: 'lab.player.fork', message: 'Fork at {time}: side B from here on' }, { time })}
          onClick={() => onPick(forkMs)}
        />
      </span>
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
      aria-label={translate({ id: 'lab.player.time', message: 'Time' })}
      aria-valuetext={translate(
        { id: 'lab.player.timeOf', message: '{now} of {end}', description: 'Where the cursor stands in the run: "12.3 s of 60.0 s"' },
        { now: clockText(cursorMs, horizonMs, unit), end: clockText(horizonMs, horizonMs, unit) },
      )}
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
  marks: PlacedMark[];
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
            title={titlesOf(mark, horizonMs, unit)}
            data-near={mark.near.length > 0 ? mark.near.length : undefined}
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

/** More lines than this nobody reads at a pointer. */
const mostTitles = 6;

function titlesOf({ near, ...mark }: PlacedMark, horizonMs: number, unit: MarksProps['unit']): string {
  const lines = [mark, ...near.slice(0, mostTitles)].map((one) => titleOf(one, clockText(one.atMs, horizonMs, unit)));
  const more = near.length - mostTitles;
  if (more > 0) lines.push(translate({ id: 'lab.player.moreMarks', message: 'and {count} more near it' }, { count: more }));
  return lines.join('\n');
}

function titleOf({ kind, side, text }: SideMark, time: string): string {
  const words = { sign: markSigns[kind].word, time, text };
  return side === 'b'
    ? translate({ id: 'lab.player.markB', message: '{sign} at {time} (side B): {text}' }, words)
    : translate({ id: 'lab.player.mark', message: '{sign} at {time}: {text}' }, words);
}
