// All that can be varied: scenarios on top, then each parameter that matters now, then what is done during the run.

import { type ReactNode, useCallback } from 'react';
import type { Values } from '../../experiments/definition/parameters';
import { shownParameters } from '../../experiments/definition/settings';
import { SideTabs } from '../compare/SideTabs';
import { useSession, useSessionState } from '../session/useSession';
import styles from './controls.module.css';
import { InterventionList } from './InterventionList';
import { ParameterControl } from './ParameterControl';

export function Controls(): ReactNode {
  const session = useSession();
  const { definition } = session;
  const side = useSessionState((state) => (state.edited === 'b' && state.b ? state.b : state.a));
  const other = useSessionState((state) => (state.b === null ? null : state.edited === 'b' ? state.a : state.b));
  const edited = useSessionState((state) => (state.b ? state.edited : 'a'));
  const change = useCallback((name: string, value: Values[string], topic?: string) => session.setValue(name, value, topic), [session]);
  return (
    <div className={`${styles.controls} ${styles.side}`} data-side={edited}>
      <SideTabs />
      <History />
      <Scenarios />
      {shownParameters(definition, side.values).map((name) => (
        <ParameterControl
          key={name}
          name={name}
          parameter={definition.parameters[name]}
          value={side.values[name]}
          differs={other !== null && String(other.values[name]) !== String(side.values[name])}
          onValue={change}
        />
      ))}
      <InterventionList />
    </div>
  );
}

function Scenarios(): ReactNode {
  const session = useSession();
  const active = useSessionState((state) => state.scenario);
  const scenarios = Object.entries(session.definition.scenarios);
  if (scenarios.length === 0) return null;
  return (
    <fieldset className={styles.scenarios}>
      <legend className={styles.heading}>Scenarios</legend>
      <div className={styles.row}>
        {scenarios.map(([name, scenario]) => (
          <button
            key={name}
            type="button"
            className={styles.scenario}
            aria-pressed={name === active}
            title={scenario.note}
            onClick={() => session.applyScenario(name)}
          >
            {name}
          </button>
        ))}
      </div>
      <p className={`${styles.note} ${styles.scenarioNote}`} aria-live="polite">
        {active === null ? '' : session.definition.scenarios[active]?.note}
      </p>
    </fieldset>
  );
}

function History(): ReactNode {
  const session = useSession();
  const canUndo = useSessionState((state) => state.canUndo);
  const canRedo = useSessionState((state) => state.canRedo);
  return (
    <div className={styles.history}>
      <button type="button" className={styles.plain} aria-disabled={!canUndo} onClick={() => session.undo()}>
        <span aria-hidden="true">↶</span> Undo
      </button>
      <button type="button" className={styles.plain} aria-disabled={!canRedo} onClick={() => session.redo()}>
        <span aria-hidden="true">↷</span> Redo
      </button>
      <button type="button" className={styles.plain} onClick={() => session.reset()}>
        Reset
      </button>
    </div>
  );
}
