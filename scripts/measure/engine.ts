// The benchmark of the simulation package (npm run bench tells more of it), beside its aims.

import { bench } from '../bench/report';
import type { Figure } from './figure';

export async function engineFigures(): Promise<Figure[]> {
  const { model, requestsPerSecond, ratios, memoryMb } = await bench();
  const part = `Engine: ${model}`;
  return [
    { part, what: 'requests', value: requestsPerSecond.engine / 1e6, unit: 'million a second', aim: { atLeast: 3 } },
    { part, what: 'speed to a hand-written loop', value: ratios.engineToHandWritten, unit: '', aim: { atLeast: 0.6 } },
    { part, what: 'speed to simjs', value: ratios.engineToSimjs, unit: '', aim: { atLeast: 8 } },
    { part, what: 'cost of a request with 64 servers to 4', value: ratios.cost64To4, unit: '', aim: { atMost: 3 } },
    { part, what: 'cost of a request in 10⁷ to 10⁴', value: ratios.costOf10MillionTo10Thousand, unit: '', aim: { atMost: 1.2 } },
    { part, what: 'memory of 10⁷ requests', value: memoryMb, unit: 'MB', aim: { atMost: 200 } },
    { part, what: 'two threads to one', value: ratios.twoThreads, unit: '', aim: { atLeast: 1.4 } },
  ];
}
