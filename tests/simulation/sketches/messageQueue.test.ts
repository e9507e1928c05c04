// Sketch of the experiment message-queue, and the guarantees of the broker: what is lost, what is repeated, what the key mends.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Call,
  constantArrivals,
  Effects,
  type Intervention,
  MessageConsumer,
  MessageQueue,
  type MessageQueueOptions,
  poissonArrivals,
  Server,
  Source,
  uniformKeys,
} from '../../../src/simulation/index';
import { cases } from '../../cases';
import { finish, newSystem } from '../scripted';

interface Setting {
  queue?: MessageQueueOptions;
  consumers?: number;
  prefetch?: number;
  isIdempotent?: boolean;
  perSecond?: number;
  workMs?: number;
  isPoison?: (call: Call) => boolean;
  interventions?: Intervention[];
  horizonMs?: number;
  untilMs?: number;
  delayMs?: number;
  seed?: number;
}

/** Producers, a queue, consumers that each work at a server of their own. Orders stop at `untilMs`. */
function run(setting: Setting) {
  const { consumers = 2, horizonMs = 20_000, untilMs = 10_000, delayMs = 0 } = setting;
  const system = newSystem({ detail: 'none' }, setting.seed ?? 1);
  const effects = new Effects(setting.isIdempotent ?? false);
  const queue = new MessageQueue(system, setting.queue);
  const order: number[] = [];
  const links = Array.from({ length: consumers }, (_, index) => {
    const server = new Server(system, { name: `servers/${index + 1}` });
    const consumer = new MessageConsumer(system, { name: `consumers/${index + 1}`, effects, isPoison: setting.isPoison }).worksAt(server);
    const accept = consumer.accept.bind(consumer);
    consumer.accept = (call) => {
      order.push(call.request);
      accept(call);
    };
    queue.deliversTo(consumer, setting.prefetch ?? 1, { delayMs });
    return server;
  });
  const arrivals = setting.seed
    ? poissonArrivals(setting.perSecond ?? 10, system.simulation.random.stream('arrivals'))
    : constantArrivals(setting.perSecond ?? 10);
  const source = new Source(system, {
    arrivals: { nextMs: () => ((atMs) => (atMs > untilMs ? Infinity : atMs))(arrivals.nextMs()) },
    workMs: () => setting.workMs ?? 100,
    key: uniformKeys(3),
  }).to(queue);
  if (setting.interventions) system.intervene(setting.interventions);
  finish(system, horizonMs);
  return { queue, source, effects, order, servers: links, messages: queue.accounts(), system };
}

const crash: Intervention[] = [{ atMs: 3050, untilMs: 4000, verb: 'crash', targets: ['servers/1'] }];

