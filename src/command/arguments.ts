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
  sweep?: SweepArgument;
  /** How many seeds at each point of a sweep. */
  seeds?: number;
  json: boolean;
}

/** `parameter`, `parameter=from:to` or `parameter=from:to:points`; what is not given is the parameter's whole range. */
export interface SweepArgument {
  parameter: string;
  from?: number;
  to?: number;
  points?: number;
}

const withValue = ['--seed', '--scenario', '--do', '--replications', '--trace', '--sweep', '--seeds'];

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
  else if (option === '--sweep') read.sweep = readSweep(value);
  else if (option === '--seeds') read.seeds = readCount('--seeds', value, 1, 10_000);
  else read.replications = readCount('--replications', value, 2, 1_000_000);
}

function readCount(what: string, text: string, least: number, most: number): number {
  const count = Number(text);
  if (text === '' || !Number.isInteger(count) || count < least || count > most)
    throw new CommandError(`${what} is "${text}"; it must be a whole number from ${least} to ${most}.`);
  return count;
}

function readSweep(text: string): SweepArgument {
  const [parameter, range, ...more] = text.split('=');
  const parts = range === undefined ? [] : range.split(':');
  const numbers = parts.slice(0, 2).map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (parameter === '' || more.length > 0 || parts.length > 3 || parts.length === 1 || !numbers.every(Number.isFinite))
    throw new CommandError(
      `--sweep is "${text}"; it must be parameter=from:to:points, as in arrivalsPerSecond=1:9:17, or a parameter alone.`,
    );
  const points = parts[2] === undefined ? undefined : readCount('The number of points of --sweep', parts[2], 2, 1000);
  return { parameter, from: numbers[0], to: numbers[1], points };
}

function takeParameter(read: RunArguments, word: string): void {
  const cut = word.indexOf('=');
  if (cut < 1) throw new CommandError(`"${word}" is neither parameter=value nor one of --json, ${withValue.join(', ')}.`);
  read.values[word.slice(0, cut)] = word.slice(cut + 1);
}
