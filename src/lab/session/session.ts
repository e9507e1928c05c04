// One experiment on a page: its two sides, their results, where we look, and how to go back. Knows no framework.
// A change is settled, remembered and run; the result on screen stays until the next one has come.

import type { Intervention } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { isLive } from '../../experiments/definition/live';
import type { Values } from '../../experiments/definition/parameters';
import type { Notice } from '../../experiments/definition/result';
import { horizonMsOf, settle } from '../../experiments/definition/settings';
import { arrange, overlay } from './arrange';
import { forkMsOf, movedFork, withChange } from './fork';
import { History } from './history';
import { type Frames, Playback } from './playback';
import { type Expecting, Running, type Runs } from './running';
import { inShortTimes, shortTime } from './shortTime';
import { type Arrangement, actsFromMs, arrangementOf, type RawArrangement, type SessionState, type Side, type SideName } from './state';
import { Store } from './store';

interface SessionOptions {
  definition: ExperimentDefinition;
  initial: RawArrangement;
  runs: Runs;
  expecting?: Expecting;
  frames: Frames;
  /** The page's clock. */
  nowMs: () => number;
}

/** Where the cursor is at first: far enough in for the picture to be alive. */
const firstCursorShare = 0.35;

export class Session {
  readonly definition: ExperimentDefinition;
  readonly store: Store<SessionState>;
  readonly playback: Playback;
  private readonly history = new History<Arrangement>();
  private readonly options: SessionOptions;
  private readonly running: Running;

  constructor(options: SessionOptions) {
    this.options = options;
    this.definition = options.definition;
    const { arrangement, notices } = arrange(options.definition, options.initial);
    this.store = new Store<SessionState>({
      ...arrangement,
      edited: 'a',
      wholeRun: arrangement.fromMs === null,
      resultA: null,
      resultB: null,
      expected: null,
      status: 'starting',
      failure: null,
      notices,
      message: null,
      canUndo: false,
      canRedo: false,
      inputAtMs: null,
    });
    this.playback = new Playback(options.definition.clock?.playSeconds ?? 30, options.frames);
    this.playback.setHorizon(this.longestHorizonMs(arrangement));
    this.playback.seek(options.initial.cursorMs ?? this.playback.horizonMs() * firstCursorShare);
    this.running = new Running(options, this.store, this.playback);
  }

  /** The first run. Call it once the page is there. */
  start(): void {
    this.running.run(null);
  }

  close(): void {
    this.running.close();
    this.playback.close();
  }

  /** What a run of this setup took, recording included; 0: none yet. */
  get lastRunMs(): number {
    return this.running.lastRunMs;
  }

  // ---- what the reader changes ----

  /** On the whole run; or, of a live parameter, from the time on that the reader has chosen. */
  setValue(name: string, value: Values[string], topic = name): void {
    const side = this.editedSide();
    const fromMs = actsFromMs(this.store.getState());
    if (fromMs !== null && isLive(this.definition.parameters[name])) {
      this.changeSide(withChange(this.definition, side, name, value, fromMs), `live ${topic}`);
      return;
    }
    const wasFork = this.forkMs() !== null;
    this.changeSide({ ...side, values: { ...side.values, [name]: value } }, `value ${topic}`);
    if (wasFork && this.forkMs() === null) this.tellNoFork(name);
  }

  setSeed(seed: number): void {
    this.change({ seed }, 'seed');
  }

  newSeed(): void {
    this.setSeed(1 + Math.floor(Math.random() * 9999));
  }

  applyScenario(name: string): void {
    const scenario = this.definition.scenarios[name];
    if (!scenario) return;
    const { values, interventions, notices } = settle(this.definition, scenario);
    const side = { values, interventions };
    this.change({ ...(this.isEditingB() ? { b: side } : { a: side }), scenario: name }, `scenario ${name}`, notices);
  }

  /** Back to what the page showed at first. */
  reset(): void {
    const { arrangement, notices } = arrange(this.definition, this.options.initial);
    this.store.set({ edited: 'a', message: null, wholeRun: arrangement.fromMs === null });
    this.change(arrangement, 'reset', notices);
  }

  undo(): void {
    this.goTo(this.history.undo(arrangementOf(this.store.getState())));
  }

  redo(): void {
    this.goTo(this.history.redo(arrangementOf(this.store.getState())));
  }

  // ---- interventions: the past before them stays as it is ----

  /** At the cursor when no time is given. */
  intervene(intervention: Omit<Intervention, 'atMs'> & { atMs?: number }): void {
    const side = this.editedSide();
    const added = inShortTimes({ ...intervention, atMs: intervention.atMs ?? this.playback.cursorMs() });
    // The cursor is where it happens, and not a millionth of a second before.
    if (intervention.atMs === undefined) this.playback.seek(added.atMs);
    this.changeSide({ ...side, interventions: [...side.interventions, added] }, `intervention ${side.interventions.length}`);
  }

  editIntervention(index: number, change: Partial<Intervention>): void {
    const side = this.editedSide();
    const interventions = side.interventions.map((intervention, at) =>
      at === index ? inShortTimes({ ...intervention, ...change }) : intervention,
    );
    this.changeSide({ ...side, interventions }, `edit ${index} ${Object.keys(change).join()}`);
  }

  removeIntervention(index: number): void {
    const side = this.editedSide();
    this.changeSide(
      { ...side, interventions: side.interventions.filter((_, at) => at !== index) },
      `remove ${index} ${side.interventions.length}`,
    );
  }

  // ---- two sides ----

