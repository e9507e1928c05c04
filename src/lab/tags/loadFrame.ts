// The live frame: one chunk for all pages, asked for when an experiment comes near the reader.

import type { ComponentType } from 'react';
import type { Twin, TwinSetup } from '../../experiments/definition/twin';

export interface LiveFrameProps {
  id: string;
  initial: TwinSetup;
  twin: Twin;
}

/** A failed load is not remembered: the next call asks again. */
export function loadFrame(): Promise<ComponentType<LiveFrameProps>> {
  return Promise.reject(new Error('The live frame is not there yet.'));
}
