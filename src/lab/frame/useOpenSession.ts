// Opens a session for an experiment once its code is there, and closes it when the frame goes.

import { useEffect, useState } from 'react';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { loadExperiment } from '../../experiments/registry';
import { registerFrame } from '../page/frames';
import { NotLoaded } from '../page/notLoaded';
import { pageFrames } from '../session/playback';
import { Session } from '../session/session';
import type { RawArrangement } from '../session/state';
import { arrangementOfAddress } from '../share/shareLink';
import { localized } from '../words/localized';
import { ExpectationRunner } from '../worker/expectation';
import { Runner } from '../worker/runner';
import { startWorker } from '../worker/startWorker';

interface OpenOptions {
  id: string;
  initial: RawArrangement;
  /** Of the build that made this page: tells a link from an older model. */
  modelHash: string | undefined;
  /** The frame's place on the page, for `scroll`. */
  element: () => HTMLElement | null;
}

export function useOpenSession(options: OpenOptions): Session | null {
  const [session, setSession] = useState<Session | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a frame belongs to one experiment and its first setup
  useEffect(() => {
    let close = (): void => {};
    let gone = false;
    loadExperiment(options.id)
      .catch((cause: unknown) => {
        throw new NotLoaded(cause);
      })
      .then((definition) => {
        if (gone) return;
        const opened = open(localized(definition), options);
        close = opened.close;
        setSession(opened.session);
      })
      .catch(setFailure);
    return () => {
      gone = true;
      close();
      setSession(null);
    };
  }, [options.id]);
  // The guard around the frame gives its place back to the twin.
  if (failure) throw failure;
  return session;
}

function open(definition: ExperimentDefinition, { initial, modelHash, element }: OpenOptions): { session: Session; close: () => void } {
  const start = typeof Worker === 'undefined' ? null : startWorker;
  const session = new Session({
    definition,
    initial,
    runs: new Runner({ start }),
    // On the page's own thread twenty runs would be felt: then there is no range to expect.
    expecting: new ExpectationRunner({
      start,
      answerHere: async ({ ticket }) => ({ kind: 'failed', ticket, message: 'There is no worker for it.' }),
    }),
    frames: pageFrames,
    nowMs: () => performance.now(),
  });
  const followAddress = (): boolean => {
    const asked = arrangementOfAddress(definition, window.location.hash, modelHash);
    if (asked) session.apply(asked.raw, { over: 'defaults', notices: asked.notices });
    return asked !== null;
  };
  if (!followAddress()) session.start();
  const onHashChange = (): void => void followAddress();
  window.addEventListener('hashchange', onHashChange);
  const signOff = registerFrame(definition.id, {
    session,
    apply(setup, { scroll = false, message } = {}) {
      session.apply(setup, { message: message ?? null });
      if (scroll) element()?.scrollIntoView({ block: 'start', behavior: 'smooth' });
    },
  });
  return {
    session,
    close() {
      window.removeEventListener('hashchange', onHashChange);
      signOff();
      session.close();
    },
  };
}
