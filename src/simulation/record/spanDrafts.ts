// From records to spans: which visit of a request to a part does a record belong to, and who asked for it?
// A record carries the number of its request only, so with retries several visits may be open at one part. They are told apart by
// time: a caller asks in the instant in which it was entered or its own work ended, and a service ends when it was planned to.

import { fates } from '../measure/accounts';
import { recordKinds, type Trace } from './trace';

export type SpanStep = 'request' | 'attempt' | 'visit' | 'wait' | 'service' | 'flight';

/** A span while it is put together. Times in ms; part is an id; fate is a code, or -1. */
interface Draft {
  /** Its place among the drafts of the request. */
  ordinal: number;
  step: SpanStep;
  part: number;
  parent: Draft | undefined;
  startMs: number;
  /** NaN while it is open. */
  endMs: number;
  fate: number;
  /** Number of the attempt that it belongs to, 0 for the first. */
  attempt: number;
  /** It ends when the part that it asked has answered: a balancer, a source, an attempt that was not recorded. */
  endsWithAnswer: boolean;
  /** When its own work is to end, or the part that it asked has answered. */
  readyMs: number;
  /** When its answer reached the caller; NaN before, and when it got lost. */
  answeredMs: number;
  /** It came over a slow link, and so will its answer. */
  cameByFlight: boolean;
  /** Waiting or in service, at a part that serves. */
  phase: Draft | undefined;
  /** The recording ended first. */
  isOpen: boolean;
}

/**
 * Spans of the requests of one number, in order of their beginning, each after its parent. There is one such request, with one root,
 * unless several sources count from 0.
 */
export class RequestDrafts {
  readonly drafts: Draft[] = [];
  /** The latest to be opened. */
  private root!: Draft;

  constructor(
    private readonly trace: Trace,
    /** Pairs of linked parts: from × 65536 + to. */
    private readonly links: ReadonlySet<number>,
  ) {}

  open(source: number, openedMs: number): void {
    this.root = this.add('request', source, undefined, openedMs);
    this.root.endsWithAnswer = true;
  }

  apply(index: number): void {
    const { trace } = this;
    const part = trace.parts[index];
    const nowMs = trace.timesMs[index];
    const value = trace.values[index];
    switch (trace.kinds[index]) {
      case recordKinds.attempt:
        this.attempt(part, nowMs, value >> 4, (value & 15) - 1);
        break;
      case recordKinds.flight:
        this.fly(part, nowMs, value);
        break;
      case recordKinds.enter:
        this.enter(part, nowMs, value);
        break;
      case recordKinds.wait:
        this.turn(
          this.visit(part, (visit) => visit.phase === undefined),
          'wait',
          nowMs,
        );
        break;
      case recordKinds.start:
        this.start(part, nowMs, value);
        break;
      case recordKinds.interrupt:
        this.interrupt(this.visit(part, isServed), nowMs);
        break;
      case recordKinds.replan: {
        const visit = this.visit(part, isServed);
        if (visit) visit.readyMs = nowMs + value;
        break;
      }
      case recordKinds.leave:
        this.leave(part, nowMs, value);
        break;
    }
  }

  /** Ends what is still open when the recording does; a flight that was to land and did not is lost. */
  finish(endMs: number): void {
    const { fromMs } = this.trace;
    for (const draft of this.drafts) {
      // Of one already on its way when a window began mid-run nobody can tell where it was to land.
      const isToLand = draft.step === 'flight' && (fromMs === 0 || draft.startMs > fromMs);
      if (isToLand && draft.fate < 0 && draft.endMs <= endMs) draft.fate = fates.lost;
      if (draft.endMs <= endMs) continue;
      draft.isOpen = true;
      draft.endMs = endMs;
      draft.fate = -1;
    }
  }

  private add(step: SpanStep, part: number, parent: Draft | undefined, startMs: number): Draft {
    const draft: Draft = {
      ordinal: this.drafts.length,
      step,
      part,
      parent,
      startMs,
      endMs: Number.NaN,
      fate: -1,
      attempt: parent?.attempt ?? 0,
      endsWithAnswer: false,
      readyMs: Number.NaN,
      answeredMs: Number.NaN,
      cameByFlight: false,
      phase: undefined,
      isOpen: false,
    };
    this.drafts.push(draft);
    return draft;
  }

  /** The latest open visit to a part for which a condition holds. */
  private visit(part: number, fits: (visit: Draft) => boolean): Draft | undefined {
    return this.drafts.findLast((draft) => draft.step === 'visit' && draft.part === part && Number.isNaN(draft.endMs) && fits(draft));
  }

  private attempt(part: number, nowMs: number, number: number, fate: number): void {
    if (fate < 0) {
      const attempt = this.add('attempt', part, this.visit(part, () => true) ?? this.root, nowMs);
      attempt.attempt = number;
      return;
    }
    const attempt = this.drafts.findLast(
      (draft) => draft.step === 'attempt' && draft.part === part && draft.attempt === number && Number.isNaN(draft.endMs),
    );
    if (attempt) close(attempt, nowMs, fate);
  }

  /** On a wire: the answer of a visit that ended just now, or else a question. */
  private fly(towards: number, nowMs: number, arrivalMs: number): void {
    const answer = this.drafts.findLast(
      (draft) => draft.step === 'visit' && draft.endMs === nowMs && draft.parent?.part === towards && !(draft.answeredMs > nowMs),
    );
    const asker = answer?.parent ?? this.askerOf((part) => this.links.has(part * 65_536 + towards), nowMs);
    const flight = this.add('flight', towards, asker, nowMs);
    flight.endMs = arrivalMs;
    if (answer === undefined) return;
    flight.fate = fates.completed;
    answer.answeredMs = arrivalMs;
    tellCaller(answer);
  }

