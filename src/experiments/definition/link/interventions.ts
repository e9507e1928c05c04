// Interventions as text: `slow:servers/2+servers/3:12300-20000:factor=0.25`. In version 2 several times stand in one field where what is
// done is the same: `crash:servers/2:12300,14000,15500-16000`.

import type { Intervention } from '@by-the-slice/simulation';
import { encode } from './fields';

/** More are never kept (see `settle`): no need to read them. One more, so that it can say so. */
const mostRead = 201;
const times = /^([^-]*?(?:e-\d+)?)(?:-(.*))?$/i;

export function writeIntervention(intervention: Intervention): string {
  return encode(textOf(intervention, timeText(intervention)));
}

/** Those that do the same share a field, unless two of one instant would then change places. */
export function writeInterventions(interventions: readonly Intervention[]): string[] {
  const groups = grouped(interventions);
  const order = groups.flat().sort((a, b) => a.atMs - b.atMs);
  if (order.some((intervention, index) => intervention !== interventions[index])) return interventions.map(writeIntervention);
  return groups.map((group) => encode(textOf(group[0], group.map(timeText).join(','))));
}

function grouped(interventions: readonly Intervention[]): Intervention[][] {
  const groups = new Map<string, Intervention[]>();
  for (const intervention of interventions) {
    const key = textOf(intervention, '');
    const group = groups.get(key);
    if (group) group.push(intervention);
    else groups.set(key, [intervention]);
  }
  return [...groups.values()];
}

/** What `longer` has besides all of `list`, or nothing when it lacks something, or has it in another order. */
export function added(list: readonly Intervention[], longer: readonly Intervention[]): Intervention[] | undefined {
  const rest = [...longer];
  for (const intervention of list) {
    const at = rest.findIndex((one) => isSame(one, intervention));
    if (at < 0) return undefined;
    rest.splice(at, 1);
  }
  const merged = [...list, ...rest].sort((a, b) => a.atMs - b.atMs);
  return merged.every((intervention, index) => isSame(intervention, longer[index])) ? rest : undefined;
}

function isSame(a: Intervention, b: Intervention): boolean {
  return textOf(a, timeText(a)) === textOf(b, timeText(b));
}

function timeText({ atMs, untilMs }: Intervention): string {
  return untilMs === undefined ? String(atMs) : `${atMs}-${untilMs}`;
}

function textOf({ verb, targets, arguments: given }: Intervention, time: string): string {
  const numbers = Object.entries(given ?? {}).map(([name, value]) => `:${name}=${value}`);
  return `${verb}:${targets.join('+')}:${time}${numbers.join('')}`;
}

export function readInterventions(texts: readonly string[]): unknown[] {
  const read: unknown[] = [];
  for (const text of texts) {
    const [verb, targets = '', time = '', ...rest] = text.split(':');
    for (const one of time.split(',')) {
      if (read.length >= mostRead) return read;
      read.push(readIntervention([verb, targets, one, ...rest].join(':')));
    }
  }
  return read;
}

/** One, as the command line takes it too. What comes out may be anything: `settle` judges it. */
export function readIntervention(text: string): unknown {
  const [verb, targets = '', time = '', ...numbers] = text.split(':');
  const [, atMs, untilMs] = times.exec(time) ?? [];
  const pairs = numbers.map((pair) => pair.split('='));
  return {
    verb,
    targets: targets.split('+'),
    atMs,
    ...(untilMs === undefined ? {} : { untilMs }),
    ...(pairs.length > 0 ? { arguments: Object.fromEntries(pairs.map(([name, value]) => [name, Number(value)])) } : {}),
  };
}
