// The address that is the whole experiment as it stands: both sides, seed, interventions, cursor, and the model's hash.

import { translate } from '@docusaurus/Translate';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { experimentOfLink, readLink, writeLink } from '../../experiments/definition/link';
import type { Notice } from '../../experiments/definition/result';
import type { Session } from '../session/session';
import type { RawArrangement } from '../session/state';

export function fragmentOf({ definition, store, playback }: Session): string {
  const { a, b, seed, resultA } = store.getState();
  return writeLink(definition, {
    ...a,
    seed,
    ...(b ? { sideB: b } : {}),
    ...(definition.kind === 'simulation' ? { cursorMs: playback.cursorMs() } : {}),
    ...(resultA ? { modelHash: resultA.modelHash } : {}),
  });
}

/** What the address asks of this experiment, or null when it asks nothing. */
export function arrangementOfAddress(
  definition: ExperimentDefinition,
  fragment: string,
  modelHash: string | undefined,
): { raw: RawArrangement; notices: Notice[] } | null {
  if (experimentOfLink(fragment) !== definition.id) return null;
  const { state, notices } = readLink(definition, fragment);
  const { modelHash: linkHash, sideB, ...raw } = state;
  const changed = linkHash !== undefined && modelHash !== undefined && linkHash !== modelHash;
  return {
    raw: { ...raw, sideB: sideB ?? null },
    notices: changed
      ? [
          {
            about: 'link',
            text: translate({
              id: 'lab.share.modelChanged',
              message: 'The model has changed since this link was made, so the results can differ from those you were sent.',
            }),
          },
          ...notices,
        ]
      : notices,
  };
}
