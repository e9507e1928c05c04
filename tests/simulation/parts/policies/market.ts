// The supermarket model made of the parts, with a control variate: what a run got in work beyond what it should get explains most of
// its error, and is taken off by the slope of the limit's formula, so that short runs tell as much as runs ten times as long.

import { exponential } from '../../../../src/simulation/kernel/distributions';
import { Balancer } from '../../../../src/simulation/parts/balancer';
import type { PolicyOf } from '../../../../src/simulation/parts/policies/policy';
import { powerOfChoices } from '../../../../src/simulation/parts/policies/powerOfChoices';
import { Server } from '../../../../src/simulation/parts/server';
import { Source } from '../../../../src/simulation/parts/source';
import { System } from '../../../../src/simulation/parts/system';
import { supermarketResponse, supermarketTail } from '../../../../src/simulation/theory/supermarket';
import { poissonArrivals } from '../../../../src/simulation/workload/arrivals';

export interface Market {
  queues: number;
  choices: number;
  load: number;
  /** In mean service times; what comes before the end of the warm-up is not measured. */
  horizon: number;
  warmUp: number;
}

const tailLength = 6;

/** Mean response in service times, and the share of queues with at least 1, 2, … requests over time. */
export function market({ queues, choices, load, horizon, warmUp }: Market, seed: number): { response: number; tails: number[] } {
  const system = new System({ seed });
  const { simulation } = system;
  const servers = Array.from({ length: queues }, (_, index) => new Server(system, { name: `servers/${index + 1}` }));
  const choose = powerOfChoices(simulation.random.key('balancer'), { choices });
  let work = 0;
  // One queue alone remembers its load for longer than a warm-up lasts.
  const from = choices === 1 ? 0 : warmUp;
  const policy: PolicyOf = (rotation) => {
    const inner = choose(rotation);
    return {
      pick(call) {
        if (simulation.nowMs >= from) work += call.workMs;
        return inner.pick(call);
      },
    };
  };
  const source = new Source(system, {
    arrivals: poissonArrivals(queues * load * 1000, simulation.random.stream('arrivals')),
    workMs: (u) => exponential(u, 1),
  }).to(new Balancer(system, servers, { policy }));
  const tails = new Float64Array(tailLength);
  let inside = 0;
  let looks = 0;
  const look = () => {
    looks++;
    inside += source.inside.value;
    for (const server of servers) for (let least = 1; least <= server.inside && least <= tailLength; least++) tails[least - 1]++;
  };
  simulation.every(1, look, warmUp);
  simulation.runUntil(horizon);
  simulation.audit();
  const excess = work / queues / (horizon - from) - load;
  const correct = (value: number, limit: (utilization: number) => number) =>
    value - (excess * (limit(load + 1e-5) - limit(load - 1e-5))) / 2e-5;
  return {
    // By Little's law: no request is left out because the run ended before it did.
    response: correct(
      inside / looks / queues / load,
      (utilization) => (utilization * supermarketResponse({ choices, utilization })) / load,
    ),
    tails: [...tails].map((total, index) =>
      correct(total / looks / queues, (utilization) => supermarketTail({ choices, utilization, length: index + 1 })),
    ),
  };
}
