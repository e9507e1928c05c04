import { describe, expect, test } from 'vitest';
import { around, Lens } from '../../../src/lab/frame/lens';

describe('the lens', () => {
  test('sets what is wished and leaves the rest', () => {
    const lens = new Lens('metrics');
    lens.open({ panel: 'traces', request: 812, side: 'b' });
    expect(lens.store.getState()).toMatchObject({ panel: 'traces', request: 812, side: 'b', range: null, part: null, takesFocus: false });
    lens.open({ panel: 'log' });
    expect(lens.store.getState()).toMatchObject({ panel: 'log', request: 812, side: 'b' });
    lens.open({ request: null });
    expect(lens.store.getState()).toMatchObject({ panel: 'log', request: null });
  });

  test('replaces time and part together, so that no old filter hides what was asked for', () => {
    const lens = new Lens('metrics');
    lens.open({ panel: 'traces', fromMs: 100, part: 'servers/3' });
    expect(lens.store.getState()).toMatchObject({ range: { fromMs: 100, toMs: 100 }, part: 'servers/3' });
    lens.open({ panel: 'log', fromMs: 200, toMs: 300 });
    expect(lens.store.getState()).toMatchObject({ range: { fromMs: 200, toMs: 300 }, part: null });
    lens.open({ part: 'cache' });
    expect(lens.store.getState()).toMatchObject({ range: null, part: 'cache' });
    lens.open({ fromMs: 300, toMs: 200 });
    expect(lens.store.getState().range).toEqual({ fromMs: 300, toMs: 300 });
  });

  test('looks around an instant without leaving the run', () => {
    expect(around(50_000, 100_000)).toEqual({ fromMs: 48_000, toMs: 52_000 });
    expect(around(0, 100_000)).toEqual({ fromMs: 0, toMs: 2000 });
    expect(around(100_000, 100_000)).toEqual({ fromMs: 98_000, toMs: 100_000 });
  });
});
