// A live change in the list of interventions: from when on, what, to which value, until when.

import type { Intervention } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import { unitName } from '../../experiments/definition/number';
import type { LiveParameter } from '../../experiments/definition/parameters';
import styles from './controls.module.css';
import { NumberField } from './NumberField';
import { Options } from './Options';
import { TimeField } from './TimeField';

interface ChangeRowProps {
  parameter: LiveParameter;
  intervention: Intervention;
  onEdit: (change: Partial<Intervention>) => void;
}

export function ChangeRow({ parameter, intervention, onEdit }: ChangeRowProps): ReactNode {
  const { label } = parameter;
  return (
    <>
      <TimeField
        label={translate({ id: 'lab.controls.timeOf', message: 'Time of: {what}' }, { what: label })}
        ms={intervention.atMs}
        onMs={(atMs) => onEdit({ atMs })}
      />
      <span>{label}</span>
      <NewValue parameter={parameter} value={intervention.arguments?.value ?? 0} onValue={(value) => onEdit({ arguments: { value } })} />
    </>
  );
}

function NewValue({ parameter, value, onValue }: { parameter: LiveParameter; value: number; onValue: (value: number) => void }): ReactNode {
  const label = translate({ id: 'lab.controls.newValue', message: 'New value: {what}' }, { what: parameter.label });
  if ('min' in parameter) {
    const { min, max, step, unit, type } = parameter;
    return (
      <span className={styles.withUnit}>
        <NumberField
          label={label}
          value={value}
          min={min}
          max={max}
          step={step}
          unit={unit}
          whole={type === 'integer'}
          width={5}
          onValue={onValue}
        />
        <span className={styles.unit}>{unitName(unit)}</span>
      </span>
    );
  }
  return (
    <select
      aria-label={label}
      className={styles.select}
      value={String(value)}
      onChange={(event) => onValue(Number(event.currentTarget.value))}
    >
      {'options' in parameter ? (
        <Options parameter={parameter} worth={(_key, place) => place} />
      ) : (
        [wordOff(), wordOn()].map((words, index) => (
          <option key={words} value={index}>
            {words}
          </option>
        ))
      )}
    </select>
  );
}

function wordOn(): string {
  return translate({ id: 'lab.controls.on', message: 'on' });
}

function wordOff(): string {
  return translate({ id: 'lab.controls.off', message: 'off' });
}
