// Measures everything in one run, in turns, so that a busy machine slows all alike.

import { mmc } from '../../src/simulation/theory/mmc';
import { engineBalanced, engineStation } from './engine';
import { handWrittenLoop } from './handWritten';
import { simjsStation } from './simjsStation';

export interface BenchReport {
  model: string;
  requestsPerSecond: { engine: number; handWritten: number; simjs: number; balanced4: number; balanced64: number };
  ratios: { engineToHandWritten: number; engineToSimjs: number; cost64To4: number };
  /** Mean response in service times: the same queue gives the same mean, or the speeds do not compare. */
  meanResponse: { theory: number; engine: number; handWritten: number; simjs: number };
}

const servers = 4;
const rho = 0.9;
const rounds = 7;
const warmUpRounds = 3;

/** Seeds above `rounds` are for warming up. */
const warmUpSeed = 100;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

export function bench(): BenchReport {
  const means = { engine: 0, handWritten: 0, simjs: 0 };
  const contestants = {
    engine: { requests: 1_000_000, run: (n: number, seed: number) => engineStation(n, servers, rho, seed).meanResponse },
    handWritten: { requests: 1_000_000, run: (n: number, seed: number) => handWrittenLoop(n, servers, rho, seed).meanResponse },
    simjs: { requests: 100_000, run: (n: number, seed: number) => simjsStation(n, servers, rho, seed) },
    balanced4: { requests: 300_000, run: (n: number, seed: number) => engineBalanced(n, 4, rho, seed).meanResponse },
    balanced64: { requests: 300_000, run: (n: number, seed: number) => engineBalanced(n, 64, rho, seed).meanResponse },
  };
  type Name = keyof typeof contestants;
  const names = Object.keys(contestants) as Name[];
  const speeds = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  const measure = (name: Name, seed: number): number => {
    const { requests, run } = contestants[name];
    const began = performance.now();
    const mean = run(requests, seed);
    if (seed <= rounds && name in means) means[name as keyof typeof means] += mean / rounds;
    return (requests / (performance.now() - began)) * 1000;
  };
  // The just-in-time compiler settles on each alone first; then they take turns.
  for (const name of names) for (let round = 0; round < warmUpRounds; round++) measure(name, warmUpSeed + round);
  for (let round = 0; round < rounds; round++) for (const name of names) speeds[name].push(measure(name, round + 1));

  const requestsPerSecond = Object.fromEntries(
    names.map((name) => [name, Math.round(median(speeds[name]))]),
  ) as BenchReport['requestsPerSecond'];
  return {
    model: `M/M/${servers} at ρ = ${rho}, full statistics and trace hash`,
    requestsPerSecond,
    ratios: {
      engineToHandWritten: median(speeds.engine.map((speed, round) => speed / speeds.handWritten[round])),
      engineToSimjs: median(speeds.engine.map((speed, round) => speed / speeds.simjs[round])),
      cost64To4: median(speeds.balanced4.map((speed, round) => speed / speeds.balanced64[round])),
    },
    meanResponse: { theory: mmc({ arrivalsPerSecond: 1000 * servers * rho, serviceMs: 1, servers }).responseMs, ...means },
  };
}

export function printBench({ model, requestsPerSecond, ratios, meanResponse }: BenchReport): void {
  const line = (what: string, speed: number, mean?: number) =>
    console.log(
      `  ${what.padEnd(44)} ${(speed / 1e6).toFixed(2).padStart(6)} M requests/s${mean === undefined ? '' : `   mean response ${mean.toFixed(3)}`}`,
    );
  console.log(`${model} (median of ${rounds} rounds; theory: mean response ${meanResponse.theory.toFixed(3)})`);
  line('this engine', requestsPerSecond.engine, meanResponse.engine);
  line('hand-written loop, plain JavaScript', requestsPerSecond.handWritten, meanResponse.handWritten);
  line('simjs', requestsPerSecond.simjs, meanResponse.simjs);
  line('4 servers behind least connections', requestsPerSecond.balanced4);
  line('64 servers behind least connections', requestsPerSecond.balanced64);
  console.log(
    `  engine to hand-written loop: ${ratios.engineToHandWritten.toFixed(2)}; engine to simjs: ${ratios.engineToSimjs.toFixed(1)}; cost of a request with 64 servers to 4: ${ratios.cost64To4.toFixed(2)}`,
  );
}
