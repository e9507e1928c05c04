import { expect, test } from 'vitest';
import { Server } from '../../../src/simulation/parts/server';
import { Source } from '../../../src/simulation/parts/source';
import { replayedArrivals } from '../../../src/simulation/workload/arrivals';
import { finish, newSystem } from '../scripted';

test('several sources have clients of numbers of their own', () => {
  const system = newSystem();
  const server = new Server(system, { name: 'server' });
  const clients = [[], [], []] as number[][];
  const options = [{}, { firstClient: 5 }, { firstClient: 10, clients: 3 }];
  options.forEach((own, index) => {
    new Source(system, {
      name: `clients/${index + 1}`,
      arrivals: replayedArrivals(Array.from({ length: 200 }, (_, arrival) => arrival)),
      workMs: () => 0.1,
      onEnd: ({ client }) => clients[index].push(client),
      ...own,
    }).to(server);
  });
  finish(system, 1000);
  expect(clients.map((numbers) => [...new Set(numbers)].sort((a, b) => a - b))).toEqual([[0], [5], [10, 11, 12]]);
});
