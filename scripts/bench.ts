// npm run bench [-- --json | --write]: the engine's speed beside a hand-written loop and beside simjs, in one run. Not a test.
// `--write` puts the figures into the package's README.

import { readFileSync, writeFileSync } from 'node:fs';
import { bench, benchTable, printBench } from './bench/report';

const readme = 'src/simulation/README.md';

async function main(): Promise<void> {
  const report = await bench();
  if (process.argv.includes('--json')) console.log(JSON.stringify(report));
  else printBench(report);
  if (process.argv.includes('--write')) {
    const text = readFileSync(readme, 'utf8');
    writeFileSync(readme, text.replace(/<!-- bench -->[\s\S]*<!-- \/bench -->/, `<!-- bench -->\n${benchTable(report)}\n<!-- /bench -->`));
  }
}

void main();
