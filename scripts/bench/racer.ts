// One thread of the benchmark, seen from the thread that asks.

import { Worker } from 'node:worker_threads';
import type { ContestantName } from './contestants';
import type { Lap } from './thread';

export class Racer {
  private readonly worker: Worker;
  private fail: (error: Error) => void = (error) => {
    throw error;
  };

  constructor(file: string, name: ContestantName) {
    this.worker = new Worker(file, { workerData: name });
    this.worker.on('error', (error) => this.fail(error));
  }

  run(requests: number, seed: number): Promise<Lap> {
    return new Promise((done, failed) => {
      this.worker.once('message', done);
      this.fail = failed;
      this.worker.postMessage({ requests, seed });
    });
  }

  stop(): Promise<number> {
    return this.worker.terminate();
  }
}
