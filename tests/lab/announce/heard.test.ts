import { describe, expect, it } from 'vitest';
import { runExperiment } from '../../../src/experiments/definition/run';
import { settle } from '../../../src/experiments/definition/settings';
import { changeSentence } from '../../../src/lab/announce/changeSentence';
import { type Happening, type HappeningKind, happeningsOf } from '../../../src/lab/announce/happenings';
import { heard } from '../../../src/lab/announce/heard';
import { Herald, paceMs } from '../../../src/lab/announce/herald';
import { arrange } from '../../../src/lab/session/arrange';
import { tiny } from '../tiny';

const seconds = (atMs: number): string => `${atMs / 1000} s`;
const happening = (kind: HappeningKind, part: string, atMs = 1000, more: Partial<Happening> = {}): Happening => ({
  atMs,
  kind,
  part,
  isServer: part.startsWith('Server'),
  text: `${part} ${kind}`,
  side: 'a',
  ...more,
});

describe('what is heard', () => {
  it('names one, counts many, and tells both sides apart', () => {
    expect(heard([happening('crash', 'Server 2')], seconds)).toBe('At 1 s: Server 2 crashed.');
    const three = [1, 2, 3].map((number) => happening('crash', `Server ${number}`, number * 1000));
    expect(heard(three, seconds)).toBe('At 3 s: 3 servers crashed: Server 1, Server 2 and Server 3.');
    const five = [1, 2, 3, 4, 5].map((number) => happening('crash', `Server ${number}`));
    expect(heard(five, seconds)).toBe('At 1 s: 5 servers crashed.');
    expect(heard([happening('crash', 'Server 1'), happening('crash', 'Cache')], seconds)).toBe(
      'At 1 s: 2 parts crashed: Server 1 and Cache.',
    );
    expect(heard([happening('crash', 'Server 1'), happening('crash', 'Server 1', 1000, { side: 'b' })], seconds)).toBe(
      'At 1 s: Server 1 crashed. Server 1 crashed, on side B.',
    );
  });

  it('tells different things one after the other, and says how often the same happened', () => {
    expect(heard([happening('crash', 'Server 1'), happening('restore', 'Server 1', 2000)], seconds)).toBe(
      'At 2 s: Server 1 crashed. Server 1 is back.',
    );
    expect(heard([happening('crash', 'Cache'), happening('crash', 'Cache', 2000)], seconds)).toBe('At 2 s: Cache crashed 2 times.');
    const health = ['Server 1', 'Server 2', 'Server 3'].map((part) => happening('health', part));
    expect(heard(health, seconds)).toBe('At 1 s: Server 1 health, and 2 more such changes.');
    expect(heard([], seconds)).toBe('');
  });
});

describe('the herald', () => {
  it('keeps a pace and tells together what happened in between', () => {
    const herald = new Herald();
    herald.hear([happening('crash', 'Server 1')], 'everything');
    expect(herald.take(0)).toHaveLength(1);
    herald.hear([happening('crash', 'Server 2')], 'everything');
    herald.hear([happening('crash', 'Server 3')], 'everything');
    expect(herald.take(paceMs - 1)).toEqual([]);
    expect(herald.take(paceMs).map(({ part }) => part)).toEqual(['Server 2', 'Server 3']);
    expect(herald.take(10 * paceMs)).toEqual([]);
  });

  it('leaves out what was not asked for, and what is no news any more', () => {
    const herald = new Herald();
    herald.hear([happening('health', 'Server 1'), happening('crash', 'Server 1')], 'important');
    herald.hear([happening('crash', 'Server 2')], 'off');
    expect(herald.take(0).map(({ kind }) => kind)).toEqual(['crash']);
    herald.hear([happening('crash', 'Server 3')], 'everything');
    herald.forget();
    expect([herald.take(paceMs), herald.isEmpty]).toEqual([[], true]);
  });
});

describe('happenings of a run', () => {
  const run = (values: Record<string, number>, interventions: unknown[] = []) => {
    const setup = settle(tiny, { values, interventions });
    return runExperiment(tiny, setup, { record: { detail: 'all' } });
  };

  it('tell when requests begin to be turned away and when that ends, once', () => {
    const result = run({ rate: 20, seconds: 100 }, [{ atMs: 10_000, untilMs: 30_000, verb: 'crash', targets: ['server'] }]);
    const told = happeningsOf(result, 'a');
    expect(told.map(({ atMs }) => atMs)).toEqual([...told.map(({ atMs }) => atMs)].sort((a, b) => a - b));
    expect(told.find(({ kind }) => kind === 'crash')?.part).toBe('Server');
    const rejections = told.filter(({ kind }) => kind === 'rejection');
    expect(rejections.length).toBeGreaterThan(0);
    expect(rejections.length).toBeLessThan(25);
  });

  it('are none where nothing was recorded', () => {
    expect(happeningsOf(null, 'a')).toEqual([]);
    expect(happeningsOf(runExperiment(tiny, settle(tiny, {})), 'a')).toEqual([]);
  });
});

describe('what was changed last', () => {
  const of = (raw: Parameters<typeof arrange>[1]) => arrange(tiny, raw).arrangement;
  const change = (before: Parameters<typeof arrange>[1], after: Parameters<typeof arrange>[1]) =>
    changeSentence(tiny, of(before), of(after), 10_000);

  it('is named with its new value', () => {
    expect(change({}, { values: { rate: 5 } })).toBe('Rate is now 5\u202f/s.');
    expect(change({}, { values: { order: 'last' }, seed: 4 })).toBe('The seed is now 4. Order is now last come.');
    expect(change({ values: { speeds: [1, 1] } }, { values: { speeds: [1, 0.5] } })).toBe('Speeds, 2 is now 0.500.');
    expect(change({}, { values: { servers: 3 } })).toBe('Servers is now 3.');
    expect(change({}, {})).toBe(null);
  });

  it('is summed up when it is much', () => {
    const much = { values: { rate: 5, servers: 3, seconds: 20, order: 'last' } };
    expect(change({}, much)).toMatch(/^4 values changed, among them Rate, Servers and Length\.$/);
    const scenario = { ...of(much), scenario: 'Busy' };
    expect(changeSentence(tiny, of({}), scenario, 10_000)).toBe('Scenario Busy is set up.');
  });

  it('covers interventions and the second side', () => {
    const crash = [{ atMs: 3000, verb: 'crash', targets: ['server'] }];
    expect(change({}, { interventions: crash })).toBe('Will happen: Crash server at 3.000 s.');
    expect(change({ interventions: crash }, {})).toBe('Will not happen any more: Crash server at 3.000 s.');
    expect(change({}, { sideB: {} })).toBe('Two sides are compared; the controls change side B.');
    expect(change({ sideB: {} }, { sideB: { values: { rate: 5 } } })).toBe('Side B: Rate is now 5\u202f/s.');
  });
});
