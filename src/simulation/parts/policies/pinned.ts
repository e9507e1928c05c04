// Whoever has a server keeps it: another policy is asked once for each pin, not for each call.
// A pin is a connection, which a layer 4 balancer hands to a server as a whole, or a session that a cookie ties to one.

import { fates } from '../../measure/accounts';
import type { Call } from '../call';
import { wholeNumber } from '../options';
import type { PolicyOf } from './policy';

export interface PinnedOptions {
  /** How many there are, 1 or more: clients with a connection each, or sessions. */
  pins: number;
  /** Whose call it is, from 0 to `pins` − 1. */
  pinOf: (call: Call) => number;
  /** After so many calls a pin is opened anew, 1 or more. Default: Infinity, never. */
  callsPerPin?: number;
  /**
   * connection: a server that fails breaks all that are open to it; one that is taken out of rotation keeps them, and the policy counts
   * open connections as outstanding. session: nothing breaks, but a server out of rotation is replaced. Default: connection.
   */
  kind?: 'connection' | 'session';
  /** Hears of each pin that is opened, with its server, and of each that breaks or ends, with −1. */
  changed?: (pin: number, server: number) => void;
}

const none = -1;

/** Any policy, asked when a pin is opened. */
export function pinned(policyOf: PolicyOf, { pins, pinOf, callsPerPin = Infinity, kind = 'connection', changed }: PinnedOptions): PolicyOf {
  wholeNumber('a pinned policy', 'number of pins', pins, 1);
  if (callsPerPin !== Infinity) wholeNumber('a pinned policy', 'number of calls for each pin', callsPerPin, 1);
  return (rotation) => {
    const isConnection = kind === 'connection';
    const open = isConnection ? new Int32Array(rotation.count) : rotation.outstanding;
    const policy = policyOf({ ...rotation, outstanding: open });
    const serverOf = new Int32Array(pins).fill(none);
    const left = new Float64Array(pins);
    const turn = (pin: number, server: number): void => {
      if (isConnection && serverOf[pin] !== none) open[serverOf[pin]]--;
      if (isConnection && server !== none) open[server]++;
      serverOf[pin] = server;
      changed?.(pin, server);
    };
    return {
      pick(call) {
        const pin = pinOf(call);
        if (pin !== (pin | 0) || pin < 0 || pin >= pins) {
          throw new RangeError(`A call belongs to pin ${pin}; it must be a whole number from 0 to ${pins - 1}.`);
        }
        const isGone = !isConnection && serverOf[pin] !== none && !rotation.inRotation[serverOf[pin]];
        if (serverOf[pin] !== none && (isGone || left[pin] === 0)) turn(pin, none);
        if (serverOf[pin] === none) {
          const server = policy.pick(call);
          if (server === none) return none;
          turn(pin, server);
          left[pin] = callsPerPin;
        }
        left[pin]--;
        return serverOf[pin];
      },
      heard(server, fate, responseMs) {
        policy.heard?.(server, fate, responseMs);
        if (!isConnection || (fate !== fates.failed && fate !== fates.lost) || open[server] === 0) return;
        for (let pin = 0; pin < pins; pin++) if (serverOf[pin] === server) turn(pin, none);
      },
    };
  };
}
