// One number for each member of a fleet: a row of its name, a slider and a field.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import type { ListParameter } from '../../experiments/definition/parameters';
import styles from './controls.module.css';
import { NumberField } from './NumberField';
import { Slider } from './Slider';

interface ListControlProps {
  parameter: ListParameter;
  value: number[];
  name: string;
  /** `index`: which member was changed. */
  onValue: (value: number[], index: number) => void;
}

export function ListControl({ parameter, value, name, onValue }: ListControlProps): ReactNode {
  const { element } = parameter;
  return (
    <ul className={styles.list} aria-label={parameter.label}>
      {value.map((one, index) => {
        const label = parameter.elementLabel?.(index) ?? `${parameter.label} ${index + 1}`;
        const what = `${parameter.label}, ${label}`;
        const change = (next: number): void => onValue(value.with(index, next), index);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a member of the fleet is its number
          <li key={index} className={styles.member}>
            <span className={styles.memberName}>{label}</span>
            <Slider parameter={element} value={one} label={what} onValue={change} />
            <NumberField
              label={translate({ id: 'lab.controls.asNumber', message: '{what}, as a number' }, { what })}
              name={`${name}.${index + 1}`}
              value={one}
              min={element.min}
              max={element.max}
              step={element.step}
              whole={element.type === 'integer'}
              unit={element.unit}
              width={4}
              onValue={change}
            />
          </li>
        );
      })}
    </ul>
  );
}
