// The command line: the same function as the page. `list` and `run`; errors in one sentence with exit code 2.

import { CommandError } from './commandError';
import { list } from './list';
import { run } from './run';

const usage = `Usage:
  experiment list [--json]
  experiment run ID [parameter=value …] [--seed N] [--scenario NAME] [--do verb:part:at[-until][:argument=number]]
                    [--replications N] [--trace FILE] [--json]
  experiment run ID … --sweep parameter=from:to:points [--seeds N]
                    One JSON line for each point, with means over N seeds (10).
Times of interventions are in milliseconds of simulated time.`;

async function main([command, ...rest]: string[]): Promise<void> {
  if (command === 'list') await list(rest);
  else if (command === 'run') await run(rest);
  else if (command === undefined || command === 'help' || command === '--help') console.log(usage);
  else throw new CommandError(`There is no command "${command}"; there are list and run.`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof CommandError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
});
