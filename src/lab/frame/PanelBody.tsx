// The chosen panel. Charts are fetched when they are first wanted.

import { lazy, type ReactNode, Suspense } from 'react';
import { ModelCard } from '../card/ModelCard';
import { Log } from '../log/Log';
import { Results } from '../results/Results';
import { Boundary } from './Boundary';
import bar from './bar.module.css';
import { type PanelName, panelWords } from './Panels';

const ChartsPlace = lazy(() => import('./ChartsPlace'));

const bodies: Record<PanelName, () => ReactNode> = {
  metrics: () => <Results />,
  charts: () => <ChartsPlace />,
  log: () => <Log />,
  card: () => <ModelCard />,
};

export function PanelBody({ name, panelId }: { name: PanelName; panelId: string }): ReactNode {
  return (
    <div
      role="tabpanel"
      id={panelId}
      aria-labelledby={`${panelId}-${name}`}
      className={bar.tabPanel}
      data-whole={name === 'log' ? '' : undefined}
    >
      <Boundary key={name} what={`“${panelWords[name]}”`}>
        <Suspense fallback={<p className={bar.loading}>Loading…</p>}>{bodies[name]()}</Suspense>
      </Boundary>
    </div>
  );
}
