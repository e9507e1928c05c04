// So many clients, each of whom thinks, asks, waits for the answer and thinks again: a closed loop. Slow answers mean fewer questions.
// Work and think times belong to (client, how many times it asked), so both sides of a comparison share them; instants they cannot share.

import { keyedUniform } from '../kernel/random';
import type { Draw } from '../workload/draws';
import { drawClass } from '../workload/requestClasses';
import type { Call } from './call';
import { Customers, type CustomersOptions } from './customers';
import { wholeNumber } from './options';
import type { System } from './system';

export interface ClosedLoopOptions extends CustomersOptions {
  /** How many there are, 1 or more. */
  clients: number;
  /** Time between an answer and the client's next question, in ms. A client begins by thinking. */
  thinkMs: Draw;
}

export class ClosedLoop extends Customers {
  private readonly askHandler: number;
  private readonly asked: Int32Array;
  private readonly keys: { think: number; work: number; key: number; requestClass: number };

  constructor(
    system: System,
    private readonly options: ClosedLoopOptions,
  ) {
    const name = options.name ?? 'customers';
    wholeNumber(name, 'number of clients', options.clients, 1);
    super(system, options, name);
    const { simulation } = system;
    const { random } = simulation;
    this.asked = new Int32Array(options.clients);
    this.keys = {
      think: random.key(`${name} think`),
      work: random.key(`${name} work`),
      key: random.key(`${name} key`),
      requestClass: random.key(`${name} class`),
    };
    this.askHandler = simulation.on((client) => this.ask(client));
  }

  protected override begin(): void {
    for (let client = 0; client < this.options.clients; client++) this.think(client);
  }

  protected override ended(call: Call): void {
    this.think(call.client);
  }

  private think(client: number): void {
    const turn = this.asked[client];
    const thinkMs = this.options.thinkMs(keyedUniform(this.keys.think, client, turn), turn);
    if (!(thinkMs >= 0)) throw new RangeError(`A client of ${this.book.name} thinks for ${thinkMs} ms; it must be 0 or more.`);
    this.system.simulation.schedule(thinkMs, this.askHandler, client);
  }

  private ask(client: number): void {
    const { options, keys, mix } = this;
    const turn = this.asked[client]++;
    const call = this.system.newCall();
    call.request = this.system.nextRequest();
    call.client = client;
    call.key = options.key === undefined ? 0 : options.key(keyedUniform(keys.key, client, turn), call.request);
    call.requestClass = mix === undefined ? 0 : drawClass(mix, keyedUniform(keys.requestClass, client, turn));
    const workMs = mix === undefined ? (options.workMs as Draw) : mix.classes[call.requestClass].workMs;
    call.workMs = workMs(keyedUniform(keys.work, client, turn), call.request);
    this.open(call);
  }
}
