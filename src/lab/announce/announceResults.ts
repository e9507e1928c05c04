// After a change, once the reader's hand has come to rest: what was changed and what it gave. Not for the first run, which the
// page shows anyway.

import { translate } from '@docusaurus/Translate';
import type { Verbosity } from '../keys/keySettings';
import type { Session } from '../session/session';
import { arrangementOf } from '../session/state';
import { changeSentence } from './changeSentence';
import { resultSentence } from './resultSentence';

export interface Voice {
  say: (text: string) => void;
  verbosity: () => Verbosity;
}

const restMs = 900;

export function announceResults({ store, playback, definition }: Session, { say, verbosity }: Voice): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let toldResult = store.getState().resultA;
  let toldResultB = store.getState().resultB;
  let told = arrangementOf(store.getState());
  const stop = store.subscribe(() => {
    const { resultA, resultB, status, failure } = store.getState();
    if (status === 'failed' && failure) say(translate({ id: 'lab.announce.failed', message: 'The run failed. {failure}' }, { failure }));
    if (status !== 'idle' || !resultA || (resultA === toldResult && resultB === toldResultB)) return;
    const isFirst = toldResult === null;
    toldResult = resultA;
    toldResultB = resultB;
    clearTimeout(timer);
    if (isFirst || verbosity() === 'off') {
      told = arrangementOf(store.getState());
      return;
    }
    timer = setTimeout(() => {
      const after = arrangementOf(store.getState());
      const change = changeSentence(definition, told, after, playback.horizonMs(), resultA.trace?.partList);
      told = after;
      if (change !== null) say(`${change} ${resultSentence(definition, resultA, resultB)}`);
    }, restMs);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
