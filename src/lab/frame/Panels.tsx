// The panels under the results: which there are, and the tabs that choose one.

import { translate } from '@docusaurus/Translate';
import type { KeyboardEvent, ReactNode } from 'react';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import bar from './bar.module.css';

export type PanelName = 'metrics' | 'charts' | 'luck' | 'sweep' | 'log' | 'traces' | 'card';

export function panelWord(name: PanelName): string {
  switch (name) {
    case 'metrics':
      return translate({ id: 'lab.frame.metrics', message: 'Metrics' });
    case 'charts':
      return translate({ id: 'lab.frame.charts', message: 'Charts' });
    case 'luck':
      return translate({ id: 'lab.frame.luck', message: 'Is it luck?' });
    case 'sweep':
      return translate({ id: 'lab.frame.sweep', message: 'Sweep' });
    case 'log':
      return translate({ id: 'lab.frame.log', message: 'Log' });
    case 'traces':
      return translate({ id: 'lab.frame.traces', message: 'Traces' });
    case 'card':
      return translate({ id: 'lab.frame.card', message: 'Model' });
  }
}

export function panelsOf({ kind, charts }: ExperimentDefinition): PanelName[] {
  const names: PanelName[] = ['metrics'];
  if (Object.keys(charts).length > 0) names.push('charts');
  names.push('luck', 'sweep');
  if (kind === 'simulation') names.push('log', 'traces');
  return [...names, 'card'];
}

interface TabsProps {
  names: PanelName[];
  chosen: PanelName;
  /** Of the panel that they control. */
  panelId: string;
  onChoose: (name: PanelName) => void;
}

export function PanelTabs({ names, chosen, panelId, onChoose }: TabsProps): ReactNode {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = names[(names.indexOf(chosen) + step + names.length) % names.length];
    onChoose(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-panel=${next}]`)?.focus();
  };
  return (
    <div
      role="tablist"
      aria-label={translate({ id: 'lab.frame.results', message: 'Results in full' })}
      className={bar.tabs}
      onKeyDown={onKeyDown}
    >
      {names.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`${panelId}-${name}`}
          aria-selected={name === chosen}
          aria-controls={panelId}
          tabIndex={name === chosen ? 0 : -1}
          data-panel={name}
          className={bar.tab}
          onClick={() => onChoose(name)}
        >
          {panelWord(name)}
        </button>
      ))}
    </div>
  );
}
