// The words of the traces: outcomes with their signs, what a request does, how long. A sign never stands without its word.

import { type FateName, fateNames } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { formatNumber, unitAfter } from '../../experiments/definition/number';
import type { Doing } from './requestSpans';
import type { OutcomeFilter } from './rowsInOrder';

export type Outcome = FateName | 'open';

/** @param fate code, or -1 */
export function outcomeOf(fate: number): Outcome {
  return fate < 0 ? 'open' : fateNames[fate];
}

export const outcomeSigns: Record<Outcome, string> = {
  completed: '✓',
  rejected: '✕',
  abandoned: '↩',
  timedOut: '◷',
  failed: '✕',
  lost: '?',
  open: '…',
};

export function outcomeWord(outcome: Outcome): string {
  switch (outcome) {
    case 'completed':
      return translate({ id: 'lab.traces.completed', message: 'completed' });
    case 'rejected':
      return translate({ id: 'lab.traces.rejected', message: 'rejected' });
    case 'abandoned':
      return translate({ id: 'lab.traces.abandoned', message: 'abandoned' });
    case 'timedOut':
      return translate({ id: 'lab.traces.timedOut', message: 'timed out' });
    case 'failed':
      return translate({ id: 'lab.traces.failed', message: 'failed' });
    case 'lost':
      return translate({ id: 'lab.traces.lost', message: 'lost' });
    case 'open':
      return translate({ id: 'lab.traces.open', message: 'still open' });
  }
}

export function outcomeFilterWord(outcome: OutcomeFilter): string {
  if (outcome === 'all') return translate({ id: 'lab.traces.allOutcomes', message: 'all outcomes' });
  if (outcome === 'not completed') return translate({ id: 'lab.traces.notCompleted', message: 'not completed' });
  return outcomeWord(outcome);
}

export function doingWord(doing: Doing): string {
  switch (doing) {
    case 'wait':
      return translate({ id: 'lab.traces.waiting', message: 'waiting' });
    case 'service':
      return translate({ id: 'lab.traces.inService', message: 'in service' });
    case 'flight':
      return translate({ id: 'lab.traces.onTheNetwork', message: 'on the network' });
    case 'other':
      return translate({ id: 'lab.traces.elsewhere', message: 'in between' });
  }
}

/** "waiting at Server 3" */
export function doingAt(doing: Doing, part: string): string {
  switch (doing) {
    case 'wait':
      return translate({ id: 'lab.traces.waitingAt', message: 'waiting at {part}' }, { part });
    case 'service':
      return translate({ id: 'lab.traces.inServiceAt', message: 'in service at {part}' }, { part });
    case 'flight':
      return translate({ id: 'lab.traces.onTheWayTo', message: 'on the way to {part}' }, { part });
    case 'other':
      return translate({ id: 'lab.traces.betweenParts', message: 'between its attempts' });
  }
}

/** A length of time in the unit that suits it. */
export function lengthText(ms: number): string {
  if (ms < 1000) return formatNumber(ms, 'ms');
  if (ms < 120_000) return formatNumber(ms / 1000, 's');
  if (ms < 7_200_000) return formatNumber(ms / 60_000, 'min');
  return ms < 172_800_000 ? formatNumber(ms / 3_600_000, 'h') : formatNumber(ms / 86_400_000, 'd');
}

/** A share from 0 to 1 in whole percent. */
export function shareText(share: number): string {
  return formatNumber(Math.round(100 * share)) + unitAfter('%');
}

/** "Request 812", in the page's own word for a request. */
export function requestName({ scene }: Pick<ExperimentDefinition, 'scene'>, number: number): string {
  const word = scene?.words?.request;
  if (word === undefined || word === 'request') return translate({ id: 'lab.traces.request', message: 'Request {number}' }, { number });
  return `${word.charAt(0).toUpperCase()}${word.slice(1)} ${number}`;
}

/** "requests", or what the page calls them. */
export function requestsWord({ scene }: Pick<ExperimentDefinition, 'scene'>): string {
  return scene?.words?.requests ?? translate({ id: 'lab.traces.requests', message: 'requests' });
}
