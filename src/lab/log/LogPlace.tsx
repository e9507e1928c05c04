// The log of the run, tied to the cursor: filters above, the lines, and below them what can be asked about the line of the moment.

import type { LogLine } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import { type ReactNode, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useLens, useLensState } from '../frame/lens';
import { useLensSide } from '../frame/lensSide';
import { usePlayback, useSession, useSessionState } from '../session/useSession';
import { saidText } from '../words/saidText';
import { LineActions } from './LineActions';
import { LogFilters } from './LogFilters';
import { LogLines } from './LogLines';
import { type LevelFilter, levelsOf } from './levels';
import styles from './log.module.css';
import { filteredLog, lastShownUpTo, nearestWarning } from './logFilter';

const noLines: LogLine[] = [];

export default function LogPlace(): ReactNode {
  const { playback } = useSession();
  const side = useLensSide();
  const trace = useSessionState((state) => (side === 'b' ? state.resultB : state.resultA)?.trace);
  const lines = trace?.log ?? noLines;
  const [level, setLevel] = useState<LevelFilter>('all');
  const [text, setText] = useState('');
  const range = useLensState((state) => state.range);
  const part = useLensState((state) => state.part);
  const textOf = useCallback((line: LogLine) => saidText(trace, line), [trace]);
  const words = useDeferredValue(text.trim().toLowerCase());
  const shown = useMemo(() => {
    const partId = part === null ? null : (trace?.partList.find(({ name }) => name === part)?.id ?? null);
    return filteredLog(lines, { levels: levelsOf(level), words, part: partId, range }, textOf);
  }, [lines, level, words, part, range, trace, textOf]);
  /** Of several lines of one instant, the one that was picked. */
  const [picked, setPicked] = useState<number | null>(null);
  const byTime = usePlayback((clock) => lastShownUpTo(lines, shown, clock.cursorMs()));
  const isAt = usePlayback((clock) => picked !== null && lines[picked]?.atMs === clock.cursorMs());
  const pickedPlace = isAt && picked !== null ? shown.indexOf(picked) : -1;
  const current = pickedPlace >= 0 ? pickedPlace : byTime;
  const goTo = (place: number): void => {
    playback.pause();
    setPicked(shown[place]);
    playback.seek(lines[shown[place]].atMs);
  };
  const box = useRef<HTMLDivElement>(null);
  useTakenFocus(box);
  const next = nearestWarning(lines, shown, current, 1);
  const previous = nearestWarning(lines, shown, current, -1);
  return (
    <div className={styles.log} data-part="log">
      <LogFilters
        trace={trace}
        level={level}
        onLevel={setLevel}
        text={text}
        onText={setText}
        shown={shown.length}
        onNextWarning={next === null ? null : () => goTo(next)}
        onPreviousWarning={previous === null ? null : () => goTo(previous)}
      />
      {shown.length === 0 ? (
        <div ref={box} tabIndex={-1} className={styles.empty}>
          <p>
            {lines.length === 0
              ? translate({ id: 'lab.log.nothing', message: 'Nothing was logged in this run.' })
              : translate({ id: 'lab.log.noneFits', message: 'No line fits the filters.' })}
          </p>
        </div>
      ) : (
        <LogLines ref={box} lines={lines} textOf={textOf} shown={shown} current={current} onPick={goTo} />
      )}
      <LineActions trace={trace} side={side} line={current >= 0 ? lines[shown[current]] : undefined} />
    </div>
  );
}

function useTakenFocus(box: React.RefObject<HTMLDivElement | null>): void {
  const { store } = useLens();
  const takesFocus = useLensState((state) => state.takesFocus);
  useEffect(() => {
    if (!takesFocus) return;
    store.set({ takesFocus: false });
    box.current?.focus();
  }, [takesFocus, store, box]);
}
