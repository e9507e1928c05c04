// Measures everything in one run, in turns, so that a busy machine slows all alike.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { mmc } from '../../src/simulation/theory/mmc';
import { bundleTo } from '../bundle';
import { type ContestantName, contestants, rho, servers } from './contestants';
import { Racer } from './racer';

export interface BenchReport {
  model: string;
  requestsPerSecond: Record<ContestantName, number>;
  ratios: {
    engineToHandWritten: number;
    engineToSimjs: number;
    hashedToHandWritten: number;
    cost64To4: number;
    costOf10MillionTo10Thousand: number;
    twoThreads: number;
  };
  /** Most memory of a process that ran ten million requests without a trace, in MB. */
  memoryMb: number;
  /** Mean response in service times: the same queue gives the same mean, or the speeds do not compare. */
  meanResponse: { theory: number; engine: number; engineHashed: number; handWritten: number; simjs: number };
}

const rounds = 7;
const warmUpRounds = 3;
/** Seeds above `rounds` are for warming up. */
const warmUpSeed = 100;
const names = Object.keys(contestants) as ContestantName[];

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** Everything is bundled first, as it is for the page: modules loaded one by one run slower. */
export async function bench(): Promise<BenchReport> {
  const folder = mkdtempSync(join(tmpdir(), 'by-the-slice-'));
  try {
    const files = { thread: join(folder, 'thread.mjs'), memory: join(folder, 'memory.mjs') };
    bundleTo('scripts/bench/thread.ts', files.thread);
    bundleTo('scripts/bench/memory.ts', files.memory);
    return await measureAll(files);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureAll(files: { thread: string; memory: string }): Promise<BenchReport> {
  const { speeds, means } = await race(files.thread);
  const ratio = (over: ContestantName, under: ContestantName) => median(speeds[over].map((speed, round) => speed / speeds[under][round]));
  return {
    model: `M/M/${servers} at ρ = ${rho}, full statistics`,
    requestsPerSecond: Object.fromEntries(names.map((name) => [name, Math.round(median(speeds[name]))])) as Record<ContestantName, number>,
    ratios: {
      engineToHandWritten: ratio('engine', 'handWritten'),
      engineToSimjs: ratio('engine', 'simjs'),
      hashedToHandWritten: ratio('engineHashed', 'handWritten'),
      cost64To4: ratio('balanced4', 'balanced64'),
      costOf10MillionTo10Thousand: await costOfLength(files.thread),
      twoThreads: await gainOfTwoThreads(files.thread),
    },
    memoryMb: Number(execFileSync(process.execPath, [files.memory, '10000000'], { encoding: 'utf8' })),
    meanResponse: {
      theory: mmc({ arrivalsPerSecond: 1000 * servers * rho, serviceMs: 1, servers }).responseMs,
      engine: means.engine,
      engineHashed: means.engineHashed,
      handWritten: means.handWritten,
      simjs: means.simjs,
    },
  };
}

/** Requests per second of each, round by round. */
async function race(file: string) {
  const racers = new Map(names.map((name) => [name, new Racer(file, name)]));
  const speeds = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<ContestantName, number[]>;
  const means = Object.fromEntries(names.map((name) => [name, 0])) as Record<ContestantName, number>;
  const lap = (name: ContestantName, seed: number) => (racers.get(name) as Racer).run(contestants[name].requests, seed);
  for (const name of names) for (let round = 0; round < warmUpRounds; round++) await lap(name, warmUpSeed + round);
  for (let round = 1; round <= rounds; round++) {
    for (const name of names) {
      const { ms, mean } = await lap(name, round);
      speeds[name].push((contestants[name].requests / ms) * 1000);
      means[name] += mean / rounds;
    }
  }
  for (const racer of racers.values()) await racer.stop();
  return { speeds, means };
}

/** Cost of a request in a run of ten million over that in runs of ten thousand. */
async function costOfLength(file: string): Promise<number> {
  const racer = new Racer(file, 'engine');
  for (let round = 0; round < warmUpRounds; round++) await racer.run(1_000_000, warmUpSeed + round);
  let shortMs = 0;
  for (let seed = 1; seed <= 100; seed++) shortMs += (await racer.run(10_000, seed)).ms;
  const { ms } = await racer.run(10_000_000, 1);
  await racer.stop();
  return ms / 10 / shortMs;
}

/** Eight replications on two threads, over the same on one: how much sooner they are done. */
async function gainOfTwoThreads(file: string): Promise<number> {
  if (availableParallelism() < 2) return Number.NaN;
  const racers = [new Racer(file, 'engine'), new Racer(file, 'engine')];
  const all = async (threads: Racer[], first: number) => {
    const began = performance.now();
    await Promise.all(
      threads.map(async (thread, index) => {
        for (let job = index; job < 8; job += threads.length) await thread.run(500_000, first + job);
      }),
    );
    return performance.now() - began;
  };
  await all(racers, warmUpSeed);
  const gains: number[] = [];
  for (let round = 0; round < 3; round++) gains.push((await all([racers[0]], 1)) / (await all(racers, 1)));
  for (const racer of racers) await racer.stop();
  return median(gains);
}

export function printBench(report: BenchReport): void {
  const { model, requestsPerSecond, ratios, meanResponse, memoryMb } = report;
  const line = (what: string, speed: number, mean?: number) =>
    console.log(
      `  ${what.padEnd(44)} ${(speed / 1e6).toFixed(2).padStart(6)} M requests/s${mean === undefined ? '' : `   mean response ${mean.toFixed(3)}`}`,
    );
  console.log(`${model} (median of ${rounds} rounds; theory: mean response ${meanResponse.theory.toFixed(3)})`);
  line('this engine', requestsPerSecond.engine, meanResponse.engine);
  line('this engine, with the hash of its trace', requestsPerSecond.engineHashed, meanResponse.engineHashed);
  line('hand-written loop, plain JavaScript', requestsPerSecond.handWritten, meanResponse.handWritten);
  line('simjs', requestsPerSecond.simjs, meanResponse.simjs);
  line('4 servers behind least connections', requestsPerSecond.balanced4);
  line('64 servers behind least connections', requestsPerSecond.balanced64);
  console.log(`  engine to hand-written loop ${ratios.engineToHandWritten.toFixed(2)}, to simjs ${ratios.engineToSimjs.toFixed(1)}`);
  console.log(`  cost of a request with 64 servers to 4: ${ratios.cost64To4.toFixed(2)}`);
  console.log(`  cost of a request in a run of 10,000,000 to runs of 10,000: ${ratios.costOf10MillionTo10Thousand.toFixed(2)}`);
  console.log(`  memory of a process that ran 10,000,000 requests: ${memoryMb.toFixed(0)} MB`);
  console.log(`  replications on two threads to one: ${ratios.twoThreads.toFixed(2)} times as fast`);
}

/** The same as a table in Markdown. */
export function benchTable({ model, requestsPerSecond, ratios, memoryMb }: BenchReport): string {
  const millions = (speed: number) => `${(speed / 1e6).toFixed(2)} million requests a second`;
  const rows = [
    [`this engine, ${model}`, millions(requestsPerSecond.engine)],
    ['the same with the hash of its trace, as for a run that is shown', millions(requestsPerSecond.engineHashed)],
    ['the same by hand in plain JavaScript, without parts, percentiles or trace', millions(requestsPerSecond.handWritten)],
    ['the same in simjs', millions(requestsPerSecond.simjs)],
    ['engine to hand-written loop', ratios.engineToHandWritten.toFixed(2)],
    ['engine with the hash to hand-written loop', ratios.hashedToHandWritten.toFixed(2)],
    ['engine to simjs', ratios.engineToSimjs.toFixed(1)],
    ['cost of a request with 64 servers behind least connections, to 4 servers', ratios.cost64To4.toFixed(2)],
    ['cost of a request in a run of 10 million, to runs of 10 thousand', ratios.costOf10MillionTo10Thousand.toFixed(2)],
    ['memory of a process that ran 10 million requests', `${memoryMb.toFixed(0)} MB`],
    ['replications on two threads, to one', `${ratios.twoThreads.toFixed(2)} times as fast`],
  ];
  return ['| what | figure |', '| --- | --- |', ...rows.map(([what, figure]) => `| ${what} | ${figure} |`)].join('\n');
}
