import { describe, expect, it } from 'vitest';
import type { ExperimentDefinition } from '../../../src/experiments/definition/defineExperiment';
import { runExperiment } from '../../../src/experiments/definition/run';
import { loadExperiment } from '../../../src/experiments/registry';
import { announcePlaying } from '../../../src/lab/announce/announcePlaying';
import { changeSentence } from '../../../src/lab/announce/changeSentence';
import { resultSentence } from '../../../src/lab/announce/resultSentence';
import { stateSummary } from '../../../src/lab/announce/stateSummary';
import type { Verbosity } from '../../../src/lab/keys/keySettings';
import { clockText } from '../../../src/lab/player/clockText';
import { Session } from '../../../src/lab/session/session';
import { arrangementOf } from '../../../src/lab/session/state';
import type { Job } from '../../../src/lab/worker/runner';
import { HeldFrames } from '../tiny';
import { scripts } from './script';

const experiments = await Promise.all(scripts.map(({ id }) => loadExperiment(id)));

/** A session whose runs are there at once. */
function sessionOf(definition: ExperimentDefinition, interventions: unknown, frames: HeldFrames): Session {
  const submit = (job: Job): void =>
    job.onResults(
      job.requests.map(({ setup, record }) => runExperiment(definition, setup, { record })),
      1,
    );
  const session = new Session({
    definition,
    initial: { interventions },
    runs: { submit, rehearse: async () => {}, close: () => {} },
    frames,
    nowMs: () => frames.nowMs,
  });
  session.start();
  return session;
}

/** All that is heard while the run plays from its start to its end. */
function played(session: Session, frames: HeldFrames, verbosity: Verbosity): { said: string[]; atMs: number[] } {
  const said: string[] = [];
  const atMs: number[] = [];
  const unit = session.definition.clock?.unit ?? 's';
  session.playback.seek(0);
  const stop = announcePlaying(session, {
    say: (text) => {
      said.push(text);
      atMs.push(frames.nowMs);
    },
    verbosity: () => verbosity,
    nowMs: () => frames.nowMs,
    timeText: (time) => clockText(time, session.playback.horizonMs(), unit),
  });
  session.playback.play();
  for (let frame = 0; frame < 5000 && session.playback.isPlaying(); frame++) frames.pass(50);
  stop();
  return { said, atMs };
}

describe.each(scripts.map((script, index) => [script.id, script, experiments[index]] as const))(
  'what is heard of %s',
  (_id, script, definition) => {
    it('on arrival: the stage, the setup, what was changed, the results, what can be done', () => {
      const { store, playback } = sessionOf(definition, script.interventions, new HeldFrames());
      const moment = { cursorMs: playback.cursorMs(), horizonMs: playback.horizonMs(), isPlaying: false };
      const { stage, setup, lastChange, results, ways } = stateSummary(definition, store.getState(), moment, null);
      for (const [index, sentence] of [stage, setup, lastChange, results, ways].entries()) expect(sentence).toMatch(script.arrival[index]);
    });

    it('after a change: what was changed and what it gave', () => {
      const session = sessionOf(definition, script.interventions, new HeldFrames());
      const before = arrangementOf(session.store.getState());
      session.setValue(script.change.parameter, Number(before.a.values[script.change.parameter]) + 1);
      const { resultA, ...after } = session.store.getState();
      if (!resultA) throw new Error('no result');
      const change = changeSentence(definition, before, arrangementOf({ ...after, resultA }), session.playback.horizonMs());
      expect(`${change} ${resultSentence(definition, resultA, null)}`).toMatch(script.change.heard);
    });

    it('while it plays, at a pace that can be listened to, and at the end', () => {
      const frames = new HeldFrames();
      const { said, atMs } = played(sessionOf(definition, script.interventions, frames), frames, 'everything');
      let from = 0;
      for (const wanted of script.playing) {
        const found = said.findIndex((text, index) => index >= from && wanted.test(text));
        expect([wanted.source, found >= from]).toEqual([wanted.source, true]);
        from = found;
      }
      expect(said[said.length - 1]).toMatch(script.end);
      const gaps = atMs.slice(1, -1).map((time, index) => time - atMs[index]);
      for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(3000);
    });

    it('less when only what is important is wanted, and nothing when nothing is', () => {
      const frames = new HeldFrames();
      const session = sessionOf(definition, script.interventions, frames);
      const important = played(session, frames, 'important').said;
      expect(important.join(' ')).not.toMatch(/rotation/);
      expect(important.join(' ')).toMatch(/crashed/);
      expect(played(session, frames, 'off').said).toEqual([]);
    });
  },
);
