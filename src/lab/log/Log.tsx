// The log of the run, tied to the cursor: the line of the moment is marked and kept in view inside its own box;
// a click on a line moves the cursor there.

import type { LogLevel, LogLine } from '@by-the-slice/simulation';
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import controls from '../controls/controls.module.css';
import type { SideName } from '../session/state';
import { useSessionState } from '../session/useSession';
import { LogLines } from './LogLines';
import styles from './log.module.css';

const levels: Record<'all' | 'warn' | 'error', { words: string; has: readonly LogLevel[] }> = {
  all: { words: 'all levels', has: ['info', 'warn', 'error'] },
  warn: { words: 'warnings and errors', has: ['warn', 'error'] },
  error: { words: 'errors', has: ['error'] },
};
type LevelFilter = keyof typeof levels;

const noLines: LogLine[] = [];

export function Log(): ReactNode {
  const comparing = useSessionState((state) => state.resultB !== null);
  const [side, setSide] = useState<SideName>('a');
  const [level, setLevel] = useState<LevelFilter>('all');
  const [text, setText] = useState('');
  const lines = useSessionState((state) => (side === 'b' && state.resultB ? state.resultB : state.resultA)?.trace?.log ?? noLines);
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const shown = useMemo(
    () => lines.filter((line) => levels[level].has.includes(line.level) && line.text.toLowerCase().includes(wanted)),
    [lines, level, wanted],
  );
  return (
    <div className={styles.log}>
      <div className={styles.filters}>
        {comparing ? (
          <select
            className={controls.select}
            aria-label="Side of the log"
            value={side}
            onChange={(event) => setSide(event.currentTarget.value as SideName)}
          >
            <option value="a">Side A</option>
            <option value="b">Side B</option>
          </select>
        ) : null}
        <select
          className={controls.select}
          aria-label="Levels shown"
          value={level}
          onChange={(event) => setLevel(event.currentTarget.value as LevelFilter)}
        >
          {Object.entries(levels).map(([key, { words }]) => (
            <option key={key} value={key}>
              {words}
            </option>
          ))}
        </select>
        <input
          type="search"
          className={`${controls.text} ${styles.search}`}
          aria-label="Words in the log"
          placeholder="filter by words"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <span className={styles.count}>
          {shown.length} of {lines.length}
        </span>
      </div>
      {shown.length === 0 ? (
        <p className={styles.empty}>{lines.length === 0 ? 'Nothing was logged in this run.' : 'No line fits the filter.'}</p>
      ) : (
        <LogLines lines={shown} />
      )}
    </div>
  );
}
