// The command that makes the same run again, one line for each side, as src/command reads it.

import type { Intervention } from '@by-the-slice/simulation';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { changedNames } from '../../experiments/definition/link';
import type { Setup } from '../../experiments/definition/result';
import { defaultSeed } from '../../experiments/definition/settings';

export function commandLine(definition: ExperimentDefinition, setup: Setup): string {
  return ['npm run experiment --', ...commandWords(definition, setup).map(quoted)].join(' ');
}

/** `--json` because that is what shows the hash of the run. */
export function commandWords(definition: ExperimentDefinition, { values, seed, interventions }: Setup): string[] {
  const words = ['run', definition.id, ...changedNames(definition, values).map((name) => `${name}=${values[name]}`)];
  if (seed !== defaultSeed) words.push('--seed', String(seed));
  for (const intervention of interventions) words.push('--do', interventionWord(intervention));
  return [...words, '--json'];
}

function interventionWord({ verb, targets, atMs, untilMs, arguments: given }: Intervention): string {
  const time = untilMs === undefined ? String(atMs) : `${atMs}-${untilMs}`;
  const numbers = Object.entries(given ?? {}).map(([name, value]) => `:${name}=${value}`);
  return `${verb}:${targets.join('+')}:${time}${numbers.join('')}`;
}

/** Double quotes mean the same in the shells of Linux, macOS and Windows; nothing that is written here holds one. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `"${word}"`;
}
