// A wire for messages between two parts that need no answer: heartbeats, votes, entries of a log. What is sent arrives later, once,
// twice or never, and never within the same event: whoever sends is through before anybody hears of it.

import type { System } from '../system';
import { type Way, Wire, type WireOptions } from './wire';

export class MessageWire<Message> extends Wire {
  private readonly underWay: { way: Way; message: Message; leavesMs: number; isDropped: boolean }[] = [];
  private readonly free: number[] = [];
  private readonly arrival: number;
  private sent = 0;

  /** @param deliver is told what has arrived, and by which way */
  constructor(
    system: System,
    from: number,
    to: number,
    options: WireOptions,
    private readonly deliver: (way: Way, message: Message) => void,
  ) {
    super(system, from, to, options, 'messages', false);
    this.arrival = system.simulation.on((index) => this.arrive(index));
  }

  /**
   * @param size as a multiple of the usual message, where sending takes time
   * @returns when it arrives; Infinity when it gets lost
   */
  send(way: Way, message: Message, size = 1): number {
    const number = this.sent++;
    const arrivalMs = this.arrivalMs(way, number, 0, size);
    this.launch(way, message, arrivalMs);
    if (this.isDoubled(way, number, 0)) this.launch(way, message, this.arrivalMs(way, number, 1, size));
    return arrivalMs;
  }

  /** The sender has crashed: what was still in its buffers never leaves. What is on the wire arrives. */
  dropUnsent(way: Way): void {
    const { nowMs } = this.system.simulation;
    for (const flight of this.underWay) if (flight.way === way && flight.leavesMs > nowMs) flight.isDropped = true;
    this.clearBuffer(way);
  }

  private launch(way: Way, message: Message, arrivalMs: number): void {
    if (arrivalMs === Infinity) {
      this.lost++;
      return;
    }
    const index = this.free.pop() ?? this.underWay.length;
    this.underWay[index] = { way, message, leavesMs: this.leavesMs(way), isDropped: false };
    this.system.simulation.scheduleAt(arrivalMs, this.arrival, index);
  }

  private arrive(index: number): void {
    const { way, message, isDropped } = this.underWay[index];
    this.free.push(index);
    if (this.isOpen(way) && !isDropped) this.deliver(way, message);
    else this.lost++;
  }
}
