// The one interface between parts. A caller sends a call over a link; the part at the other end accepts it and, once, answers.
//   Part:   accept(call), cancel(call)        Caller: reply(call, fate)
// Every part that serves by asking others makes a child call for each question, so a topology is parts joined by links.

import type { EventHandle } from '../kernel/calendar';
import type { Fate } from '../measure/accounts';
import type { Link } from './link';

/** Something that takes calls: a server, a balancer, a cache, a whole region. */
export interface Part {
  readonly id: number;
  readonly name: string;
  /** Takes the call and will `answer` it exactly once, now or later. */
  accept(call: Call): void;
  /** The caller no longer wants an answer: stop working on it and do not answer. */
  cancel(call: Call): void;
}

/** Something that sends calls. It gives the call back to the pool after `reply`; after `Link.cancel` or `forget` the link does. */
export interface Caller {
  reply(call: Call, fate: Fate): void;
}

/** One question to one part, from the System's pool. */
export class Call {
  /** Number of the request it belongs to, from 0 in order of arrival. */
  request = 0;
  /** 0 for the first try. */
  attempt = 0;
  client = 0;
  key = 0;
  /** Service the callee must give, in ms at speed 1. */
  workMs = 0;
  /** Class of the request, for models with several (0 when there is one). */
  requestClass = 0;
  /** When the caller sent it. */
  openedMs = 0;
  /** An answer after this instant is of no use to anybody; what helps to answer it inherits it. Infinity for none. */
  deadlineMs = Infinity;

  caller!: Caller;
  link!: Link;
  /** The call that this one helps to answer. */
  parent: Call | null = null;

  /** Notes of the caller: which of its targets, which timer. The callee leaves them alone. */
  target = 0;
  timer: EventHandle = 0;
  /** Notes of the callee: when it came, when service began, at which place, which timer. The caller leaves them alone. */
  enteredMs = 0;
  startedMs = 0;
  place = -1;
  /** Work left to do, in ms at speed 1, where service can be interrupted or goes by size. */
  remainingMs = 0;
  calleeTimer: EventHandle = 0;
  /** The question that the callee asked on behalf of this call. */
  child: Call | null = null;

  constructor(readonly index: number) {}
}

/** Answers a call across the link that it came by. */
export function answer(call: Call, fate: Fate): void {
  const link = call.link;
  if (link.isPlain) call.caller.reply(call, fate);
  else link.carryReply(call, fate);
}
