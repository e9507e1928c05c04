import { describe, expect, it } from 'vitest';
import { readFilmChoice } from '../../../src/lab/film/filmChoice';
import { readKeySettings } from '../../../src/lab/keys/keySettings';
import { stored } from '../../../src/lab/keys/stored';

class FakeStorage {
  readonly items = new Map<string, string>();
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
}
const asStorage = (fake: object): Storage => fake as Storage;

describe('a stored choice', () => {
  it('outlives the page', () => {
    const storage = asStorage(new FakeStorage());
    stored('film', readFilmChoice, () => storage).set('shown');
    expect(stored('film', readFilmChoice, () => storage).get()).toBe('shown');
  });

  it('tells those who listen, until they stop', () => {
    const choice = stored('film', readFilmChoice, () => asStorage(new FakeStorage()));
    let told = 0;
    const stop = choice.subscribe(() => told++);
    choice.set('hidden');
    stop();
    choice.set('shown');
    expect(told).toBe(1);
  });

  it.each([
    [
      'is forbidden',
      () => {
        throw new Error('SecurityError');
      },
    ],
    [
      'is full',
      () =>
        asStorage({
          getItem: () => null,
          setItem: () => {
            throw new Error('QuotaExceededError');
          },
        }),
    ],
    ['holds nonsense', () => asStorage({ getItem: () => '{"verbosity":7', setItem: () => {} })],
    ['holds something else', () => asStorage({ getItem: () => '[1,2]', setItem: () => {} })],
  ])('holds for the page where storage %s', (_what, storage) => {
    const settings = stored('keys', readKeySettings, storage as () => Storage);
    expect(settings.get()).toEqual({ characters: true, verbosity: 'everything' });
    settings.set({ characters: false, verbosity: 'off' });
    expect(settings.get()).toEqual({ characters: false, verbosity: 'off' });
  });

  it('takes from storage only what is a choice', () => {
    expect(readKeySettings({ characters: false, verbosity: 'important' })).toEqual({ characters: false, verbosity: 'important' });
    expect(readKeySettings({ characters: 'no', verbosity: 'loud' })).toEqual({ characters: true, verbosity: 'everything' });
    expect(readFilmChoice('both')).toBe(null);
  });
});
