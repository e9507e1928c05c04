// Reads `run ID name=value --option value` into settings. Every mistake names the argument and what is allowed.

import { CommandError } from './commandError';

export interface RunArguments {
  id: string;
  values: Record<string, string>;
  seed?: string;
  scenario?: string;
  interventions: string[];
  replications?: number;
  traceFile?: string;
  json: boolean;
}

const withValue = ['--seed', '--scenario', '--do', '--replications', '--trace'];

export function readRunArguments(words: string[]): RunArguments {
  const [id, ...rest] = words;
  if (id === undefined || id.startsWith('-')) throw new CommandError('run needs the id of an experiment first; "list" shows them.');
  const read: RunArguments = { id, values: {}, interventions: [], json: false };
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index];
    if (word === '--json') read.json = true;
    else if (withValue.includes(word)) {
      const value = rest[++index];
      if (value === undefined) throw new CommandError(`${word} needs a value after it.`);
      takeOption(read, word, value);
    } else takeParameter(read, word);
  }
  return read;
}

function takeOption(read: RunArguments, option: string, value: string): void {
  if (option === '--seed') read.seed = value;
  else if (option === '--scenario') read.scenario = value;
  else if (option === '--do') read.interventions.push(value);
  else if (option === '--trace') read.traceFile = value;
  else {
    const count = Number(value);
    if (!Number.isInteger(count) || count < 2 || count > 1_000_000) {
      throw new CommandError(`--replications is "${value}"; it must be a whole number from 2 to 1000000.`);
    }
    read.replications = count;
  }
}

function takeParameter(read: RunArguments, word: string): void {
  const cut = word.indexOf('=');
  if (cut < 1) throw new CommandError(`"${word}" is neither parameter=value nor one of --json, ${withValue.join(', ')}.`);
  read.values[word.slice(0, cut)] = word.slice(cut + 1);
}
