// Where requests come from, in an open loop: they arrive whether or not the last ones were served.
// Everything about a request is drawn when it arrives, one number from each stream, so that request 1,000 is the same
// request on both sides of a comparison.

import { phases } from '../kernel/calendar';
import type { Stream } from '../kernel/random';
import type { ArrivalProcess } from '../workload/arrivals';
import { type Draw, drawEach } from '../workload/draws';
import { drawClass, type RequestMix } from '../workload/requestClasses';
import { Customers, type CustomersOptions } from './customers';
import type { System } from './system';

export interface SourceOptions extends CustomersOptions {
  arrivals: ArrivalProcess;
  /** How many clients the requests come from; each is equally likely. Default 1. */
  clients?: number;
}

/** Works drawn at once: side by side, a processor works on several logarithms at a time. */
const batch = 32;

export class Source extends Customers {
  private readonly arrivalHandler: number;
  private opened = 0;
  private readonly worksMs = new Float64Array(batch);
  private readonly classes = new Int32Array(batch);
  private readonly workStream: Stream;
  private readonly clientStream: Stream;
  private readonly keyStream: Stream;
  private readonly classStream: Stream;

  constructor(
    system: System,
    private readonly options: SourceOptions,
  ) {
    const name = options.name ?? 'customers';
    super(system, options, name);
    const { simulation } = system;
    this.workStream = simulation.random.stream(`${name} work`);
    this.clientStream = simulation.random.stream(`${name} client`);
    this.keyStream = simulation.random.stream(`${name} key`);
    this.classStream = simulation.random.stream(`${name} class`);
    this.arrivalHandler = simulation.on(() => this.arrive());
  }

  protected override begin(): void {
    const { simulation } = this.system;
    const atMs = this.options.arrivals.nextMs();
    if (atMs < Infinity) simulation.scheduleAt(atMs, this.arrivalHandler, 0, phases.arrival);
  }

  private arrive(): void {
    const { options, system } = this;
    this.begin();
    const call = system.newCall();
    const own = this.opened++;
    const slot = own % batch;
    if (slot === 0) this.drawWorks(own);
    call.request = system.nextRequest();
    call.client = options.clients === undefined ? 0 : this.clientStream.below(options.clients);
    call.key = options.key === undefined ? 0 : options.key(this.keyStream.next(), own);
    call.requestClass = this.classes[slot];
    call.workMs = this.worksMs[slot];
    this.open(call);
  }

  private drawWorks(first: number): void {
    const { worksMs, workStream, mix } = this;
    if (mix !== undefined) {
      this.drawMixed(mix, first);
      return;
    }
    workStream.fill(worksMs);
    drawEach(this.options.workMs as Draw, worksMs, first);
  }

  private drawMixed(mix: RequestMix, first: number): void {
    for (let index = 0; index < batch; index++) {
      const drawn = drawClass(mix, this.classStream.next());
      this.classes[index] = drawn;
      this.worksMs[index] = mix.classes[drawn].workMs(this.workStream.next(), first + index);
    }
  }
}
