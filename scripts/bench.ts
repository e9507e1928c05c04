// npm run bench [-- --json]: the engine's speed beside a hand-written loop and beside simjs, in one run. Not a test.

import { bench, printBench } from './bench/report';

async function main(): Promise<void> {
  const report = await bench();
  if (process.argv.includes('--json')) console.log(JSON.stringify(report));
  else printBench(report);
}

void main();
