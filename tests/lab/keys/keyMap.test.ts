import type { KeyboardEvent } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { bindingOf, bindingsFor, isCharacter, type KeyBinding, keyMap } from '../../../src/lab/keys/keyMap';
import { keyNames } from '../../../src/lab/keys/keyNames';
import { keySettings } from '../../../src/lab/keys/keySettings';
import { playerKeys } from '../../../src/lab/player/playerKeys';
import { Session } from '../../../src/lab/session/session';
import { HeldFrames, HeldRuns, tiny } from '../tiny';

/** As much of an element as the keys ask of one. */
function element(matching: string[] = [], tagName = 'DIV', type = ''): HTMLElement {
  const found = (selectors: string): boolean => selectors.split(',').some((selector) => matching.includes(selector.trim()));
  const self = { tagName, type, matches: found, closest: (selectors: string) => (found(selectors) ? self : null) };
  return self as unknown as HTMLElement;
}

/** A frame whose buttons tell that they were pressed. */
function frameWith(pressed: string[]): HTMLElement {
  const tab = (name: string, chosen: boolean) => ({
    getAttribute: () => String(chosen),
    focus: () => {},
    click: () => pressed.push(name),
  });
  const tabs = [tab('panel 1', false), tab('panel 2', true), tab('panel 3', false)];
  return {
    ownerDocument: { activeElement: null },
    querySelector: (selector: string) => (selector.startsWith('[data-action') ? { click: () => pressed.push(selector) } : null),
    querySelectorAll: () => tabs,
  } as unknown as HTMLElement;
}

function pressed(key: string, options: Partial<KeyboardEvent<HTMLElement>> = {}): KeyboardEvent<HTMLElement> {
  const event = {
    key,
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    defaultPrevented: false,
    target: element(),
    currentTarget: frameWith([]),
    preventDefault() {
      this.defaultPrevented = true;
    },
    ...options,
  };
  return event as unknown as KeyboardEvent<HTMLElement>;
}

function newSession(): Session {
  const runs = new HeldRuns();
  const session = new Session({ definition: tiny, initial: {}, runs, frames: new HeldFrames(), nowMs: () => 0 });
  session.start();
  runs.finish();
  return session;
}

const eventOf = (binding: KeyBinding): KeyboardEvent<HTMLElement> =>
  pressed(binding.shift && binding.keys[0].length === 1 ? binding.keys[0].toUpperCase() : binding.keys[0], {
    shiftKey: binding.shift === true,
    ctrlKey: binding.control === true,
  });

beforeEach(() => keySettings.set({ characters: true, verbosity: 'everything' }));

describe('the key map', () => {
  it('gives every key one meaning', () => {
    for (const binding of keyMap) expect([binding.id, bindingOf(eventOf(binding))?.id]).toEqual([binding.id, binding.id]);
  });

  it('names every binding, in words and in keys', () => {
    for (const binding of keyMap) {
      expect(binding.words()).toMatch(/^[A-Z].{3,}/);
      expect(keyNames(binding)).toHaveLength(binding.keys.length);
    }
    expect(keyNames(keyMap.find(({ id }) => id === 'redo') as KeyBinding)).toEqual([['Ctrl', 'Shift', 'Z']]);
  });

  it('is obeyed key by key, and nothing else is', () => {
    for (const binding of keyMap) {
      const event = eventOf(binding);
      playerKeys(event, newSession());
      expect([binding.id, event.defaultPrevented]).toEqual([binding.id, true]);
    }
    for (const key of ['a', 'x', 'Enter', 'Escape', 'Tab', 'ArrowUp', 'ArrowDown', 'F1', '1', '/']) {
      const event = pressed(key);
      playerKeys(event, newSession());
      expect([key, event.defaultPrevented]).toEqual([key, false]);
    }
  });

  it('leaves a calculation without the player’s keys', () => {
    const ids = bindingsFor('calculation').map(({ id }) => id);
    expect(ids).toContain('help');
    expect(ids).not.toContain('play');
    expect(bindingsFor('simulation')).toHaveLength(keyMap.length);
  });
});

