// What is done to the system during the run, as a list that can be edited: when, what, to whom, until when.

import type { Intervention, PartDescription } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import { type ReactNode, useState } from 'react';
import { setParameter } from '../../experiments/definition/live';
import { useCursorText } from '../compare/Fork';
import { usePlayback, useSession, useSessionState } from '../session/useSession';
import { ChangeRow } from './ChangeRow';
import styles from './controls.module.css';
import { NumberField } from './NumberField';
import { TimeField } from './TimeField';
import { done, partsWithVerbs, verbName, verbsFor, withVerb, wordsOf } from './verbs';

const none: readonly PartDescription[] = [];

export function InterventionList(): ReactNode {
  const interventions = useSessionState((state) => (state.edited === 'b' && state.b ? state.b : state.a).interventions);
  const result = useSessionState((state) => (state.edited === 'b' && state.b ? state.resultB : state.resultA));
  const parts = partsWithVerbs(result?.trace?.partList ?? none);
  if (parts.length === 0 && interventions.length === 0) return null;
  const heading = translate({ id: 'lab.controls.interventions', message: 'Interventions' });
  return (
    <div className={styles.control} data-part="interventions">
      <p className={styles.heading}>{heading}</p>
      {interventions.length === 0 ? (
        <p className={styles.note}>
          {translate({ id: 'lab.controls.noInterventions', message: 'None yet. Pick a part in the picture, or add one here.' })}
        </p>
      ) : null}
      <ul className={styles.interventions} aria-label={heading}>
        {interventions.map((intervention, index) => (
          <InterventionRow
            // biome-ignore lint/suspicious/noArrayIndexKey: its place in the list is its name
            key={index}
            index={index}
            intervention={intervention}
            parts={parts}
            skipped={result?.skipped.some((entry) => entry.startsWith(`${index}:`)) ?? false}
          />
        ))}
      </ul>
      <AddIntervention parts={parts} />
    </div>
  );
}

interface RowProps {
  index: number;
  intervention: Intervention;
  parts: PartDescription[];
  skipped: boolean;
}

function InterventionRow({ index, intervention, parts, skipped }: RowProps): ReactNode {
  const session = useSession();
  const parameter = setParameter(session.definition, intervention);
  const target = parts.find((part) => part.name === intervention.targets[0]);
  const name = parameter?.label ?? `${verbName(intervention.verb)} ${target?.label ?? intervention.targets.join(', ')}`;
  const edit = (change: Partial<Intervention>): void => session.editIntervention(index, change);
  return (
    <li className={styles.intervention} data-deed={intervention.verb}>
      <div className={styles.words}>
        {parameter ? (
          <ChangeRow parameter={parameter} intervention={intervention} onEdit={edit} />
        ) : (
          <Deed name={name} intervention={intervention} parts={parts} onEdit={edit} />
        )}
        {parameter || wordsOf(intervention.verb)?.lasts ? (
          <Until name={name} intervention={intervention} onUntil={(untilMs) => edit({ untilMs })} />
        ) : null}
      </div>
      <button
        type="button"
        className={`${styles.button} ${styles.icon} ${styles.remove}`}
        aria-label={translate({ id: 'lab.controls.remove', message: 'Remove: {what}' }, { what: name })}
        onClick={() => session.removeIntervention(index)}
      >
        <span aria-hidden="true">×</span>
      </button>
      {skipped ? <p className={styles.warning}>△ {skippedText(intervention)}</p> : null}
    </li>
  );
}

function skippedText({ verb }: Intervention): string {
  return verb === 'set'
    ? translate({ id: 'lab.controls.skippedSet', message: 'Skipped: this cannot change in the middle of a run.' })
    : translate({ id: 'lab.controls.skipped', message: 'Skipped: there was no such part at that time, or it cannot do that.' });
}

interface DeedProps {
  name: string;
  intervention: Intervention;
  parts: PartDescription[];
  onEdit: (change: Partial<Intervention>) => void;
}

