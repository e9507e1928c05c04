// Above the log: side, level, part, words, the chips that log and traces share, and the way from warning to warning.

import type { Trace } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import { type ReactNode, useMemo } from 'react';
import { formatNumber } from '../../experiments/definition/number';
import controls from '../controls/controls.module.css';
import { LensChips } from '../frame/LensChips';
import { around, useLens, useLensState } from '../frame/lens';
import { SideSelect } from '../frame/SideSelect';
import { useSession } from '../session/useSession';
import { type LevelFilter, levelFilters } from './levels';
import styles from './log.module.css';
import { partsInLog } from './logFilter';

interface LogFiltersProps {
  trace: Trace | undefined;
  level: LevelFilter;
  onLevel: (level: LevelFilter) => void;
  text: string;
  onText: (text: string) => void;
  shown: number;
  /** null: there is none. */
  onNextWarning: (() => void) | null;
  onPreviousWarning: (() => void) | null;
}

/** The recording keeps no more. */
const mostLines = 100_000;

export function LogFilters({ trace, level, onLevel, text, onText, shown, ...warnings }: LogFiltersProps): ReactNode {
  const { playback } = useSession();
  const lens = useLens();
  const count = trace?.log.length ?? 0;
  return (
    <div className={styles.filters}>
      <SideSelect />
      <select
        className={controls.select}
        aria-label={translate({ id: 'lab.log.levels', message: 'Levels shown' })}
        value={level}
        onChange={(event) => onLevel(event.currentTarget.value as LevelFilter)}
      >
        {levelFilters.map((one) => (
          <option key={one} value={one}>
            {levelWord(one)}
          </option>
        ))}
      </select>
      <PartSelect trace={trace} />
      <input
        type="search"
        className={`${controls.text} ${styles.search}`}
        aria-label={translate({ id: 'lab.log.words', message: 'Words in the log' })}
        placeholder={translate({ id: 'lab.log.placeholder', message: 'filter by words' })}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <button
        type="button"
        className={controls.button}
        data-action="around-cursor"
        onClick={() => {
          const { part } = lens.store.getState();
          lens.open({ ...around(playback.cursorMs(), playback.horizonMs()), part: part ?? undefined });
        }}
      >
        {translate({ id: 'lab.log.aroundCursor', message: 'Around the cursor' })}
      </button>
      <LensChips labelOfPart={(name) => trace?.partList.find((one) => one.name === name)?.label ?? name} />
      <WarningButtons {...warnings} />
      <span className={styles.count} data-part="log-count">
        {countText(shown, count)}
      </span>
    </div>
  );
}

function WarningButtons({ onNextWarning, onPreviousWarning }: Pick<LogFiltersProps, 'onNextWarning' | 'onPreviousWarning'>): ReactNode {
  return (
    <span className={styles.warnings}>
      <button
        type="button"
        className={controls.button}
        aria-disabled={onPreviousWarning === null}
        aria-label={translate({ id: 'lab.log.previousWarning', message: 'Previous warning' })}
        data-action="previous-warning"
        onClick={() => onPreviousWarning?.()}
      >
        <span aria-hidden="true">↑△</span>
      </button>
      <button
        type="button"
        className={controls.button}
        aria-disabled={onNextWarning === null}
        aria-label={translate({ id: 'lab.log.nextWarning', message: 'Next warning' })}
        data-action="next-warning"
        onClick={() => onNextWarning?.()}
      >
        <span aria-hidden="true">↓△</span>
      </button>
    </span>
  );
}

function PartSelect({ trace }: { trace: Trace | undefined }): ReactNode {
  const { store } = useLens();
  const part = useLensState((state) => state.part);
  const parts = useMemo(() => {
    const counts = partsInLog(trace?.log ?? []);
    return (trace?.partList ?? []).filter(({ id, name }) => counts.has(id) || name === part);
  }, [trace, part]);
  return (
    <select
      className={controls.select}
      aria-label={translate({ id: 'lab.log.part', message: 'Part whose lines are shown' })}
      value={part ?? ''}
      onChange={(event) => store.set({ part: event.currentTarget.value === '' ? null : event.currentTarget.value })}
    >
      <option value="">{translate({ id: 'lab.log.allParts', message: 'all parts' })}</option>
      {parts.map(({ name, label }) => (
        <option key={name} value={name}>
          {label}
        </option>
      ))}
    </select>
  );
}

function levelWord(level: LevelFilter): string {
  switch (level) {
    case 'all':
      return translate({ id: 'lab.log.allLevels', message: 'all levels' });
    case 'warn':
      return translate({ id: 'lab.log.warnings', message: 'warnings and errors' });
    case 'error':
      return translate({ id: 'lab.log.errors', message: 'errors' });
  }
}

function countText(shown: number, count: number): string {
  if (count === 0) return '';
  const values = { shown: formatNumber(shown), hidden: formatNumber(count - shown) };
  const text =
    shown === count
      ? translate({ id: 'lab.log.countAll', message: '{shown} lines' }, values)
      : translate({ id: 'lab.log.count', message: '{shown} lines, {hidden} hidden' }, values);
  if (count < mostLines) return text;
  return `${text} (${translate({ id: 'lab.log.cut', message: 'the log of this run is longer; the rest was not kept' })})`;
}
