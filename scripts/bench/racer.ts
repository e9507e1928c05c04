// One thread of the benchmark, seen from the thread that asks.

import { Worker } from 'node:worker_threads';
import type { ContestantName } from './contestants';
import type { Lap } from './thread';

export class Racer {
  private readonly worker: Worker;

  constructor(file: string, name: ContestantName) {
    this.worker = new Worker(file, { workerData: name });
  }

  run(requests: number, seed: number): Promise<Lap> {
    return new Promise((done, failed) => {
      this.worker.once('message', done);
      this.worker.once('error', failed);
      this.worker.postMessage({ requests, seed });
    });
  }

  stop(): Promise<number> {
    return this.worker.terminate();
  }
}