describe('message-queue', () => {
  test('the sender is answered at once, however long the work takes', () => {
    const { source, messages } = run({ workMs: 150 });
    expect(source.response.max).toBe(0);
    expect(messages).toMatchObject({ opened: 100, completed: 100, open: 0 });
  });

  test('at most once loses what a crashed consumer held; at least once loses nothing', () => {
    const atMostOnce = run({ queue: { delivery: 'at-most-once' }, interventions: crash });
    expect(atMostOnce.messages.lost).toBeGreaterThan(0);
    expect(atMostOnce.effects.once + atMostOnce.messages.lost).toBe(100);
    const atLeastOnce = run({ interventions: crash });
    expect(atLeastOnce.messages).toMatchObject({ completed: 100, lost: 0, open: 0 });
    expect(atLeastOnce.effects.once).toBe(100);
  });

  test('a visibility timeout shorter than the work repeats it; the idempotency key makes the repeats harmless', () => {
    const hasty = { queue: { visibilityMs: 250 }, workMs: 300, consumers: 4, perSecond: 5, horizonMs: 60_000 };
    const repeated = run(hasty);
    expect(repeated.effects.repeated).toBeGreaterThan(0);
    const keyed = run({ ...hasty, isIdempotent: true });
    expect(keyed.effects.repeated).toBe(0);
    expect(keyed.effects.skipped).toBeGreaterThan(0);
    expect(keyed.effects.once).toBe(50);
  });

  test('a poison message goes to the dead letters after its deliveries and holds nobody up', () => {
    const { messages, queue, effects } = run({ queue: { mostDeliveries: 3 }, isPoison: (call) => call.request === 7 });
    expect(queue.deadLetters).toEqual([7]);
    expect(messages).toMatchObject({ completed: 99, failed: 1, open: 0 });
    expect(queue.redelivered).toBe(2);
    expect(effects.once).toBe(99);
  });

  test('an order key keeps the messages of a key in order, also over a crash', () => {
    const inOrder = run({ queue: { orderKey: (call) => call.request % 4 }, consumers: 3, interventions: crash, perSecond: 20 });
    for (let key = 0; key < 4; key++) {
      const first: number[] = [];
      for (const request of inOrder.order) if (request % 4 === key && !first.includes(request)) first.push(request);
      expect(first).toEqual([...first].sort((a, b) => a - b));
    }
    expect(inOrder.messages.completed).toBe(200);
  });

  test('an unbounded queue hides an overload; a bounded one tells the sender, and back-pressure makes the sender wait', () => {
    const overload = { perSecond: 40, workMs: 100 };
    const hidden = run(overload);
    expect(hidden.source.accounts().rejected).toBe(0);
    expect(hidden.messages.open).toBeGreaterThan(0);
    expect(hidden.queue.age.max).toBeGreaterThan(5000);
    const told = run({ ...overload, queue: { capacity: 20 } });
    expect(told.source.accounts().rejected).toBeGreaterThan(100);
    expect(told.queue.age.max).toBeLessThanOrEqual(1100);
    const pressed = run({ ...overload, queue: { capacity: 20, overflow: 'wait' } });
    expect(pressed.source.accounts()).toMatchObject({ rejected: 0 });
    expect(pressed.source.response.max).toBeGreaterThan(5000);
    const dropped = run({ ...overload, queue: { capacity: 20, overflow: 'drop-oldest' } });
    expect(dropped.messages.lost).toBeGreaterThan(100);
  });

  test('a paused queue takes messages and hands them on later', () => {
    const { messages, queue } = run({ interventions: [{ atMs: 0, untilMs: 12_000, verb: 'pause', targets: ['queue'] }] });
    expect(messages.completed).toBe(100);
    expect(queue.age.min).toBeGreaterThan(2000);
  });

  test('in every mixture of faults the books balance, and at least once with a key has every effect just once', () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer({ min: 1, max: 1e6 }),
          delivery: fc.constantFrom('at-most-once' as const, 'at-least-once' as const),
          visibilityMs: fc.integer({ min: 60, max: 1200 }),
          retriesAtOnce: fc.boolean(),
          capacity: fc.constantFrom(3, 20, Infinity),
          overflow: fc.constantFrom('reject' as const, 'wait' as const, 'drop-oldest' as const),
          isOrdered: fc.boolean(),
          isIdempotent: fc.boolean(),
          prefetch: fc.integer({ min: 1, max: 3 }),
          delayMs: fc.constantFrom(0, 5),
          crashes: fc.array(fc.record({ atMs: fc.integer({ min: 0, max: 9000 }), lastsMs: fc.integer({ min: 1, max: 2000 }) }), {
            maxLength: 4,
          }),
        }),
        ({ seed, isOrdered, isIdempotent, prefetch, delayMs, crashes, ...queue }) => {
          const setting: Setting = {
            seed,
            isIdempotent,
            prefetch,
            delayMs,
            perSecond: 8,
            horizonMs: 60_000,
            queue: { ...queue, orderKey: isOrdered ? (call) => call.key : undefined },
            interventions: crashes.map(({ atMs, lastsMs }, index) => ({
              atMs,
              untilMs: atMs + lastsMs,
              verb: index % 2 === 0 ? 'crash' : 'pause',
              targets: [`servers/${1 + (index % 2)}`],
            })),
          };
          const { messages, source, effects, queue: broker, system } = run(setting);
          expect(messages.open).toBe(broker.depth);
          expect(effects.once).toBeGreaterThanOrEqual(messages.completed - (queue.delivery === 'at-most-once' ? messages.completed : 0));
          if (queue.delivery === 'at-least-once' && queue.overflow !== 'drop-oldest') {
            expect(messages.lost).toBe(0);
            // With less time than the work takes a message is handed on for ever: each acknowledgement comes too late.
            if (queue.visibilityMs > 400) {
              expect(messages.open).toBe(0);
              expect(effects.once).toBe(source.accounts().completed);
            }
          }
          if (isIdempotent) expect(effects.repeated).toBe(0);
          expect(run(setting).system.simulation.recorder.digest()).toBe(system.simulation.recorder.digest());
        },
      ),
      { numRuns: cases },
    );
  });

  test('a cut wire loses acknowledgements, not messages: they come again when they become visible', () => {
    const system = newSystem();
    const effects = new Effects(true);
    const queue = new MessageQueue(system, { visibilityMs: 500 });
    const consumer = new MessageConsumer(system, { name: 'consumer', effects }).worksAt(new Server(system, { name: 'server' }));
    queue.deliversTo(consumer, 1, { delayMs: 1 });
    const source = new Source(system, { arrivals: constantArrivals(1), workMs: () => 100 }).to(queue);
    const { link } = (queue as unknown as { consumers: { link: { cut(): void; mend(): void } }[] }).consumers[0];
    system.simulation.at(2050, () => link.cut());
    system.simulation.at(2800, () => link.mend());
    finish(system, 6999);
    expect(source.accounts().completed).toBe(6);
    expect(queue.accounts()).toMatchObject({ completed: 6, lost: 0 });
    // Once into the wire that is still cut, and once more when it is mended.
    expect(queue.redelivered).toBe(2);
    expect(effects).toMatchObject({ once: 6, skipped: 1 });
  });
});
