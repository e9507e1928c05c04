// A request's story in words: how long it took, what most of that time was, and whether the part where it was stuck was well.

import type { Trace } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import { type ConditionSpan, conditionDuring } from './conditions';
import type { RequestSpans } from './requestSpans';
import { doingAt, lengthText, type Outcome, shareText } from './words';

interface Story {
  /** "Request 812" */
  name: string;
  outcome: Outcome;
  spans: RequestSpans;
  trace: Trace;
  /** A time of the run as the player writes it. */
  clock: (ms: number) => string;
}

export function storyOf(story: Story): string {
  const { spans } = story;
  const [main] = spans.stretches;
  const head = headOf(story);
  const sentences = [main && main.ms > 0 ? `${head}: ${mainOf(story)}.` : `${head}${stoppedBy(story)}.`];
  if (spans.attempts > 1)
    sentences.push(translate({ id: 'lab.traces.tookAttempts', message: 'It took {count} attempts.' }, { count: spans.attempts }));
  return sentences.join(' ');
}

function headOf({ name, outcome, spans }: Story): string {
  const values = { request: name, time: lengthText(spans.endMs - spans.startMs) };
  switch (outcome) {
    case 'completed':
      return translate({ id: 'lab.traces.took', message: '{request} took {time}' }, values);
    case 'rejected':
      return translate({ id: 'lab.traces.wasRejected', message: '{request} was rejected after {time}' }, values);
    case 'abandoned':
      return translate({ id: 'lab.traces.gaveUp', message: '{request} gave up after {time}' }, values);
    case 'timedOut':
      return translate({ id: 'lab.traces.ranOut', message: '{request} timed out after {time}' }, values);
    case 'failed':
      return translate({ id: 'lab.traces.hasFailed', message: '{request} failed after {time}' }, values);
    case 'lost':
      return translate({ id: 'lab.traces.gotLost', message: '{request} got lost after {time}' }, values);
    case 'open':
      return translate({ id: 'lab.traces.stillOpen', message: '{request} was still open at the end, after {time}' }, values);
  }
}

function mainOf({ spans, trace, clock }: Story): string {
  const [main] = spans.stretches;
  const share = main.ms / (spans.endMs - spans.startMs);
  const doing = doingAt(main.doing, labelOf(trace, main.part));
  const text =
    share > 0.995
      ? translate({ id: 'lab.traces.allOfIt', message: 'all of it {doing}' }, { doing })
      : translate(
          { id: 'lab.traces.ofIt', message: '{time} of it ({share}) {doing}' },
          { time: lengthText(main.ms), share: shareText(share), doing },
        );
  const condition = conditionDuring(trace, main.part, main.fromMs, main.toMs);
  return condition ? `${text}, ${conditionText(condition, clock)}` : text;
}

/** For one that never waited anywhere: where it ended. */
function stoppedBy({ spans, outcome, trace, clock }: Story): string {
  if (outcome === 'completed' || outcome === 'open') return '';
  const last = spans.spans.findLast(({ step, fate }) => step === 'visit' && fate !== 'completed');
  if (!last) return '';
  const text = translate({ id: 'lab.traces.stoppedAt', message: ' at {part}' }, { part: labelOf(trace, last.part) });
  const condition = conditionDuring(trace, last.part, last.startMs, last.endMs);
  return condition ? `${text}, ${conditionText(condition, clock)}` : text;
}

function conditionText({ condition, fromMs, toMs }: ConditionSpan, clock: (ms: number) => string): string {
  const values = { from: clock(fromMs), to: Number.isFinite(toMs) ? clock(toMs) : '' };
  if (!Number.isFinite(toMs)) {
    switch (condition) {
      case 'down':
        return translate({ id: 'lab.traces.downOn', message: 'which was down from {from} on' }, values);
      case 'slow':
        return translate({ id: 'lab.traces.slowOn', message: 'which ran slow from {from} on' }, values);
      case 'paused':
        return translate({ id: 'lab.traces.pausedOn', message: 'which stood still from {from} on' }, values);
      case 'warming':
        return translate({ id: 'lab.traces.warmingOn', message: 'which was warming up from {from} on' }, values);
    }
  }
  switch (condition) {
    case 'down':
      return translate({ id: 'lab.traces.down', message: 'which was down from {from} to {to}' }, values);
    case 'slow':
      return translate({ id: 'lab.traces.slow', message: 'which ran slow from {from} to {to}' }, values);
    case 'paused':
      return translate({ id: 'lab.traces.paused', message: 'which stood still from {from} to {to}' }, values);
    case 'warming':
      return translate({ id: 'lab.traces.warming', message: 'which was warming up from {from} to {to}' }, values);
  }
}

/** As in the picture. */
export function labelOf({ partList }: Trace, part: string): string {
  return partList.find(({ name }) => name === part)?.label ?? part;
}
