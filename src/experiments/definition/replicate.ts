// The same setting under several seeds: means with their intervals, and the verdict on claims.

import { meanInterval } from '@by-the-slice/simulation';
import { claimSeeds } from './claimSeeds';
import type { Claim, ExperimentDefinition, PartialSetup } from './defineExperiment';
import { phrases } from './phrases';
import type { Result } from './result';
import { figuresOnly, runExperiment } from './run';
import { settle } from './settings';

export interface Estimate {
  mean: number;
  halfWidth: number;
  low: number;
  high: number;
  count: number;
}

/** Mean and 95 % interval of each metric over the runs; metrics that have no value in some run are left out. */
export function estimatesOf(runs: readonly Result['metrics'][]): Record<string, Estimate> {
  const estimates: Record<string, Estimate> = {};
  for (const id of Object.keys(runs[0] ?? {})) {
    const values = runs.map((metrics) => metrics[id].value);
    if (values.every((value): value is number => value !== null)) estimates[id] = meanInterval(values);
  }
  return estimates;
}

export interface ClaimVerdict {
  holds: boolean;
  /** What was found, with places for numbers. Where it does not hold: for whoever has to mend the claim or the model. */
  detail: string;
  numbers: Record<string, number>;
}

export function checkClaim(definition: ExperimentDefinition, claim: Claim, seeds = claimSeeds): ClaimVerdict {
  const run = (partial: PartialSetup, seed: number) => {
    const { notices, ...setup } = settle(definition, { ...partial, seed });
    if (notices.length > 0)
      throw new Error(`A claim of ${definition.id} uses a setting that is not allowed: ${notices.map((notice) => notice.text).join(' ')}`);
    return runExperiment(definition, setup, figuresOnly);
  };
  if ('always' in claim) {
    for (const setup of claim.setups ?? [{}]) {
      for (const seed of seeds) {
        if (!claim.always(run(setup, seed))) {
          return { holds: false, detail: `It fails for seed ${seed} with ${JSON.stringify(setup)}.`, numbers: {} };
        }
      }
    }
    return { holds: true, detail: phrases.holds, numbers: { seeds: seeds.length } };
  }
  const sign = claim.expect === 'a above b' ? 1 : -1;
  const factor = claim.byFactor ?? 1;
  const differences = seeds.map((seed) => {
    const a = claim.measure(run(claim.a, seed));
    const b = claim.measure(run(claim.b, seed));
    return claim.expect === 'a above b' ? a - factor * b : factor * a - b;
  });
  const { mean, halfWidth } = meanInterval(differences);
  const holds = sign * mean - halfWidth > 0;
  const wanted = holds ? '' : ` The claim expects ${claim.expect}${factor === 1 ? '' : ` by a factor of ${factor}`}.`;
  return { holds, detail: phrases.difference + wanted, numbers: { seeds: seeds.length, mean, halfWidth } };
}
