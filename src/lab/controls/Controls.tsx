// All that can be varied: scenarios on top, then each parameter that matters now, then what is done during the run.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useCallback, useId } from 'react';
import { isLive } from '../../experiments/definition/live';
import type { Values } from '../../experiments/definition/parameters';
import { ForkBar, ForkButton } from '../compare/Fork';
import { SideTabs } from '../compare/SideTabs';
import { controlsShown, valuesShown } from '../session/fork';
import { actsFromMs } from '../session/state';
import { useSession, useSessionState } from '../session/useSession';
import styles from './controls.module.css';
import { InterventionList } from './InterventionList';
import { ParameterControl } from './ParameterControl';
import { Scope } from './Scope';

export function Controls(): ReactNode {
  const session = useSession();
  const { definition } = session;
  const side = useSessionState((state) => (state.edited === 'b' && state.b ? state.b : state.a));
  const other = useSessionState((state) => (state.b === null ? null : state.edited === 'b' ? state.a : state.b));
  const edited = useSessionState((state) => (state.b ? state.edited : 'a'));
  const fromMs = useSessionState(actsFromMs);
  const now = valuesShown(definition, side, fromMs);
  const otherNow = other && valuesShown(definition, other, fromMs);
  const change = useCallback((name: string, value: Values[string], topic?: string) => session.setValue(name, value, topic), [session]);
  return (
    <div className={`${styles.controls} ${styles.side}`} data-side={edited}>
      <SideTabs />
      <ForkBar />
      <History />
      <Scenarios />
      <Scope />
      {controlsShown(definition, side, fromMs).map((name) => (
        <ParameterControl
          key={name}
          name={name}
          parameter={definition.parameters[name]}
          value={now[name]}
          differs={otherNow !== null && String(otherNow[name]) !== String(now[name])}
          acts={fromMs === null ? undefined : isLive(definition.parameters[name]) ? 'from here' : 'whole run'}
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
  const id = useId();
  const scenarios = Object.entries(session.definition.scenarios);
  if (scenarios.length === 0) return null;
  return (
    <div className={styles.scenarios}>
      <label htmlFor={id} className={styles.heading}>
        {translate({ id: 'lab.controls.scenarios', message: 'Scenarios' })}
      </label>
      <select
        id={id}
        className={styles.select}
        value={active ?? ''}
        aria-describedby={`${id}-note`}
        data-part="scenarios"
        onChange={(event) => session.applyScenario(event.currentTarget.value)}
      >
        <option value="" disabled>
          {translate({ id: 'lab.controls.chooseScenario', message: 'choose one…' })}
        </option>
        {scenarios.map(([name, scenario]) => (
          <option key={name} value={name}>
            {scenario.title ?? name}
          </option>
        ))}
      </select>
      <p id={`${id}-note`} className={`${styles.note} ${styles.scenarioNote}`} aria-live="polite">
        {active === null ? '' : session.definition.scenarios[active]?.note}
      </p>
    </div>
  );
}

function History(): ReactNode {
  const session = useSession();
  const canUndo = useSessionState((state) => state.canUndo);
  const canRedo = useSessionState((state) => state.canRedo);
  return (
    <div className={styles.history}>
      <button type="button" className={styles.plain} aria-disabled={!canUndo} onClick={() => session.undo()}>
        <span aria-hidden="true">↶</span> {translate({ id: 'lab.controls.undo', message: 'Undo' })}
      </button>
      <button type="button" className={styles.plain} aria-disabled={!canRedo} onClick={() => session.redo()}>
        <span aria-hidden="true">↷</span> {translate({ id: 'lab.controls.redo', message: 'Redo' })}
      </button>
      <button type="button" className={styles.plain} onClick={() => session.reset()}>
        {translate({ id: 'lab.controls.reset', message: 'Reset' })}
      </button>
      <ForkButton />
    </div>
  );
}
