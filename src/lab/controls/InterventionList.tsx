// What is done to the system during the run, as a list that can be edited: when, what, to whom, until when.

import type { Intervention, PartDescription } from '@by-the-slice/simulation';
import { type ReactNode, useState } from 'react';
import { clockText, decimalsFor, unitMs } from '../player/clockText';
import { usePlayback, useSession, useSessionState } from '../session/useSession';
import styles from './controls.module.css';
import { NumberField } from './NumberField';
import { partsWithVerbs, verbName, verbsFor, withVerb } from './verbs';

const none: readonly PartDescription[] = [];

export function InterventionList(): ReactNode {
  const interventions = useSessionState((state) => (state.edited === 'b' && state.b ? state.b : state.a).interventions);
  const result = useSessionState((state) => (state.edited === 'b' && state.b ? state.resultB : state.resultA));
  const parts = partsWithVerbs(result?.trace?.partList ?? none);
  if (parts.length === 0 && interventions.length === 0) return null;
  return (
    <div className={styles.control} data-part="interventions">
      <p className={styles.heading}>Interventions</p>
      {interventions.length === 0 ? <p className={styles.note}>None yet. Pick a part in the picture, or add one here.</p> : null}
      <ul className={styles.interventions} aria-label="Interventions">
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
  const target = parts.find((part) => part.name === intervention.targets[0]);
  const verbs = target ? verbsFor(target.kind).map(({ verb }) => verb) : [intervention.verb];
  const name = `${verbName(intervention.verb)} ${target?.label ?? intervention.targets.join(', ')}`;
  const edit = (change: Partial<Intervention>): void => session.editIntervention(index, change);
  return (
    <li className={styles.intervention}>
      <div className={styles.words}>
        <TimeField label={`Time of: ${name}`} ms={intervention.atMs} onMs={(atMs) => edit({ atMs })} />
        <select
          aria-label={`What is done: ${name}`}
          className={styles.select}
          value={intervention.verb}
          onChange={(event) => edit(withVerb(event.currentTarget.value))}
        >
          {[...new Set([...verbs, intervention.verb])].map((verb) => (
            <option key={verb} value={verb}>
              {verbName(verb)}
            </option>
          ))}
        </select>
        {intervention.targets.length > 1 ? (
          <span>{intervention.targets.join(', ')}</span>
        ) : (
          <select
            aria-label={`To whom: ${name}`}
            className={styles.select}
            value={intervention.targets[0]}
            onChange={(event) => edit({ targets: [event.currentTarget.value] })}
          >
            {target ? null : <option value={intervention.targets[0]}>{intervention.targets[0]} (not there)</option>}
            {parts.map((part) => (
              <option key={part.id} value={part.name}>
                {part.label}
              </option>
            ))}
          </select>
        )}
        {intervention.verb === 'slow' ? (
          <Factor name={name} factor={intervention.arguments?.factor ?? 0.25} onFactor={(factor) => edit({ arguments: { factor } })} />
        ) : null}
        <Until name={name} intervention={intervention} onUntil={(untilMs) => edit({ untilMs })} />
      </div>
      <button
        type="button"
        className={`${styles.button} ${styles.icon} ${styles.remove}`}
        aria-label={`Remove: ${name}`}
        onClick={() => session.removeIntervention(index)}
      >
        <span aria-hidden="true">×</span>
      </button>
      {skipped ? <p className={styles.warning}>△ Skipped: there was no such part at that time, or it cannot do that.</p> : null}
    </li>
  );
}

function Factor({ name, factor, onFactor }: { name: string; factor: number; onFactor: (factor: number) => void }): ReactNode {
  return (
    <span className={styles.withUnit}>
      to
      <NumberField
        label={`Speed left: ${name}`}
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

/** An intervention can end by itself: the part is restored then. */
function Until({
  name,
  intervention,
  onUntil,
}: {
  name: string;
  intervention: Intervention;
  onUntil: (untilMs: number | undefined) => void;
}): ReactNode {
  const horizonMs = usePlayback((playback) => playback.horizonMs());
  const { atMs, untilMs, verb } = intervention;
  if (verb !== 'crash' && verb !== 'slow') return null;
  if (untilMs === undefined) {
    return (
      <button
        type="button"
        className={styles.button}
        aria-label={`Set an end: ${name}`}
        onClick={() => onUntil(Math.min(horizonMs, atMs + horizonMs / 10))}
      >
        until…
      </button>
    );
  }
  return (
    <span className={styles.withUnit}>
      until
      <TimeField label={`End of: ${name}`} ms={untilMs} onMs={onUntil} />
      <button type="button" className={`${styles.button} ${styles.icon}`} aria-label={`No end: ${name}`} onClick={() => onUntil(undefined)}>
        <span aria-hidden="true">∞</span>
      </button>
    </span>
  );
}

function TimeField({ label, ms, onMs }: { label: string; ms: number; onMs: (ms: number) => void }): ReactNode {
  const { definition } = useSession();
  const horizonMs = usePlayback((playback) => playback.horizonMs());
  const unit = definition.clock?.unit ?? 's';
  const decimals = 10 ** decimalsFor(horizonMs, unit);
  return (
    <span className={styles.withUnit}>
      <NumberField
        label={label}
        value={Math.round((ms / unitMs[unit]) * decimals) / decimals}
        min={0}
        max={horizonMs / unitMs[unit]}
        step={10 / decimals}
        unit={unit}
        width={6}
        onValue={(value) => onMs(value * unitMs[unit])}
      />
      <span className={styles.unit}>{unit}</span>
    </span>
  );
}

function AddIntervention({ parts }: { parts: PartDescription[] }): ReactNode {
  const session = useSession();
  const [chosen, setChosen] = useState('');
  const unit = session.definition.clock?.unit ?? 's';
  // No running clock here: it would lay the whole form out anew ten times a second.
  const when = usePlayback((playback) =>
    playback.isPlaying() ? 'now' : `at ${clockText(playback.cursorMs(), playback.horizonMs(), unit)}`,
  );
  const part = parts.find(({ name }) => name === chosen) ?? parts[0];
  if (!part) return null;
  return (
    <div className={styles.row}>
      <select
        aria-label="Part to act on"
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
      {verbsFor(part.kind).map((words) => (
        <button
          key={words.verb}
          type="button"
          className={styles.button}
          title={`${words.label} ${when}`}
          onClick={() =>
            session.intervene({ verb: words.verb, targets: [part.name], ...(words.arguments ? { arguments: words.arguments } : {}) })
          }
        >
          {verbName(words.verb)}
        </button>
      ))}
      <span className={styles.note}>
        <span className={styles.unit}>{when}</span>
      </span>
    </div>
  );
}