  /** Side B begins as a copy of A and is at once the side that the controls change. */
  compare(on: boolean): void {
    const { a, b } = this.store.getState();
    if (on === (b !== null)) return;
    this.store.set({ edited: on ? 'b' : 'a', wholeRun: true });
    this.change({ b: on ? copyOf(a) : null, fromMs: null }, 'compare');
  }

  /** As `compare`, but side B is side A until the cursor; there it may do something else at once. */
  fork(intervention?: Omit<Intervention, 'atMs'>): void {
    const { a } = this.store.getState();
    const fromMs = shortTime(this.playback.cursorMs());
    const side = copyOf(a);
    if (intervention) side.interventions.push(inShortTimes({ ...intervention, atMs: fromMs }));
    const { values, interventions, notices } = settle(this.definition, side);
    this.store.set({ edited: 'b', wholeRun: false });
    this.change({ b: { values, interventions }, fromMs, scenario: null }, 'fork', notices);
  }

  /** From when on live controls act, or null for the whole run. What a fork does at its time moves with it. */
  actFrom(fromMs: number | null): void {
    const state = this.store.getState();
    this.store.set({ wholeRun: fromMs === null });
    if (fromMs === null) return;
    const forkMs = this.forkMs();
    const atMs = shortTime(Math.min(this.playback.horizonMs(), Math.max(0, fromMs)));
    if (forkMs === null || !state.b) {
      this.store.set({ fromMs: atMs });
      return;
    }
    if (atMs === state.fromMs) return;
    const { values, interventions, notices } = settle(this.definition, movedFork(state.a, state.b, forkMs, atMs));
    this.change({ b: { values, interventions }, fromMs: atMs }, 'time of the fork', notices);
  }

  /** The second future becomes the only one. */
  keepB(): void {
    const { b, resultB } = this.store.getState();
    if (!b) return;
    if (resultB) this.store.set({ resultA: resultB });
    this.store.set({ edited: 'a', wholeRun: true });
    this.change({ a: b, b: null, fromMs: null }, 'keep B');
  }

  /** The time up to which both sides are one, or null. */
  forkMs(): number | null {
    return forkMsOf(this.definition, this.store.getState());
  }

  edit(side: SideName): void {
    if (side === 'a' || this.store.getState().b) this.store.set({ edited: side });
  }

  // ---- from outside: a link, a `<Try>` ----

  /** Sets what is given; the rest is as the page showed it at first, or as it is now. */
  apply(
    raw: RawArrangement,
    options: { over?: 'initial' | 'current' | 'defaults'; message?: string | null; notices?: Notice[] } = {},
  ): void {
    const { a, b, seed } = this.store.getState();
    const bases = { initial: this.options.initial, current: { ...a, seed, sideB: b }, defaults: {} } satisfies Record<
      string,
      RawArrangement
    >;
    const whole = overlay(bases[options.over ?? 'initial'], raw);
    const { arrangement, notices } = arrange(this.definition, whole);
    this.playback.pause();
    this.store.set({ edited: 'a', message: options.message ?? null, wholeRun: arrangement.fromMs === null });
    this.change(arrangement, 'apply', [...(options.notices ?? []), ...notices]);
    if (raw.cursorMs === undefined) return;
    // In the run that is coming: the cursor of a shorter one would be cut off, and then stretched.
    this.playback.setHorizon(this.longestHorizonMs(arrangement));
    this.playback.seek(raw.cursorMs);
  }

  dismissNotices(): void {
    this.store.set({ notices: [], message: null });
  }

  /** Once more, after a failure. */
  retry(): void {
    this.running.run(this.options.nowMs());
  }

  // ---- within ----

  private goTo(arrangement: Arrangement | undefined): void {
    if (!arrangement) return;
    if (arrangement.b && !this.store.getState().b) this.store.set({ edited: 'b' });
    this.put(arrangement, []);
  }

  /** A fork is over when the sides no longer start alike: that should not come as a surprise. */
  private tellNoFork(name: string): void {
    const { label } = this.definition.parameters[name];
    const text = translate(
      {
        id: 'lab.session.noFork',
        message: '{label} cannot change in the middle of a run, so the two sides now differ from the start. Undo brings the fork back.',
      },
      { label },
    );
    this.store.set({ notices: [...this.store.getState().notices, { about: name, text }] });
  }

  private isEditingB(): boolean {
    const { edited, b } = this.store.getState();
    return edited === 'b' && b !== null;
  }

  private editedSide(): Side {
    const { a, b } = this.store.getState();
    return this.isEditingB() && b ? b : a;
  }

  private changeSide(raw: Side, topic: string): void {
    const { values, interventions, notices } = settle(this.definition, raw);
    const side = { values, interventions };
    this.change({ ...(this.isEditingB() ? { b: side } : { a: side }), scenario: null }, topic, notices);
  }

  private change(change: Partial<Arrangement>, topic: string, notices: Notice[] = []): void {
    const before = arrangementOf(this.store.getState());
    this.history.remember(before, `${this.store.getState().edited} ${topic}`, this.options.nowMs());
    this.put({ ...before, ...change }, notices);
  }

  private put(arrangement: Arrangement, notices: Notice[]): void {
    const { edited } = this.store.getState();
    this.store.set({
      ...arrangement,
      notices,
      edited: arrangement.b ? edited : 'a',
      resultB: arrangement.b ? this.store.getState().resultB : null,
      expected: null,
      canUndo: this.history.canUndo,
      canRedo: this.history.canRedo,
    });
    this.running.run(this.options.nowMs());
  }

  private longestHorizonMs({ a, b }: Arrangement): number {
    return Math.max(horizonMsOf(this.definition, a.values), b ? horizonMsOf(this.definition, b.values) : 0);
  }
}

function copyOf({ values, interventions }: Side): Side {
  return { values: { ...values }, interventions: [...interventions] };
}
