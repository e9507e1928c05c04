// A balancer holds nothing: it picks a server for each call and passes the answer back.
// What it knows is what a real one knows: which servers are in rotation, and how many of its own calls each still holds.
// It does not see a crash. Only a health check takes a server out of rotation.

import { type Accounts, Book, type Fate, fates } from '../measure/accounts';
import { recordKinds } from '../record/trace';
import { answer, type Call, type Caller, type Part } from './call';
import type { Link, LinkOptions } from './link';
import type { BalancingPolicy, Rotation } from './policies/policy';
import type { System } from './system';

export interface BalancerOptions {
  name?: string;
  label?: string;
  policy: (rotation: Rotation) => BalancingPolicy;
  /** One for each server, above 0. Default: all 1. */
  weights?: readonly number[];
}

export class Balancer implements Part, Caller {
  readonly id: number;
  readonly name: string;
  readonly book: Book;
  readonly rotation: Rotation;
  /** Calls sent to each server. */
  readonly sent: Float64Array;
  private readonly policy: BalancingPolicy;
  private readonly links: Link[];
  private inFlight = 0;

  constructor(
    private readonly system: System,
    readonly targets: readonly Part[],
    options: BalancerOptions,
    linkOptions?: LinkOptions,
  ) {
    const count = targets.length;
    if (count < 1) throw new RangeError('A balancer needs at least one server.');
    this.name = options.name ?? 'balancer';
    this.book = new Book(this.name);
    const weights = options.weights ?? new Array(count).fill(1);
    if (weights.length !== count || weights.some((weight) => !(weight > 0))) {
      throw new RangeError(
        `The balancer ${this.name} has ${count} servers and the weights ${weights.join(', ')}; it needs one weight above 0 for each server.`,
      );
    }
    this.rotation = { count, inRotation: new Uint8Array(count).fill(1), outstanding: new Int32Array(count), weights };
    this.sent = new Float64Array(count);
    this.policy = options.policy(this.rotation);
    this.id = system.register({
      name: this.name,
      kind: 'balancer',
      label: options.label ?? 'Balancer',
      concurrency: 0,
      queueCapacity: 0,
      speed: 1,
    });
    system.simulation.parts.push({ name: this.name, audit: () => this.audit() });
    this.links = targets.map((target) => system.link(this.id, target, linkOptions));
  }

  accounts(): Accounts {
    return this.book.accounts(this.inFlight);
  }

  private audit(): void {
    this.accounts();
    const outstanding = this.rotation.outstanding.reduce((sum, count) => sum + count, 0);
    if (outstanding !== this.inFlight || this.rotation.outstanding.some((count) => count < 0)) {
      throw new Error(`${this.name} has ${this.inFlight} calls open, but counts ${this.rotation.outstanding.join(', ')} at its servers.`);
    }
  }

  accept(call: Call): void {
    const { simulation } = this.system;
    simulation.recorder.request(simulation.nowMs, recordKinds.enter, this.id, call.request, call.link.from);
    this.book.opened++;
    const target = this.policy.pick(call);
    if (target < 0) {
      this.book.close(fates.rejected);
      simulation.recorder.request(simulation.nowMs, recordKinds.leave, this.id, call.request, fates.rejected);
      answer(call, fates.rejected);
      return;
    }
    const child = this.system.childOf(call);
    child.caller = this;
    child.target = target;
    call.child = child;
    this.inFlight++;
    this.rotation.outstanding[target]++;
    this.sent[target]++;
    this.links[target].send(child);
  }

  cancel(call: Call): void {
    const child = call.child;
    if (child === null) return;
    call.child = null;
    this.finish(child, fates.abandoned);
    child.link.cancel(child);
  }

  reply(child: Call, fate: Fate): void {
    const call = child.parent as Call;
    this.finish(child, fate);
    this.policy.heard?.(child.target, fate);
    this.system.release(child);
    call.child = null;
    answer(call, fate);
  }

  private finish(child: Call, fate: Fate): void {
    this.inFlight--;
    this.rotation.outstanding[child.target]--;
    this.book.close(fate);
  }
}
