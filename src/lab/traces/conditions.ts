// When a part was not at its best, from the records of its states: down, slow, paused or warming up, from when to when.

import { partStates, recordKinds, type Trace } from '@by-the-slice/simulation';

type Condition = 'down' | 'slow' | 'paused' | 'warming';

export interface ConditionSpan {
  condition: Condition;
  fromMs: number;
  /** Infinity: until the end of the recording, at least. */
  toMs: number;
}

const conditionOf: Record<number, Condition> = {
  [partStates.down]: 'down',
  [partStates.slow]: 'slow',
  [partStates.paused]: 'paused',
  [partStates.warming]: 'warming',
};
const known = new WeakMap<Trace, Map<string, ConditionSpan[]>>();

/** By name of the part, in order of time. */
function conditionsOf(trace: Trace): Map<string, ConditionSpan[]> {
  let conditions = known.get(trace);
  if (!conditions) {
    conditions = findConditions(trace);
    known.set(trace, conditions);
  }
  return conditions;
}

/** The one that a stretch of time met first. */
export function conditionDuring(trace: Trace, part: string, fromMs: number, toMs: number): ConditionSpan | undefined {
  return conditionsOf(trace)
    .get(part)
    ?.find((span) => span.fromMs <= toMs && span.toMs > fromMs);
}

function findConditions({ count, kinds, parts, subjects, timesMs, partList }: Trace): Map<string, ConditionSpan[]> {
  const conditions = new Map<string, ConditionSpan[]>();
  const open = new Map<number, ConditionSpan>();
  for (let index = 0; index < count; index++) {
    if (kinds[index] !== recordKinds.state) continue;
    const part = parts[index];
    const condition = conditionOf[subjects[index]];
    const before = open.get(part);
    if (before?.condition === condition) continue;
    if (before) before.toMs = timesMs[index];
    open.delete(part);
    if (!condition) continue;
    const span: ConditionSpan = { condition, fromMs: timesMs[index], toMs: Infinity };
    open.set(part, span);
    const { name } = partList[part];
    conditions.set(name, [...(conditions.get(name) ?? []), span]);
  }
  return conditions;
}
