// npm run measure [-- --json]: the benchmark, and how long each experiment's default run takes once warm.

import type { ExperimentDefinition } from '../src/experiments/definition/defineExperiment';
import { bench, printBench } from './bench/report';
import { bundled } from './bundle';

const runsEach = 15;

function timesOf(
  definition: ExperimentDefinition,
  run: () => { events: number },
): { id: string; medianMs: number; worstMs: number; events: number } {
  let events = 0;
  const times: number[] = [];
  for (let round = -3; round < runsEach; round++) {
    const began = performance.now();
    events = run().events;
    if (round >= 0) times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  return { id: definition.id, medianMs: times[runsEach >> 1], worstMs: times[runsEach - 1], events };
}

async function main(): Promise<void> {
  const { experimentLoaders, loadExperiment } = await bundled<typeof import('../src/experiments/registry')>('src/experiments/registry.ts');
  const { runExperiment } = await bundled<typeof import('../src/experiments/definition/run')>('src/experiments/definition/run.ts');
  const { settle } = await bundled<typeof import('../src/experiments/definition/settings')>('src/experiments/definition/settings.ts');

  const report = await bench();
  const experiments = [];
  for (const id of Object.keys(experimentLoaders)) {
    const definition = await loadExperiment(id);
    if (definition.kind === 'session') continue;
    experiments.push(timesOf(definition, () => runExperiment(definition, settle(definition, {}))));
  }

  if (process.argv.includes('--json')) console.log(JSON.stringify({ bench: report, experiments }));
  else {
    printBench(report);
    console.log(`\nDefault run of each experiment, median of ${runsEach} once warm (allowed: 50 ms)`);
    for (const { id, medianMs, worstMs, events } of experiments) {
      console.log(`  ${id.padEnd(44)} ${medianMs.toFixed(1).padStart(6)} ms   worst ${worstMs.toFixed(1)} ms, ${events} events`);
    }
  }
}

void main();
