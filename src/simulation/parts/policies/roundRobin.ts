// Each server in turn, skipping those out of rotation. Even in count, blind to work.

import type { PolicyOf } from './policy';

export const roundRobin: PolicyOf = ({ count, inRotation }) => {
  let next = 0;
  return {
    pick() {
      for (let tried = 0; tried < count; tried++) {
        const server = next;
        next = next + 1 === count ? 0 : next + 1;
        if (inRotation[server]) return server;
      }
      return -1;
    },
  };
};