/** Something done to a part. */
function Deed({ name, intervention, parts, onEdit }: DeedProps): ReactNode {
  const { verb, targets } = intervention;
  const target = parts.find((part) => part.name === targets[0]);
  const verbs = target ? verbsFor(target).map((words) => words.verb) : [];
  return (
    <>
      <TimeField
        label={translate({ id: 'lab.controls.timeOf', message: 'Time of: {what}' }, { what: name })}
        ms={intervention.atMs}
        onMs={(atMs) => onEdit({ atMs })}
      />
      <select
        aria-label={translate({ id: 'lab.controls.whatOf', message: 'What is done: {what}' }, { what: name })}
        className={styles.select}
        value={verb}
        onChange={(event) => onEdit(withVerb(event.currentTarget.value))}
      >
        {[...new Set([...verbs, verb])].map((one) => (
          <option key={one} value={one}>
            {verbName(one)}
          </option>
        ))}
      </select>
      {targets.length > 1 ? (
        <span>{targets.join(', ')}</span>
      ) : (
        <select
          aria-label={translate({ id: 'lab.controls.whomOf', message: 'To whom: {what}' }, { what: name })}
          className={styles.select}
          value={targets[0]}
          onChange={(event) => onEdit({ targets: [event.currentTarget.value] })}
        >
          {target ? null : (
            <option value={targets[0]}>
              {translate({ id: 'lab.controls.notThere', message: '{part} (not there)' }, { part: targets[0] })}
            </option>
          )}
          {parts.map((part) => (
            <option key={part.id} value={part.name}>
              {part.label}
            </option>
          ))}
        </select>
      )}
      {verb === 'slow' ? (
        <Factor name={name} factor={intervention.arguments?.factor ?? 0.25} onFactor={(factor) => onEdit({ arguments: { factor } })} />
      ) : null}
    </>
  );
}

function Factor({ name, factor, onFactor }: { name: string; factor: number; onFactor: (factor: number) => void }): ReactNode {
  return (
    <span className={styles.withUnit}>
      {translate({ id: 'lab.controls.slowTo', message: 'to', description: 'Slow (a server) to (a share of its speed)' })}
      <NumberField
        label={translate({ id: 'lab.controls.speedLeft', message: 'Speed left: {what}' }, { what: name })}
        value={Math.round(factor * 100)}
        min={1}
        max={100}
        whole
        unit="%"
        width={3}
        onValue={(percent) => onFactor(percent / 100)}
      />
      <span className={styles.unit}>%</span>
    </span>
  );
}

interface UntilProps {
  name: string;
  intervention: Intervention;
  onUntil: (untilMs: number | undefined) => void;
}

/** An intervention can end by itself: what was done is undone then. */
function Until({ name, intervention, onUntil }: UntilProps): ReactNode {
  const horizonMs = usePlayback((playback) => playback.horizonMs());
  const { atMs, untilMs } = intervention;
  if (untilMs === undefined) {
    return (
      <button
        type="button"
        className={styles.button}
        aria-label={translate({ id: 'lab.controls.setEnd', message: 'Set an end: {what}' }, { what: name })}
        onClick={() => onUntil(Math.min(horizonMs, atMs + horizonMs / 10))}
      >
        {translate({ id: 'lab.controls.untilMore', message: 'until…' })}
      </button>
    );
  }
  const noEnd = translate({ id: 'lab.controls.noEnd', message: 'No end: {what}' }, { what: name });
  return (
    <span className={styles.withUnit}>
      {translate({ id: 'lab.controls.until', message: 'until', description: 'Before a field with a time' })}
      <TimeField label={translate({ id: 'lab.controls.endOf', message: 'End of: {what}' }, { what: name })} ms={untilMs} onMs={onUntil} />
      <button type="button" className={`${styles.button} ${styles.icon}`} aria-label={noEnd} onClick={() => onUntil(undefined)}>
        <span aria-hidden="true">∞</span>
      </button>
    </span>
  );
}

function AddIntervention({ parts }: { parts: PartDescription[] }): ReactNode {
  const session = useSession();
  const [chosen, setChosen] = useState('');
  const compares = useSessionState((state) => state.b !== null);
  const [asFork, setAsFork] = useState(false);
  const time = useCursorText();
  const part = parts.find(({ name }) => name === chosen) ?? parts[0];
  if (!part) return null;
  const when =
    time === null
      ? translate({ id: 'lab.controls.now', message: 'now' })
      : translate({ id: 'lab.controls.at', message: 'at {time}' }, { time });
  return (
    <div className={styles.add}>
      <div className={styles.row}>
        <select
          aria-label={translate({ id: 'lab.controls.actOn', message: 'Part to act on' })}
          className={styles.select}
          style={{ inlineSize: 'auto' }}
          value={part.name}
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          {parts.map(({ id, name, label }) => (
            <option key={id} value={name}>
              {label}
            </option>
          ))}
        </select>
        <span className={styles.unit}>{when}</span>
      </div>
      <div className={styles.row}>
        {verbsFor(part).map((words) => (
          <button
            key={words.verb}
            type="button"
            className={styles.button}
            title={`${words.label ?? words.name} ${when}${words.help ? `. ${words.help}.` : ''}`}
            data-add={words.verb}
            onClick={() => {
              if (asFork && !compares) session.fork(done(words, part));
              else session.intervene(done(words, part));
            }}
          >
            {words.name}
          </button>
        ))}
      </div>
      {compares ? null : (
        <label className={styles.asFork}>
          <input type="checkbox" checked={asFork} onChange={(event) => setAsFork(event.currentTarget.checked)} />
          {translate({ id: 'lab.controls.asFork', message: 'as a second future (side B)' })}
        </label>
      )}
    </div>
  );
}
