// npm run bench [-- --json]: the engine's speed beside a hand-written loop and beside simjs, in one run. Not a test.
// Everything is bundled first, as it is for the page: modules loaded one by one run slower.

import { printBench } from './bench/report';
import { bundled } from './bundle';

async function main(): Promise<void> {
  const { bench } = await bundled<typeof import('./bench/report')>('scripts/bench/report.ts');
  const report = bench();
  if (process.argv.includes('--json')) console.log(JSON.stringify(report));
  else printBench(report);
}

void main();
