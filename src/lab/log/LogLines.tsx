// The lines themselves: the line of the moment is marked and kept in view inside its own box; a click on a line moves the cursor
// there. Only lines near the visible part are in the page.

import type { LogLine } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import { type KeyboardEvent, type ReactNode, type Ref, useId, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { useClockText } from '../traces/useTraces';
import { levelSigns } from './levels';
import styles from './log.module.css';
import { useRowsInView } from './useRowsInView';

interface LogLinesProps {
  ref: Ref<HTMLDivElement>;
  lines: readonly LogLine[];
  textOf: (line: LogLine) => string;
  /** Numbers of the lines that the filters let through. */
  shown: Uint32Array;
  /** Place in `shown` of the line of the moment, or -1. */
  current: number;
  onPick: (place: number) => void;
}

const linePx = 24;
const pageLines = 8;

export function LogLines({ ref, lines, textOf, shown, current, onPick }: LogLinesProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => box.current as HTMLDivElement, []);
  const id = useId();
  const clock = useClockText();
  const { from, to, onScroll, reveal } = useRowsInView(box, shown.length, linePx);
  useLayoutEffect(() => reveal(current), [current, reveal]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = stepped(event.key, current, shown.length);
    if (next === null) return;
    event.preventDefault();
    if (next !== current) onPick(next);
  };
  return (
    <div
      ref={box}
      role="listbox"
      tabIndex={0}
      aria-label={translate({ id: 'lab.log.log', message: 'Log' })}
      aria-activedescendant={current >= from && current < to ? `${id}${current}` : undefined}
      data-own-keys=""
      className={styles.lines}
      onKeyDown={onKeyDown}
      onScroll={onScroll}
    >
      <div role="presentation" className={styles.sheet} style={{ blockSize: shown.length * linePx, paddingBlockStart: from * linePx }}>
        {Array.from(shown.subarray(from, to), (index, offset) => {
          const line = lines[index];
          const place = from + offset;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys do the same
            <div
              key={index}
              id={`${id}${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === current}
              aria-setsize={shown.length}
              aria-posinset={place + 1}
              className={styles.line}
              data-level={line.level}
              data-later={place > current ? 'yes' : undefined}
              onClick={() => onPick(place)}
            >
              <span className={styles.at}>{clock(line.atMs)}</span> <span aria-hidden="true">{levelSigns[line.level]}</span> {textOf(line)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function stepped(key: string, current: number, count: number): number | null {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: pageLines, PageUp: -pageLines, Home: -count, End: count };
  const step = steps[key];
  return step === undefined ? null : Math.min(count - 1, Math.max(0, current + step));
}
