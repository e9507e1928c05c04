// The lines themselves. Only those near the visible part are in the page, so that 100,000 lines cost no more than 200.

import type { LogLine } from '@by-the-slice/simulation';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { clockText } from '../player/clockText';
import { usePlayback, useSession } from '../session/useSession';
import styles from './log.module.css';

const lineHeight = 24;
const around = 100;
const signs = { info: '·', warn: '△', error: '✕' } as const;

export function LogLines({ lines }: { lines: readonly LogLine[] }): ReactNode {
  const { playback, definition } = useSession();
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const [middle, setMiddle] = useState(0);
  const current = usePlayback((clock) => lastUpTo(lines, clock.cursorMs()));
  const from = Math.max(0, middle - around);
  const unit = definition.clock?.unit ?? 's';
  const horizonMs = playback.horizonMs();
  useLayoutEffect(() => {
    if (box.current && current >= 0) keepInView(box.current, current);
  }, [current]);
  useEffect(() => setMiddle((now) => Math.min(now, lines.length)), [lines]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const next = event.key === 'ArrowDown' ? current + 1 : event.key === 'ArrowUp' ? current - 1 : -1;
    if (next < 0 || next >= lines.length) return;
    event.preventDefault();
    playback.pause();
    playback.seek(lines[next].atMs);
  };
  return (
    <div
      ref={box}
      role="listbox"
      tabIndex={0}
      aria-label="Log"
      aria-activedescendant={current >= 0 ? `${id}${current}` : undefined}
      data-own-keys=""
      className={styles.lines}
      onKeyDown={onKeyDown}
      onScroll={(event) => {
        const seen = Math.floor((event.currentTarget.scrollTop + event.currentTarget.clientHeight / 2) / lineHeight);
        if (Math.abs(seen - middle) > around / 2) setMiddle(seen);
      }}
    >
      <div
        role="presentation"
        style={{
          blockSize: lines.length * lineHeight,
          paddingBlockStart: from * lineHeight,
          boxSizing: 'border-box',
          minInlineSize: 'max-content',
        }}
      >
        {lines.slice(from, middle + around).map((line, offset) => {
          const index = from + offset;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys do the same
            <div
              key={index}
              id={`${id}${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              aria-setsize={lines.length}
              aria-posinset={index + 1}
              className={styles.line}
              data-level={line.level}
              data-later={index > current ? 'yes' : undefined}
              onClick={() => playback.seek(line.atMs)}
            >
              <span className={styles.at}>{clockText(line.atMs, horizonMs, unit)}</span> <span aria-hidden="true">{signs[line.level]}</span>{' '}
              {line.text}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Index of the last line at or before the time, or -1. */
export function lastUpTo(lines: readonly LogLine[], atMs: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle].atMs <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function keepInView(box: HTMLElement, index: number): void {
  const top = index * lineHeight;
  if (top >= box.scrollTop + lineHeight && top <= box.scrollTop + box.clientHeight - 2 * lineHeight) return;
  box.scrollTop = Math.max(0, top - box.clientHeight / 2);
}
