// Every key that the frame knows: what it does, in which words, and when. The frame obeys this list and the help shows it, so
// that the two cannot differ.

import { translate } from '@docusaurus/Translate';
import { jump, stepEvent, stepMark, toEnd, togglePlay, toStart } from '../player/actions';
import type { Session } from '../session/session';
import { stepPanel } from './stepPanel';
import { stepSpeed } from './stepSpeed';

interface KeyContext {
  session: Session;
  /** The frame's element: some keys press the button that everybody sees. */
  frame: HTMLElement;
}

export interface KeyBinding {
  id: string;
  /** As `KeyboardEvent.key`; letters in lower case. Any of them. */
  keys: readonly string[];
  /** With Shift, without, or (absent) either way. */
  shift?: boolean;
  /** With Control (on a Mac: Command). */
  control?: boolean;
  group: 'player' | 'setup' | 'frame';
  /** Only where there is a clock. */
  needsClock?: boolean;
  words: () => string;
  act: (context: KeyContext) => void;
}

const player: KeyBinding[] = [
  {
    id: 'play',
    keys: [' '],
    group: 'player',
    words: () => translate({ id: 'lab.keys.play', message: 'Play or pause' }),
    act: ({ session }) => togglePlay(session),
  },
  {
    id: 'back',
    keys: ['ArrowLeft'],
    shift: false,
    group: 'player',
    words: () => translate({ id: 'lab.keys.back', message: 'Back by a hundredth of the run' }),
    act: ({ session }) => jump(session, -0.01),
  },
  {
    id: 'forward',
    keys: ['ArrowRight'],
    shift: false,
    group: 'player',
    words: () => translate({ id: 'lab.keys.forward', message: 'Forward by a hundredth of the run' }),
    act: ({ session }) => jump(session, 0.01),
  },
  {
    id: 'previousMark',
    keys: ['ArrowLeft'],
    shift: true,
    group: 'player',
    words: () => translate({ id: 'lab.keys.previousMark', message: 'Back to the previous mark' }),
    act: ({ session }) => stepMark(session, -1),
  },
  {
    id: 'nextMark',
    keys: ['ArrowRight'],
    shift: true,
    group: 'player',
    words: () => translate({ id: 'lab.keys.nextMark', message: 'On to the next mark' }),
    act: ({ session }) => stepMark(session, 1),
  },
  {
    id: 'eventBack',
    keys: [','],
    group: 'player',
    words: () => translate({ id: 'lab.keys.eventBack', message: 'One event back' }),
    act: ({ session }) => stepEvent(session, -1),
  },
  {
    id: 'eventForward',
    keys: ['.'],
    group: 'player',
    words: () => translate({ id: 'lab.keys.eventForward', message: 'One event forward' }),
    act: ({ session }) => stepEvent(session, 1),
  },
  {
    id: 'start',
    keys: ['Home'],
    group: 'player',
    words: () => translate({ id: 'lab.keys.start', message: 'To the start' }),
    act: ({ session }) => toStart(session),
  },
  {
    id: 'end',
    keys: ['End'],
    group: 'player',
    words: () => translate({ id: 'lab.keys.end', message: 'To the end' }),
    act: ({ session }) => toEnd(session),
  },
  {
    id: 'slower',
    keys: ['-'],
    group: 'player',
    words: () => translate({ id: 'lab.keys.slower', message: 'Play slower' }),
    act: ({ session }) => stepSpeed(session, -1),
  },
  {
    id: 'faster',
    keys: ['+', '='],
    group: 'player',
    words: () => translate({ id: 'lab.keys.faster', message: 'Play faster' }),
    act: ({ session }) => stepSpeed(session, 1),
  },
];

const setup: KeyBinding[] = [
  {
    id: 'seed',
    keys: ['n'],
    group: 'setup',
    words: () => translate({ id: 'lab.keys.seed', message: 'A new seed: the same setup on another day' }),
    act: ({ session }) => session.newSeed(),
  },
  {
    id: 'compare',
    keys: ['c'],
    group: 'setup',
    words: () => translate({ id: 'lab.keys.compare', message: 'Compare two sides, or go back to one' }),
    act: ({ session }) => session.compare(session.store.getState().b === null),
  },
  {
    id: 'fork',
    keys: ['f'],
    group: 'setup',
    needsClock: true,
    words: () => translate({ id: 'lab.keys.fork', message: 'Fork here: side B goes its own way from now on' }),
    act: ({ frame }) => press(frame, '[data-action="fork"]'),
  },
  {
    id: 'undo',
    keys: ['z'],
    shift: false,
    control: true,
    group: 'setup',
    words: () => translate({ id: 'lab.keys.undo', message: 'Undo the last change' }),
    act: ({ session }) => session.undo(),
  },
  {
    id: 'redo',
    keys: ['z'],
    shift: true,
    control: true,
    group: 'setup',
    words: () => translate({ id: 'lab.keys.redo', message: 'Redo it' }),
    act: ({ session }) => session.redo(),
  },
];

const frame: KeyBinding[] = [
  {
    id: 'nextPanel',
    keys: ['p'],
    shift: false,
    group: 'frame',
    words: () => translate({ id: 'lab.keys.nextPanel', message: 'Next panel of results' }),
    act: ({ frame }) => stepPanel(frame, 1),
  },
  {
    id: 'previousPanel',
    keys: ['p'],
    shift: true,
    group: 'frame',
    words: () => translate({ id: 'lab.keys.previousPanel', message: 'Previous panel of results' }),
    act: ({ frame }) => stepPanel(frame, -1),
  },
  {
    id: 'describe',
    keys: ['d'],
    group: 'frame',
    words: () => translate({ id: 'lab.keys.describe', message: 'Describe what stands on the stage (for screen readers)' }),
    act: ({ frame }) => press(frame, '[data-action="describe"]'),
  },
  {
    id: 'share',
    keys: ['s'],
    group: 'frame',
    words: () => translate({ id: 'lab.keys.share', message: 'Share a link to exactly this' }),
    act: ({ frame }) => press(frame, '[data-action="share"]'),
  },
  {
    id: 'help',
    keys: ['?'],
    group: 'frame',
    words: () => translate({ id: 'lab.keys.help', message: 'Show these keys' }),
    act: ({ frame }) => press(frame, '[data-action="keys"]'),
  },
];

export const keyMap: readonly KeyBinding[] = [...player.map((binding) => ({ ...binding, needsClock: true })), ...setup, ...frame];

/** Those that do something for an experiment of this kind. */
export function bindingsFor(kind: Session['definition']['kind']): KeyBinding[] {
  return keyMap.filter(({ needsClock }) => !needsClock || kind === 'simulation');
}

interface Press {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

export function bindingOf({ key, shiftKey, ctrlKey, metaKey, altKey }: Press): KeyBinding | undefined {
  if (altKey) return undefined;
  const wanted = key.length === 1 ? key.toLowerCase() : key;
  return keyMap.find(
    ({ keys, shift, control = false }) =>
      keys.includes(wanted) && control === (ctrlKey || metaKey) && (shift === undefined || shift === shiftKey),
  );
}

/** A character by itself, which somebody who dictates or has unsteady hands may want to switch off. */
export function isCharacter({ keys, control }: KeyBinding): boolean {
  return !control && keys.some((key) => key.length === 1 && key !== ' ');
}

function press(frame: HTMLElement, selector: string): void {
  frame.querySelector<HTMLElement>(selector)?.click();
}