  private enter(part: number, nowMs: number, from: number): void {
    const flight = this.drafts.find((draft) => draft.step === 'flight' && draft.part === part && draft.endMs === nowMs && draft.fate < 0);
    const asker = flight?.parent ?? this.askerOf((id) => id === from, nowMs);
    const visit = this.add('visit', part, asker, nowMs);
    if (flight) {
      flight.fate = fates.completed;
      visit.cameByFlight = true;
    }
    const { kind } = this.trace.partList[part];
    visit.endsWithAnswer = kind === 'balancer' || kind === 'network';
  }

  /** Who asks now: the latest that is open, best one whose turn it is in this instant. A client asks by an attempt. */
  private askerOf(fits: (part: number) => boolean, nowMs: number): Draft {
    const mayAsk = (draft: Draft): boolean => isAsker(draft) && Number.isNaN(draft.endMs) && fits(draft.part);
    const asker =
      this.drafts.findLast((draft) => mayAsk(draft) && (draft.startMs === nowMs || draft.readyMs === nowMs)) ??
      this.drafts.findLast(mayAsk) ??
      this.root;
    return asker.step === 'visit' && this.trace.partList[asker.part].kind === 'client' ? this.unrecordedAttempt(asker, nowMs) : asker;
  }

  /** An attempt that the trace does not tell of: it ends with its answer, or when the client asks again without one. */
  private unrecordedAttempt(client: Draft, nowMs: number): Draft {
    let number = 0;
    for (const draft of this.drafts) {
      if (draft.parent !== client || draft.step !== 'attempt') continue;
      number++;
      if (Number.isNaN(draft.endMs)) close(draft, nowMs, fates.timedOut);
    }
    const attempt = this.add('attempt', client.part, client, nowMs);
    attempt.attempt = number;
    attempt.endsWithAnswer = true;
    return attempt;
  }

  private start(part: number, nowMs: number, serviceMs: number): void {
    const { drafts } = this;
    const waiting = drafts.find((draft) => draft.part === part && Number.isNaN(draft.endMs) && draft.phase?.step === 'wait');
    const visit = waiting ?? this.visit(part, ({ phase }) => phase === undefined);
    this.turn(visit, 'service', nowMs);
    if (visit) visit.readyMs = nowMs + serviceMs;
  }

  private interrupt(visit: Draft | undefined, nowMs: number): void {
    this.turn(visit, 'wait', nowMs);
    if (visit) visit.readyMs = Number.NaN;
  }

  private turn(visit: Draft | undefined, step: 'wait' | 'service', nowMs: number): void {
    if (visit === undefined) return;
    if (visit.phase) visit.phase.endMs = nowMs;
    visit.phase = this.add(step, visit.part, visit, nowMs);
  }

  private leave(part: number, nowMs: number, fate: number): void {
    let visit: Draft | undefined;
    let least = Infinity;
    for (const draft of this.drafts) {
      if (draft.step !== 'visit' || draft.part !== part || !Number.isNaN(draft.endMs)) continue;
      const distance = distanceOf(draft, nowMs, fate);
      if (visit !== undefined && !(distance < least)) continue;
      visit = draft;
      least = distance;
    }
    if (visit === undefined) return;
    if (visit.phase) visit.phase.endMs = nowMs;
    close(visit, nowMs, fate);
    // The answer of one that came over a slow link is told of by its own flight; one that was taken back has none.
    if (visit.cameByFlight && fate !== fates.abandoned) return;
    visit.answeredMs = nowMs;
    tellCaller(visit);
  }
}

/** An attempt that was not recorded came about by asking: it does so no more. */
function isAsker({ step, endsWithAnswer }: Draft): boolean {
  return step === 'visit' || step === 'request' || (step === 'attempt' && !endsWithAnswer);
}

function isServed(visit: Draft): boolean {
  return visit.phase?.step === 'service';
}

/**
 * How far a visit is from leaving now with a fate: a completion comes when it is due, whoever is turned away has just come, and of one
 * that is taken back the attempt has just ended.
 */
function distanceOf(visit: Draft, nowMs: number, fate: number): number {
  if (fate === fates.completed || fate === fates.failed) return Number.isNaN(visit.readyMs) ? Infinity : Math.abs(visit.readyMs - nowMs);
  if (fate === fates.rejected) return nowMs - visit.startMs;
  if (fate === fates.abandoned) return visit.parent?.endMs === nowMs ? 0 : 1;
  return 0;
}

function close(draft: Draft, nowMs: number, fate: number): void {
  draft.endMs = nowMs;
  draft.fate = fate;
  draft.endsWithAnswer = false;
}

function tellCaller(visit: Draft): void {
  const { parent, answeredMs, fate } = visit;
  if (parent === undefined) return;
  if (Number.isNaN(parent.endMs) || parent.endsWithAnswer) parent.readyMs = answeredMs;
  if (!parent.endsWithAnswer) return;
  parent.endMs = answeredMs;
  // To a client that takes a question back, it has timed out.
  parent.fate = parent.step === 'attempt' && fate === fates.abandoned ? fates.timedOut : fate;
  if (parent.cameByFlight && fate !== fates.abandoned) return;
  parent.answeredMs = answeredMs;
  tellCaller(parent);
}
