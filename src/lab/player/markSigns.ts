// The sign of each kind of mark on the timeline: a shape, a color and a word, never the color alone.

import type { MarkKind } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';

interface MarkSign {
  /** SVG path in a box of 10 by 10. */
  path: string;
  color: 'char' | 'basil' | 'crust' | 'tomato' | 'blueprint' | 'quiet';
  word: string;
  hollow?: boolean;
}

const cross = 'M2 2 L8 8 M8 2 L2 8';
const disc = 'M5 1.5 A3.5 3.5 0 1 1 4.99 1.5 Z';
const triangle = 'M5 1 L9 8.5 L1 8.5 Z';
const drop = 'M1 1.5 L9 1.5 L5 9 Z';
const diamond = 'M5 0.5 L9.5 5 L5 9.5 L0.5 5 Z';
const flag = 'M2 9.5 L2 1 L9 3.5 L2 6';

export const markSigns: Record<MarkKind, MarkSign> = {
  crash: { path: cross, color: 'char', word: translate({ id: 'lab.player.mark.crash', message: 'Crash' }), hollow: true },
  restore: { path: disc, color: 'basil', word: translate({ id: 'lab.player.mark.restore', message: 'Restored' }) },
  slow: { path: triangle, color: 'crust', word: translate({ id: 'lab.player.mark.slow', message: 'Slow' }) },
  rejection: { path: diamond, color: 'tomato', word: translate({ id: 'lab.player.mark.rejection', message: 'Rejection' }) },
  saturation: {
    path: triangle,
    color: 'crust',
    word: translate({ id: 'lab.player.mark.saturation', message: 'Saturation' }),
    hollow: true,
  },
  health: { path: disc, color: 'blueprint', word: translate({ id: 'lab.player.mark.health', message: 'Health check' }), hollow: true },
  flush: { path: drop, color: 'crust', word: translate({ id: 'lab.player.mark.flush', message: 'Flush' }) },
  hypothesis: { path: flag, color: 'blueprint', word: translate({ id: 'lab.player.mark.hypothesis', message: 'Hypothesis' }) },
  note: { path: disc, color: 'quiet', word: translate({ id: 'lab.player.mark.note', message: 'Note' }) },
};
