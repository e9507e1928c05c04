// What the build tells on pages, for translators: of settings, computed numbers, claims, goals and pictures. Each has a name that
// stays when it is reworded; places in braces are filled. Apart from those of the lab, which a page need not load.

import { spoken } from '@by-the-slice/simulation';

export const buildSentences = {
  // Settings
  each: '{value} each',
  from: '{deed} at {from}',
  fromUntil: '{deed} at {from} to {until}',
  setting: '{parameter}: {value}',
  seed: 'seed {seed}',
  sideB: 'side B, {settings}',
  atDefaults: 'at the defaults',
  clockAt: 'the clock at {time}',
  // Computed numbers
  sameInAll: 'the same in all of {runs} runs',
  mean: 'mean of {runs} runs, ± {halfWidth} (95 % interval)',
  meanRatio: 'mean ratio of {runs} runs, ± {halfWidth} (95 % interval)',
  meanDifference: 'mean difference of {runs} runs, ± {halfWidth} (95 % interval)',
  byFormula: 'by the formula {formula}',
  eachPoint: 'each point the mean of 20 runs',
  percentagePoints: 'percentage points',
  chartLine: '{chart}: {line}',
  // Goals
  below: '{label} below {bound}',
  above: '{label} above {bound}',
  atMost: '{label} at most {bound}',
  atLeast: '{label} at least {bound}',
  is: '{label}: {bound}',
  // Pictures
  pictureAt: '{title} at {time} of simulated time',
  pictureOf: '{title}: the result',
  // The decisive moment
  showsRun: 'The experiment shows the run behind this.',
  happened: 'At {time}: {event}.',
  longest: 'At {time} the longest line of this run: {count} requests at {part}.',
  // The page
  readingTime: 'Reading time',
  minutes: '{minutes} min',
  readMinute: 'About 1 minute to read.',
  readMinutes: 'About {read} minutes to read.',
  readMinuteAndDo: 'About 1 minute to read, and {tasks} to predict, run and answer.',
  readMinutesAndDo: 'About {read} minutes to read, and {tasks} to predict, run and answer.',
  covers: 'This page covers, of the source notes:',
} as const;

/** What is done to a part, by verb. */
export const deeds = {
  crash: 'crash {what}',
  restart: 'restart {what}',
  pause: 'pause {what}',
  slow: 'slow {what}',
  flush: 'flush {what}',
  fail: 'fail {what}',
  spoil: 'spoil {what}',
  delay: 'delay {what}',
  lose: 'lose {what}',
  partition: 'partition {what}',
  cut: 'cut {what}',
  join: 'join {what}',
  leave: 'leave {what}',
  skew: 'skew {what}',
  drift: 'drift {what}',
  damage: 'damage {what}',
  destroy: 'destroy {what}',
  restore: 'restore {what}',
  set: 'set {what}',
} as const;

export function deedText(verb: string, what: string): string {
  return Object.hasOwn(deeds, verb) ? spoken(deeds[verb as keyof typeof deeds], { what }) : `${verb} ${what}`;
}