describe('what the keys do', () => {
  it('plays, steps, jumps, and changes the speed within its bounds', () => {
    const session = newSession();
    const { playback } = session;
    playerKeys(pressed(' '), session);
    expect(playback.isPlaying()).toBe(true);
    playerKeys(pressed('End'), session);
    expect([playback.isPlaying(), playback.cursorMs()]).toEqual([false, playback.horizonMs()]);
    playerKeys(pressed('Home'), session);
    expect(playback.cursorMs()).toBe(0);
    playerKeys(pressed('.'), session);
    const first = playback.cursorMs();
    playerKeys(pressed('.'), session);
    playerKeys(pressed(','), session);
    expect(playback.cursorMs()).toBe(first);
    for (let press = 0; press < 20; press++) playerKeys(pressed('+', { shiftKey: true }), session);
    expect(playback.speed()).toBe(8);
    for (let press = 0; press < 20; press++) playerKeys(pressed('-'), session);
    expect(playback.speed()).toBe(0.1);
  });

  it('compares, undoes and redoes', () => {
    const session = newSession();
    const isCompared = (): boolean => session.store.getState().b !== null;
    playerKeys(pressed('c'), session);
    expect(isCompared()).toBe(true);
    playerKeys(pressed('z', { ctrlKey: true }), session);
    expect(isCompared()).toBe(false);
    playerKeys(pressed('Z', { metaKey: true, shiftKey: true }), session);
    expect(isCompared()).toBe(true);
    const { seed } = session.store.getState();
    for (let press = 0; press < 5 && session.store.getState().seed === seed; press++) playerKeys(pressed('n'), session);
    expect(session.store.getState().seed).not.toBe(seed);
  });

  it('presses the buttons that everybody sees, and turns to the panels beside', () => {
    const buttons: string[] = [];
    const currentTarget = frameWith(buttons);
    playerKeys(pressed('?', { shiftKey: true, currentTarget }), newSession());
    playerKeys(pressed('s', { currentTarget }), newSession());
    playerKeys(pressed('f', { currentTarget }), newSession());
    playerKeys(pressed('p', { currentTarget }), newSession());
    playerKeys(pressed('P', { shiftKey: true, currentTarget }), newSession());
    expect(buttons).toEqual(['[data-action="keys"]', '[data-action="share"]', '[data-action="fork"]', 'panel 3', 'panel 1']);
  });
});

describe('keys that something else needs', () => {
  const passes = (key: string, target: HTMLElement, options: Partial<KeyboardEvent<HTMLElement>> = {}): boolean => {
    const event = pressed(key, { target, ...options });
    playerKeys(event, newSession());
    return !event.defaultPrevented;
  };

  it('go to fields, lists and menus', () => {
    for (const key of [' ', 'n', ',', '?', 'Home']) {
      expect(passes(key, element([], 'INPUT', 'text'))).toBe(true);
      expect(passes(key, element(['select'], 'SELECT'))).toBe(true);
      expect(passes(key, element(['[data-own-keys]']))).toBe(true);
      expect(passes(key, element(['dialog']))).toBe(true);
    }
    expect(passes('z', element([], 'INPUT', 'text'), { ctrlKey: true })).toBe(true);
  });

  it('leave a slider its arrows, a button its space bar, a scrolled panel both; letters work there', () => {
    const slider = element([], 'INPUT', 'range');
    const button = element(['button'], 'BUTTON');
    const panel = element(['[data-part="panel"]']);
    expect([passes('ArrowRight', slider), passes('End', slider), passes('c', slider), passes(' ', slider)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([passes(' ', button), passes('ArrowRight', button), passes('c', button)]).toEqual([true, false, false]);
    expect([passes(' ', panel), passes('ArrowRight', panel), passes('Home', panel), passes('c', panel)]).toEqual([true, true, true, false]);
  });

  it('belong to the player on its own slider', () => {
    const scrubber = element(['[data-player-keys]'], 'INPUT', 'range');
    expect([passes('ArrowRight', scrubber), passes(' ', scrubber)]).toEqual([false, false]);
  });

  it('are left to others when something took them before, or with Alt', () => {
    const event = pressed('c', { defaultPrevented: true });
    const session = newSession();
    playerKeys(event, session);
    playerKeys(pressed('c', { altKey: true }), session);
    expect(session.store.getState().b).toBe(null);
  });
});

describe('single characters', () => {
  it('can be switched off, all but the way back', () => {
    keySettings.set({ characters: false, verbosity: 'everything' });
    for (const binding of keyMap) {
      const event = eventOf(binding);
      playerKeys(event, newSession());
      const works = !isCharacter(binding) || binding.id === 'help';
      expect([binding.id, event.defaultPrevented]).toEqual([binding.id, works]);
    }
  });
});
