import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Calendar, type Phase, phases } from '../../../src/simulation/kernel/calendar';
import { Simulation } from '../../../src/simulation/kernel/simulation';
import '../../cases';

describe('the calendar', () => {
  test('gives events by time, then phase, then insertion, whatever order they came in', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ time: fc.integer({ min: 0, max: 5 }), phase: fc.integer({ min: 0, max: 4 }) })), (events) => {
        const calendar = new Calendar();
        events.forEach(({ time, phase }, index) => {
          calendar.push(time, phase as Phase, 0, index);
        });
        const given: number[] = [];
        while (calendar.pop(Infinity)) given.push(calendar.poppedPayload);
        const expected = events
          .map((event, index) => ({ ...event, index }))
          .sort((a, b) => a.time - b.time || a.phase - b.phase || a.index - b.index);
        expect(given).toEqual(expected.map(({ index }) => index));
      }),
    );
  });

  test('agrees with a plain sorted list under any mixture of push, pop and cancel', () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('push' as const), time: fc.integer({ min: 0, max: 50 }) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('pop' as const), time: fc.integer({ min: 0, max: 60 }) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), time: fc.nat(200) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const calendar = new Calendar();
        const handles: number[] = [];
        let plain: { time: number; payload: number }[] = [];
        for (const { kind, time } of steps) {
          if (kind === 'push') {
            plain.push({ time, payload: handles.length });
            handles.push(calendar.push(time, phases.normal, 0, handles.length));
          } else if (kind === 'cancel' && handles.length > 0) {
            const payload = time % handles.length;
            calendar.cancel(handles[payload]);
            plain = plain.filter((event) => event.payload !== payload);
          } else if (kind === 'pop') {
            const first = [...plain].sort((a, b) => a.time - b.time || a.payload - b.payload)[0];
            const expected = first && first.time <= time ? first : undefined;
            expect(calendar.pop(time)).toBe(expected !== undefined);
            if (!expected) continue;
            expect([calendar.poppedTimeMs, calendar.poppedPayload]).toEqual([expected.time, expected.payload]);
            plain = plain.filter((event) => event !== expected);
          }
        }
        expect(calendar.size).toBeGreaterThanOrEqual(plain.length);
      }),
    );
  });

  test('a handle outlives its event: canceling it later does not touch the event that took its slot', () => {
    const calendar = new Calendar();
    const first = calendar.push(1, phases.normal, 0, 1);
    expect(calendar.pop(10)).toBe(true);
    calendar.push(2, phases.normal, 0, 2);
    calendar.cancel(first);
    expect(calendar.pop(10)).toBe(true);
    expect(calendar.poppedPayload).toBe(2);
  });

  test('no event has the handle 0, so a timer that was never set cancels nothing', () => {
    const calendar = new Calendar();
    expect(calendar.push(1, phases.normal, 0, 7)).toBeGreaterThan(0);
    calendar.cancel(0);
    calendar.cancel(-1);
    expect(calendar.pop(1)).toBe(true);
  });

  test('grows beyond its first room', () => {
    const calendar = new Calendar();
    for (let index = 0; index < 10_000; index++) calendar.push((index * 7919) % 10_007, phases.normal, 0, index);
    let last = -1;
    let count = 0;
    while (calendar.pop(Infinity)) {
      expect(calendar.poppedTimeMs).toBeGreaterThanOrEqual(last);
      last = calendar.poppedTimeMs;
      count++;
    }
    expect(count).toBe(10_000);
  });
});

