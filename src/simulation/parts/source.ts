// Where requests come from, in an open loop: they arrive whether or not the last ones were served.
// Everything about a request is drawn when it arrives, one number from each stream, so that request 1,000 is the same
// request on both sides of a comparison.

import { type EventHandle, phases } from '../kernel/calendar';
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
  /** Number of the first client. Default 0: several sources of one client each need numbers of their own. */
  firstClient?: number;
}

/** Works drawn at once: side by side, a processor works on several logarithms at a time. */
const batch = 32;

export class Source extends Customers {
  private readonly arrivalHandler: number;
  private nextArrival: EventHandle = 0;
  private opened = 0;
  private workOf: SourceOptions['workMs'];
  /** What the works were drawn from: they are drawn anew when work changes. */
  private readonly uniforms = new Float64Array(batch);
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
    this.workOf = options.workMs;
    const { simulation } = system;
    this.workStream = simulation.random.stream(`${name} work`);
    this.clientStream = simulation.random.stream(`${name} client`);
    this.keyStream = simulation.random.stream(`${name} key`);
    this.classStream = simulation.random.stream(`${name} class`);
    this.arrivalHandler = simulation.on(() => this.arrive());
  }

  /** Another arrival rate from now on. Who was about to come comes sooner or later; nobody is lost or drawn anew. */
  setRate(arrivalsPerSecond: number): void {
    const { simulation } = this.system;
    const { arrivals } = this.options;
    if (arrivals.setRate === undefined) throw new TypeError(`The arrivals of ${this.book.name} have no rate that could be set.`);
    simulation.cancel(this.nextArrival);
    this.plan(arrivals.setRate(arrivalsPerSecond, simulation.nowMs));
  }

  /** Other work for the requests that come from now on, from the same draws. Not for a mix of classes. */
  setWork(workMs: Draw): void {
    if (this.mix !== undefined)
      throw new TypeError(`The requests of ${this.book.name} are of several classes; their work is set by class.`);
    this.workOf = workMs;
    const drawn = this.opened % batch;
    if (drawn > 0) this.drawFrom(this.opened - drawn);
  }

  protected override begin(): void {
    this.plan(this.options.arrivals.nextMs());
  }

  private plan(atMs: number): void {
    if (atMs < Infinity) this.nextArrival = this.system.simulation.scheduleAt(atMs, this.arrivalHandler, 0, phases.arrival);
  }

  private arrive(): void {
    const { options, system } = this;
    this.begin();
    const call = system.newCall();
    const own = this.opened++;
    const slot = own % batch;
    if (slot === 0) this.drawWorks(own);
    call.request = system.nextRequest();
    const first = options.firstClient ?? 0;
    call.client = options.clients === undefined ? first : first + this.clientStream.below(options.clients);
    call.key = options.key === undefined ? 0 : options.key(this.keyStream.next(), own);
    call.requestClass = this.classes[slot];
    call.workMs = this.worksMs[slot];
    this.open(call);
  }

  private drawWorks(first: number): void {
    const { mix } = this;
    if (mix !== undefined) {
      this.drawMixed(mix, first);
      return;
    }
    this.workStream.fill(this.uniforms);
    this.drawFrom(first);
  }

  private drawFrom(first: number): void {
    this.worksMs.set(this.uniforms);
    drawEach(this.workOf as Draw, this.worksMs, first);
  }

  private drawMixed(mix: RequestMix, first: number): void {
    for (let index = 0; index < batch; index++) {
      const drawn = drawClass(mix, this.classStream.next());
      this.classes[index] = drawn;
      this.worksMs[index] = mix.classes[drawn].workMs(this.workStream.next(), first + index);
    }
  }
}
