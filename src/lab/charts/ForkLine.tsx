// Where the past forks, on a chart that follows the clock: a line and its words.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { type ChartModel, withUnit } from './chartModel';
import styles from './charts.module.css';
import { plot } from './plot';

export function ForkLine({ model, unit, width }: { model: ChartModel; unit: string; width: number }): ReactNode {
  const { forkX = 0, domain } = model;
  const share = Math.min(1, Math.max(0, (forkX - domain[0]) / (domain[1] - domain[0])));
  const left = plot.left + share * (width - plot.left - plot.right);
  return (
    <div className={styles.fork} style={{ insetInlineStart: left }} data-part="fork-line" data-turned={share > 0.7 ? '' : undefined}>
      <span className={styles.forkWords}>
        {translate({ id: 'lab.charts.fork', message: 'fork at {time}' }, { time: withUnit(Math.round(forkX * 10) / 10, unit) })}
      </span>
    </div>
  );
}
