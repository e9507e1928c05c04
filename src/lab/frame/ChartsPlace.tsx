// The charts of the run, as a chunk of their own.

import type { ReactNode } from 'react';

export default function ChartsPlace(): ReactNode {
  return null;
}
