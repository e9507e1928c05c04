// What is measured, by name. Each runs in a thread of its own, as an experiment does in the page, so that what the
// just-in-time compiler learned from one does not change another.

import { engineBalanced, engineStation } from './engine';
import { handWrittenLoop } from './handWritten';
import { simjsStation } from './simjsStation';

export const servers = 4;
export const rho = 0.9;

export interface Contestant {
  /** Requests of one round. */
  requests: number;
  /** Gives the mean response, in service times. */
  run: (requests: number, seed: number) => number;
}

export const contestants = {
  engine: { requests: 1_000_000, run: (n, seed) => engineStation(n, servers, rho, seed).meanResponse },
  engineHashed: { requests: 1_000_000, run: (n, seed) => engineStation(n, servers, rho, seed, 'none').meanResponse },
  handWritten: { requests: 1_000_000, run: (n, seed) => handWrittenLoop(n, servers, rho, seed).meanResponse },
  simjs: { requests: 100_000, run: (n, seed) => simjsStation(n, servers, rho, seed) },
  balanced4: { requests: 300_000, run: (n, seed) => engineBalanced(n, 4, rho, seed).meanResponse },
  balanced64: { requests: 300_000, run: (n, seed) => engineBalanced(n, 64, rho, seed).meanResponse },
} satisfies Record<string, Contestant>;

export type ContestantName = keyof typeof contestants;
