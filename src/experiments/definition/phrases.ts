// What settings, links and runs of any experiment tell the reader, in one place for translators. Each has a name that stays when
// its words change; what stands in braces is filled in.

import { type SpokenValues, spoken } from '@by-the-slice/simulation';
import { formatDecimals } from './number';
import type { Notice } from './result';

export const phrases = {
  // A run
  isNow: '{parameter} is now {value}',
  isNowWithUnit: '{parameter} is now {value}\u202f{unit}',
  longRun: 'These values would take about {millions} million events, so the run is shortened to {length} {unit}.',
  from: 'From {from} on: {parameter} {value}.',
  fromUntil: 'From {from} on until {until}: {parameter} {value}.',
  moreChanges: 'Changes that are not told here: {count}.',
  nothingMeasured: 'nothing to measure',
  fewSamples: '{samples} samples are too few',
  notMeasurable: 'not measurable',
  interfered: 'The formula assumes a system that nobody interferes with; this run has interventions.',
  // Settings
  on: 'on',
  off: 'off',
  seed: 'The seed {given} is not a whole number from 0 to {greatest}; seed {used} is used.',
  unknown: 'There is no parameter {given}; it is left out.',
  notSwitch: '{label} is {given}; it can be on or off. It is set to {used}.',
  notOption: '{label} is {given}; it can be {options}. It is set to {used}.',
  notNumber: '{label} is {given}, which is not a number. It is set to {used}.',
  outOfRange: '{label} is {given}; it can be from {min} to {max}. It is set to {used}.',
  outOfRangeWhole: '{label} is {given}; it can be a whole number from {min} to {max}. It is set to {used}.',
  notList: '{label} is {given}; it is a list of numbers. Its default is used.',
  notInterventions: 'The interventions are not a list; they are left out.',
  notIntervention: 'An intervention is left out: it needs a time within the run, a verb and a target ({given}).',
  manyInterventions: 'Only the first {most} interventions are kept.',
  notNewOption: '{label} is changed to number {given}; it can be {options}. It is set to {used}.',
  unwritable: 'something that cannot be written down',
  // Claims
  holds: 'It holds for {seeds} seeds.',
  difference: 'Over {seeds} seeds, each run under both settings, the difference is {mean} ± {halfWidth} (95 %).',
  // Links
  longLink: 'The link is longer than {most} characters; the rest is left out.',
  otherVersion: 'The link is of version {version}; this page reads versions 1 to {newest}. What it could read is used.',
  twice: 'The link says “{name}” more than once; the last one counts.',
  noTime: 'The link names a time that is none (“{given}”); it is left out.',
  noSideB: 'The link says what side B does, but asks for no side B; it is left out.',
  otherSideB: 'The link asks for a side B of a kind that is not known (“{kind}”); it is left out.',
  onSideB: 'Side B: {notice}',
  moreNotices: 'Things in this link that could not be used, besides these: {count}.',
} as const;

export function noticeOf(about: string, text: string, values: SpokenValues = {}): Notice {
  return { about, text: spoken(text, values) };
}

/** A number as it was given, with all its digits, in the reader's writing. */
export function exactly(value: number): string {
  const [, decimals] = /^-?\d+(?:\.(\d{1,10}))?$/.exec(String(value)) ?? [null, null];
  return decimals === null ? String(value) : formatDecimals(value, decimals?.length ?? 0);
}