describe('a simulation', () => {
  const log = (simulation: Simulation, lines: string[]) => (what: string) => () => lines.push(`${simulation.nowMs} ${what}`);

  test('carries out events in order of time, phase and insertion, and ends at the horizon', () => {
    const simulation = new Simulation({ seed: 1 });
    const lines: string[] = [];
    const say = log(simulation, lines);
    simulation.at(5, say('observation'), phases.observation);
    simulation.at(5, say('arrival'), phases.arrival);
    simulation.at(5, say('normal 1'));
    simulation.at(5, say('normal 2'));
    simulation.at(5, say('completion'), phases.completion);
    simulation.at(5, say('intervention'), phases.intervention);
    simulation.at(3, say('early'));
    simulation.at(10, say('at the horizon'));
    simulation.at(10.0000001, say('too late'));
    simulation.runUntil(10);
    expect(lines).toEqual([
      '3 early',
      '5 intervention',
      '5 completion',
      '5 normal 1',
      '5 normal 2',
      '5 arrival',
      '5 observation',
      '10 at the horizon',
    ]);
    expect(simulation.nowMs).toBe(10);
    expect(simulation.events).toBe(8);
  });

  test('what is planned for this very instant still happens in it', () => {
    const simulation = new Simulation({ seed: 1 });
    const lines: string[] = [];
    const say = log(simulation, lines);
    simulation.at(1, () => {
      simulation.at(1, say('second'));
      say('first')();
    });
    simulation.runUntil(1);
    expect(lines).toEqual(['1 first', '1 second']);
  });

  test('a canceled event does not happen and is not counted', () => {
    const simulation = new Simulation({ seed: 1 });
    const lines: string[] = [];
    const say = log(simulation, lines);
    const handle = simulation.at(2, say('canceled'));
    simulation.at(1, () => simulation.cancel(handle));
    simulation.runUntil(5);
    simulation.cancel(handle);
    expect(lines).toEqual([]);
    expect(simulation.events).toBe(1);
  });

  test('repeats at exact multiples: rounding does not add up', () => {
    const simulation = new Simulation({ seed: 1 });
    const times: number[] = [];
    simulation.every(0.1, () => times.push(simulation.nowMs), 0.3);
    simulation.runUntil(100);
    expect(times).toEqual(Array.from({ length: times.length }, (_, count) => 0.3 + count * 0.1));
    expect(times.length).toBe(998);
  });

  test('refuses the past, a negative delay and what is not a number, and says when and what', () => {
    const simulation = new Simulation({ seed: 1 });
    const handler = simulation.on(() => {});
    const messages: string[] = [];
    simulation.at(7, () => {
      for (const wrong of [
        () => simulation.at(6, () => {}),
        () => simulation.scheduleAt(6.5, handler),
        () => simulation.schedule(-1, handler),
        () => simulation.schedule(Number.NaN, handler),
      ]) {
        try {
          wrong();
        } catch (error) {
          messages.push((error as Error).message);
        }
      }
    });
    simulation.runUntil(10);
    expect(messages).toEqual([
      'At 7 ms an event was scheduled for 6 ms; the past cannot be changed.',
      'At 7 ms an event was scheduled for 6.5 ms; the past cannot be changed.',
      'At 7 ms an event was scheduled -1 ms ahead; a delay must be 0 or more.',
      'At 7 ms an event was scheduled NaN ms ahead; a delay must be 0 or more.',
    ]);
    expect(() => simulation.every(0, () => {})).toThrow('An interval must be more than 0 ms, not 0.');
  });

  test('stops with a message when it passes its limit of events', () => {
    const simulation = new Simulation({ seed: 1, eventLimit: 100 });
    const handler = simulation.on(() => void simulation.schedule(1, handler));
    simulation.schedule(1, handler);
    expect(() => simulation.runUntil(1000)).toThrow('limit of 100 events at 101 ms');
  });

  test('refuses a second run, an endless horizon and an impossible seed', () => {
    const simulation = new Simulation({ seed: 1 });
    simulation.runUntil(10);
    expect(() => simulation.runUntil(20)).toThrow('has run to 10 ms');
    expect(() => new Simulation({ seed: 1 }).runUntil(Infinity)).toThrow('horizon');
    expect(() => new Simulation({ seed: -1 })).toThrow('seed');
    expect(() => new Simulation({ seed: 0.5 })).toThrow('seed');
  });

  test('tells every part the horizon once and audits each', () => {
    const simulation = new Simulation({ seed: 1 });
    const heard: string[] = [];
    simulation.parts.push({ name: 'a', close: (horizonMs) => heard.push(`close ${horizonMs}`), audit: () => heard.push('audit') });
    simulation.runUntil(4);
    simulation.audit();
    expect(heard).toEqual(['close 4', 'audit']);
  });
});
