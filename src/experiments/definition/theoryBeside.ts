// What theory says of a setting, beside what a run of it gives. Where somebody interferes with the run, most formulas are void.

import { spoken } from '@by-the-slice/simulation';
import type { ExperimentDefinition } from './defineExperiment';
import { phrases } from './phrases';
import type { Setup, Theory } from './result';

export function theoryBeside(definition: ExperimentDefinition, setup: Setup, horizonMs: number): Record<string, Theory> {
  const theory = definition.theory?.(setup.values as never, horizonMs) ?? {};
  if (setup.interventions.length === 0 || definition.theoryHoldsUnderInterventions) return theory;
  return Object.fromEntries(
    Object.entries(theory).map(([id, entry]) => [id, { ...entry, value: null, reason: spoken(phrases.interfered) }]),
  );
}
