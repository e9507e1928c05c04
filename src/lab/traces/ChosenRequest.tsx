// Over the picture: which request is followed and where it is at the cursor, with the way to its trace and the end of following.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { useLens, useLensState } from '../frame/lens';
import styles from '../frame/lens.module.css';
import { usePlayback, useSession } from '../session/useSession';
import { requestSpans, spanAt } from './requestSpans';
import { rowOfRequest } from './requestTable';
import { labelOf } from './sentence';
import { useTraces } from './useTraces';
import { doingAt, requestName } from './words';

export default function ChosenRequest(): ReactNode {
  const { definition } = useSession();
  const lens = useLens();
  const request = useLensState((state) => state.request);
  const { side, table, seed } = useTraces();
  const row = table && request !== null ? rowOfRequest(table, request) : -1;
  const place = usePlayback((clock) => (table && row >= 0 ? placeAt(table, row, seed, clock.cursorMs()) : notHere()));
  if (request === null || !table) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons over a picture are no form's fieldset
    <div
      role="group"
      className={styles.chosen}
      data-part="chosen-request"
      data-side={side}
      aria-label={translate({ id: 'lab.traces.followed', message: 'The request that is followed' })}
    >
      <p>
        <b>{requestName(definition, request)}</b> {place}
      </p>
      <button type="button" data-action="to-trace" onClick={() => lens.open({ panel: 'traces', takesFocus: true })}>
        {translate({ id: 'lab.traces.itsTrace', message: 'Its trace' })}
      </button>
      <button
        type="button"
        aria-label={translate({ id: 'lab.traces.stopFollowing', message: 'Stop following it' })}
        onClick={() => lens.open({ request: null })}
      >
        <span aria-hidden="true">×</span>
      </button>
    </div>
  );
}

function placeAt(table: NonNullable<ReturnType<typeof useTraces>['table']>, row: number, seed: number, atMs: number): string {
  const spans = requestSpans(table, row, seed);
  const span = spanAt(spans, atMs);
  if (atMs < spans.startMs) return translate({ id: 'lab.traces.notYet', message: 'has not come yet' });
  if (!span) return translate({ id: 'lab.traces.gone', message: 'is gone' });
  if (span.step === 'wait' || span.step === 'service' || span.step === 'flight') return doingAt(span.step, labelOf(table.trace, span.part));
  return translate({ id: 'lab.traces.placeAt', message: 'at {part}' }, { part: labelOf(table.trace, span.part) });
}

function notHere(): string {
  return translate({ id: 'lab.traces.notHere', message: 'is not in this run' });
}
