// The live frame: one chunk for all pages, asked for when an experiment comes near the reader.

import type { ComponentType } from 'react';
import type { FrameProps } from '../frame/Frame';
import { loadNumberFont } from '../page/numberFont';

/** A failed load is not remembered: the next call asks again. */
export async function loadFrame(): Promise<ComponentType<FrameProps>> {
  loadNumberFont();
  return (await import('../frame/Frame')).default;
}
