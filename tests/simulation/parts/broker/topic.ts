// A topic with its group of consumers, for the tests of this folder. Times are short: a session lasts a second.

import { ConsumerGroup, type ConsumerGroupOptions } from '../../../../src/simulation/parts/broker/consumerGroup';
import { LogConsumer, type LogConsumerOptions } from '../../../../src/simulation/parts/broker/logConsumer';
import { Effects } from '../../../../src/simulation/parts/broker/messageConsumer';
import { PartitionedLog, type PartitionedLogOptions } from '../../../../src/simulation/parts/broker/partitionedLog';
import type { Intervention } from '../../../../src/simulation/parts/system';
import type { RecordWindow } from '../../../../src/simulation/record/trace';
import { newSystem, type Script, sendScript } from '../../scripted';

/** Effects that also tell their order. */
export class OrderedEffects extends Effects {
  readonly order: number[] = [];
  readonly atMs: number[] = [];
  /** @param now the clock */
  constructor(
    isIdempotent: boolean,
    private readonly now: () => number,
  ) {
    super(isIdempotent);
  }

  override apply(message: number): void {
    if (!(this.isIdempotent && this.has(message))) {
      this.order.push(message);
      this.atMs.push(this.now());
    }
    super.apply(message);
  }
}

export interface Scene extends Partial<Script> {
  log?: PartitionedLogOptions;
  group?: Partial<ConsumerGroupOptions>;
  /** One for each consumer; its name is given. */
  consumers?: Partial<LogConsumerOptions>[];
  isIdempotent?: boolean;
  interventions?: Intervention[];
  record?: RecordWindow;
  seed?: number;
}

export function topic({ log: logOptions, group: options, consumers: list = [{}], ...scene }: Scene) {
  const system = newSystem(scene.record, scene.seed);
  const effects = new OrderedEffects(scene.isIdempotent ?? false, () => system.simulation.nowMs);
  const log = new PartitionedLog(system, logOptions);
  const times = { sessionTimeoutMs: 1000, heartbeatMs: 100, maxPollIntervalMs: 5000, initialRebalanceDelayMs: 0 };
  const group = new ConsumerGroup(log, { effects, ...times, ...options });
  const consumers = list.map((one, index) => new LogConsumer(system, group, { name: `consumers/${index + 1}`, ...one }));
  const { arrivals = [], works = 10, keys } = scene;
  const { source, endings } = sendScript(system, { arrivals, works, keys }, log);
  system.intervene(scene.interventions ?? []);
  const simulation = system.simulation;
  return { system, simulation, log, group, consumers, effects, source, endings, coordinator: group.coordinator };
}

/** So many instants, `gapMs` apart. */
export const every = (gapMs: number, count: number, fromMs = gapMs): number[] =>
  Array.from({ length: count }, (_, index) => fromMs + index * gapMs);
