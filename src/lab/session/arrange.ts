// From anything at all to an arrangement that can run, with a sentence for each thing that had to be changed.

import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { noticeOf, phrases } from '../../experiments/definition/phrases';
import type { Notice } from '../../experiments/definition/result';
import { type RawSetup, settle } from '../../experiments/definition/settings';
import { forkMsOf } from './fork';
import type { Arrangement, RawArrangement, Side } from './state';

export function arrange(definition: ExperimentDefinition, raw: RawArrangement): { arrangement: Arrangement; notices: Notice[] } {
  const { notices: notesA, seed, values, interventions } = settle(definition, raw);
  const notices = [...notesA];
  let b: Side | null = null;
  if (raw.sideB) {
    const settled = settle(definition, { ...raw.sideB, seed });
    b = { values: settled.values, interventions: settled.interventions };
    notices.push(...settled.notices.map(({ about, text }) => noticeOf(about, phrases.onSideB, { notice: text })));
  }
  const a = { values, interventions };
  return { arrangement: { seed, a, b, scenario: null, fromMs: forkMsOf(definition, { a, b, fromMs: null }) }, notices };
}

/** `change` over `base`: values by name, all else as a whole. */
export function overlay(base: RawArrangement, change: RawArrangement): RawArrangement {
  return {
    values: { ...asRecord(base.values), ...asRecord(change.values) },
    seed: change.seed ?? base.seed,
    interventions: change.interventions ?? base.interventions,
    sideB: overlaySide(change, base),
    cursorMs: change.cursorMs ?? base.cursorMs,
  };
}

/** Side B of a change is told as what differs from its side A. */
function overlaySide(change: RawArrangement, base: RawArrangement): RawSetup | null | undefined {
  if (change.sideB === undefined) return base.sideB;
  if (change.sideB === null) return null;
  return {
    values: { ...asRecord(base.values), ...asRecord(change.values), ...asRecord(change.sideB.values) },
    interventions: change.sideB.interventions ?? change.interventions ?? base.interventions,
  };
}

function asRecord(raw: unknown): Record<string, unknown> {
  return raw !== null && typeof raw === 'object' ? (raw as Record<string, unknown>) : {};
}
