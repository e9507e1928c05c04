// The signs on the player's buttons.

import type { ReactNode } from 'react';

const paths = {
  play: 'M5 3 L17 10 L5 17 Z',
  pause: 'M5 3 H8.5 V17 H5 Z M11.5 3 H15 V17 H11.5 Z',
  start: 'M3 4 H5 V16 H3 Z M17 4 V16 L7 10 Z',
  end: 'M15 4 H17 V16 H15 Z M3 4 V16 L13 10 Z',
  back: 'M14 4 V16 L5 10 Z',
  forward: 'M6 4 V16 L15 10 Z',
  previousMark: 'M11 4 V16 L4 10 Z M15.5 6.5 L19 10 L15.5 13.5 L12 10 Z',
  nextMark: 'M9 4 V16 L16 10 Z M4.5 6.5 L8 10 L4.5 13.5 L1 10 Z',
} as const;
export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }): ReactNode {
  return (
    <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" fill="currentColor">
      <path d={paths[name]} />
    </svg>
  );
}
