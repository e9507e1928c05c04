// A fork of the past is nothing but a side B that starts as side A does and does something else from a time on. So links, undo and
// sharing know it already; this finds that time again, and makes the change that a live control stands for.

import type { Intervention } from '@by-the-slice/simulation';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { isLive, setIntervention, setVerb, valuesAt } from '../../experiments/definition/live';
import type { Values } from '../../experiments/definition/parameters';
import { shownParameters } from '../../experiments/definition/settings';
import type { Arrangement, Side } from './state';

/** The time up to which both sides are one; null when there is one side, or the sides differ from the start. */
export function forkMsOf(definition: ExperimentDefinition, { a, b, fromMs }: Pick<Arrangement, 'a' | 'b' | 'fromMs'>): number | null {
  if (b === null || definition.kind !== 'simulation' || !startAlike(definition, a.values, b.values)) return null;
  const firstMs = Math.min(
    ...onlyIn(a, b)
      .concat(onlyIn(b, a))
      .map(({ atMs }) => atMs),
    fromMs ?? Infinity,
  );
  return firstMs === Infinity ? null : firstMs;
}

/** Values that are not shown decide nothing. */
function startAlike(definition: ExperimentDefinition, a: Values, b: Values): boolean {
  const shown = shownParameters(definition, a);
  return String(shown) === String(shownParameters(definition, b)) && shown.every((name) => String(a[name]) === String(b[name]));
}

function onlyIn(side: Side, other: Side): Intervention[] {
  const known = new Set(other.interventions.map((intervention) => JSON.stringify(intervention)));
  return side.interventions.filter((intervention) => !known.has(JSON.stringify(intervention)));
}

/** The side with a live parameter set from a time on. Back at the value that held anyway, there is no change. */
export function withChange(definition: ExperimentDefinition, side: Side, name: string, value: Values[string], fromMs: number): Side {
  const parameter = definition.parameters[name];
  if (!isLive(parameter)) return side;
  const isThis = ({ verb, targets, atMs }: Intervention): boolean => verb === setVerb && targets[0] === name && atMs === fromMs;
  const others = side.interventions.filter((intervention) => !isThis(intervention));
  if (valuesAt(definition, side.values, others, fromMs)[name] === value) return { ...side, interventions: others };
  const change = { ...side.interventions.find(isThis), ...setIntervention(name, parameter, value, fromMs) };
  return { ...side, interventions: [...others, change] };
}

/** Side B with all that it does at the fork moved to another time. */
export function movedFork(a: Side, b: Side, fromMs: number, toMs: number): Side {
  const own = new Set(onlyIn(b, a));
  return {
    ...b,
    interventions: b.interventions.map((intervention) => {
      if (!own.has(intervention) || intervention.atMs !== fromMs) return intervention;
      const { untilMs, ...rest } = intervention;
      return { ...rest, atMs: toMs, ...(untilMs !== undefined && untilMs > toMs ? { untilMs } : {}) };
    }),
  };
}

/** What the controls show: with a time from which they act, the values as they stand then. */
export function valuesShown(definition: ExperimentDefinition, { values, interventions }: Side, fromMs: number | null): Values {
  return fromMs === null ? values : valuesAt(definition, values, interventions, fromMs);
}

/** Controls that have an effect: those of the start, and live ones that a change has brought into play. */
export function controlsShown(definition: ExperimentDefinition, side: Side, fromMs: number | null): string[] {
  const atStart = shownParameters(definition, side.values);
  if (fromMs === null) return atStart;
  const then = shownParameters(definition, valuesShown(definition, side, fromMs));
  return Object.keys(definition.parameters).filter(
    (name) => atStart.includes(name) || (then.includes(name) && isLive(definition.parameters[name])),
  );
}
