// The panels under the results: which there are, and the tabs that choose one.

import type { KeyboardEvent, ReactNode } from 'react';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import bar from './bar.module.css';

export const panelWords = { metrics: 'Metrics', charts: 'Charts', log: 'Log', card: 'What is left out' } as const;
export type PanelName = keyof typeof panelWords;

export function panelsOf({ kind, charts }: ExperimentDefinition): PanelName[] {
  const names: PanelName[] = ['metrics'];
  if (Object.keys(charts).length > 0) names.push('charts');
  if (kind === 'simulation') names.push('log');
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
    <div role="tablist" aria-label="Results in full" className={bar.tabs} onKeyDown={onKeyDown}>
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
          {panelWords[name]}
        </button>
      ))}
    </div>
  );
}
