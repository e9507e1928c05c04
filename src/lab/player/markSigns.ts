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

/** From what tells most to what tells least: where signs would cover each other, the first is drawn. */
export const markSigns: Record<MarkKind, MarkSign> = {
  hypothesis: { path: flag, color: 'blueprint', word: translate({ id: 'lab.player.mark.hypothesis', message: 'Hypothesis' }) },
  crash: { path: cross, color: 'char', word: translate({ id: 'lab.player.mark.crash', message: 'Crash' }), hollow: true },
  rejection: { path: diamond, color: 'tomato', word: translate({ id: 'lab.player.mark.rejection', message: 'Rejection' }) },
  saturation: {
    path: triangle,
    color: 'crust',
    word: translate({ id: 'lab.player.mark.saturation', message: 'Saturation' }),
    hollow: true,
  },
  slow: { path: triangle, color: 'crust', word: translate({ id: 'lab.player.mark.slow', message: 'Slow' }) },
  flush: { path: drop, color: 'crust', word: translate({ id: 'lab.player.mark.flush', message: 'Flush' }) },
  restore: { path: disc, color: 'basil', word: translate({ id: 'lab.player.mark.restore', message: 'Restored' }) },
  health: { path: disc, color: 'blueprint', word: translate({ id: 'lab.player.mark.health', message: 'Health check' }), hollow: true },
  note: { path: disc, color: 'quiet', word: translate({ id: 'lab.player.mark.note', message: 'Note' }) },
};
