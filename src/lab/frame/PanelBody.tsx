// The chosen panel. All but the numbers and the card are fetched when they are first wanted.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, Suspense } from 'react';
import { ModelCard } from '../card/ModelCard';
import { Results } from '../results/Results';
import { Boundary } from './Boundary';
import bar from './bar.module.css';
import { fetched } from './fetched';
import { type PanelName, panelWord } from './Panels';

const ChartsPlace = fetched(() => import('./ChartsPlace'));
const LuckPlace = fetched(() => import('../luck/LuckPlace'));
const SweepPlace = fetched(() => import('../sweep/SweepPlace'));
const LogPlace = fetched(() => import('../log/LogPlace'));
const TracesPlace = fetched(() => import('../traces/TracesPlace'));

const bodies: Record<PanelName, () => ReactNode> = {
  metrics: () => <Results />,
  charts: () => <ChartsPlace />,
  luck: () => <LuckPlace />,
  sweep: () => <SweepPlace />,
  log: () => <LogPlace />,
  traces: () => <TracesPlace />,
  card: () => <ModelCard />,
};

/** These scroll inside, below what stands on top of them. */
const wholes: readonly PanelName[] = ['log', 'traces'];

export function PanelBody({ name, panelId }: { name: PanelName; panelId: string }): ReactNode {
  return (
    <div
      role="tabpanel"
      id={panelId}
      aria-labelledby={`${panelId}-${name}`}
      className={bar.tabPanel}
      data-whole={wholes.includes(name) ? '' : undefined}
    >
      <Boundary key={name} what={`“${panelWord(name)}”`}>
        <Suspense fallback={<p className={bar.loading}>{translate({ id: 'lab.frame.loading', message: 'Loading…' })}</p>}>
          {bodies[name]()}
        </Suspense>
      </Boundary>
    </div>
  );
}
