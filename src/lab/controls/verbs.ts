// What a reader can do to a part: each part says which verbs it has, and here are the words for them, in the order of the menu.

import type { Intervention, PartDescription } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';

export interface VerbWords {
  verb: string;
  /** In a list of interventions: "Slow". */
  name: string;
  /** On a button, before the time: "Slow to 25 %". Default: the name. */
  label?: string;
  /** What it does, where the name alone leaves that open. */
  help?: string;
  arguments?: Record<string, number>;
  /** It goes on until it is ended, so an end can be set. */
  lasts?: boolean;
}

export const verbWords: readonly VerbWords[] = [
  { verb: 'crash', name: translate({ id: 'lab.controls.verb.crash', message: 'Crash' }), lasts: true },
  {
    verb: 'restart',
    name: translate({ id: 'lab.controls.verb.restart', message: 'Restart' }),
    help: translate({
      id: 'lab.controls.verb.restartHelp',
      message: 'Down now, with all that is inside lost, and up again some seconds later',
    }),
  },
  {
    verb: 'pause',
    name: translate({ id: 'lab.controls.verb.pause', message: 'Pause' }),
    help: translate({ id: 'lab.controls.verb.pauseHelp', message: 'It stands still with all that is inside, and answers nothing' }),
    lasts: true,
  },
  {
    verb: 'slow',
    name: translate({ id: 'lab.controls.verb.slow', message: 'Slow' }),
    label: translate({ id: 'lab.controls.verb.slowLong', message: 'Slow to 25 %' }),
    arguments: { factor: 0.25 },
    lasts: true,
  },
  { verb: 'flush', name: translate({ id: 'lab.controls.verb.flush', message: 'Flush' }) },
  {
    verb: 'fail',
    name: translate({ id: 'lab.controls.verb.fail', message: 'Fail' }),
    label: translate({ id: 'lab.controls.verb.failLong', message: 'Fail every call' }),
    lasts: true,
  },
  {
    verb: 'spoil',
    name: translate({ id: 'lab.controls.verb.spoil', message: 'Spoil' }),
    label: translate({ id: 'lab.controls.verb.spoilLong', message: 'Spoil every answer' }),
    lasts: true,
  },
  { verb: 'delay', name: translate({ id: 'lab.controls.verb.delay', message: 'Delay' }), lasts: true },
  {
    verb: 'lose',
    name: translate({ id: 'lab.controls.verb.lose', message: 'Lose' }),
    label: translate({ id: 'lab.controls.verb.loseLong', message: 'Lose one message in ten' }),
    lasts: true,
  },
  { verb: 'partition', name: translate({ id: 'lab.controls.verb.partition', message: 'Cut the network' }), lasts: true },
  { verb: 'cut', name: translate({ id: 'lab.controls.verb.cut', message: 'Cut it off' }), lasts: true },
  { verb: 'join', name: translate({ id: 'lab.controls.verb.join', message: 'Join' }) },
  { verb: 'leave', name: translate({ id: 'lab.controls.verb.leave', message: 'Leave' }) },
  {
    verb: 'skew',
    name: translate({ id: 'lab.controls.verb.skew', message: 'Skew the clock' }),
    label: translate({ id: 'lab.controls.verb.skewLong', message: 'Set the clock 1 s ahead' }),
    lasts: true,
  },
  {
    verb: 'drift',
    name: translate({ id: 'lab.controls.verb.drift', message: 'Clock drifts' }),
    label: translate({ id: 'lab.controls.verb.driftLong', message: 'Clock runs 1 % fast' }),
    lasts: true,
  },
  { verb: 'damage', name: translate({ id: 'lab.controls.verb.damage', message: 'Damage the data' }), lasts: true },
  { verb: 'destroy', name: translate({ id: 'lab.controls.verb.destroy', message: 'Destroy the data' }) },
  { verb: 'restore', name: translate({ id: 'lab.controls.verb.restore', message: 'Restore' }) },
];

const setName = translate({ id: 'lab.controls.verb.set', message: 'Set' });

export function verbsFor({ verbs = [] }: Pick<PartDescription, 'verbs'>): readonly VerbWords[] {
  return verbWords.filter(({ verb }) => verbs.includes(verb));
}

export function partsWithVerbs(parts: readonly PartDescription[]): PartDescription[] {
  return parts.filter((part) => verbsFor(part).length > 0);
}

export function wordsOf(verb: string): VerbWords | undefined {
  return verbWords.find((words) => words.verb === verb);
}

export function verbName(verb: string): string {
  return verb === 'set' ? setName : (wordsOf(verb)?.name ?? verb);
}

/** An intervention with its verb changed: arguments that the new verb does not take are left out. */
export function withVerb(verb: string): Partial<Intervention> {
  return { verb, arguments: wordsOf(verb)?.arguments };
}

/** What a button of these words does to a part. */
export function done({ verb, arguments: given }: VerbWords, part: PartDescription): Omit<Intervention, 'atMs'> {
  return { verb, targets: [part.name], ...(given ? { arguments: given } : {}) };
}
