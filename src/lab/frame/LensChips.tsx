// What log and traces keep to, a stretch of time and a part, each as a chip that can be taken away.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { clockNumber, clockText } from '../player/clockText';
import { useSession } from '../session/useSession';
import { type TimeRange, useLens, useLensState } from './lens';
import styles from './lens.module.css';

interface LensChipsProps {
  /** As in the picture: "Server 3". */
  labelOfPart: (name: string) => string;
}

export function LensChips({ labelOfPart }: LensChipsProps): ReactNode {
  const { store } = useLens();
  const range = useLensState((state) => state.range);
  const part = useLensState((state) => state.part);
  const rangeText = useRangeText();
  return (
    <>
      {range ? <Chip kind="range" text={rangeText(range)} onRemove={() => store.set({ range: null })} /> : null}
      {part !== null ? <Chip kind="part" text={labelOfPart(part)} onRemove={() => store.set({ part: null })} /> : null}
    </>
  );
}

function useRangeText(): (range: TimeRange) => string {
  const { definition, playback } = useSession();
  const unit = definition.clock?.unit ?? 's';
  const horizonMs = playback.horizonMs();
  return ({ fromMs, toMs }) => {
    const to = clockText(toMs, horizonMs, unit);
    if (fromMs === toMs) return translate({ id: 'lab.frame.atInstant', message: 'at {time}' }, { time: to });
    return translate({ id: 'lab.frame.fromTo', message: '{from} to {to}' }, { from: clockNumber(fromMs, horizonMs, unit), to });
  };
}

function Chip({ kind, text, onRemove }: { kind: string; text: string; onRemove: () => void }): ReactNode {
  return (
    <button
      type="button"
      className={styles.chip}
      data-chip={kind}
      aria-label={translate({ id: 'lab.frame.removeFilter', message: 'Remove the filter: {text}' }, { text })}
      onClick={onRemove}
    >
      {text} <span aria-hidden="true">×</span>
    </button>
  );
}
