// The control for one parameter, made from its entry in the schema.

import { translate } from '@docusaurus/Translate';
import { memo, type ReactNode, useId } from 'react';
import { unitName } from '../../experiments/definition/number';
import type { NumberParameter, Parameter, Values } from '../../experiments/definition/parameters';
import { fieldText } from '../words/typedNumber';
import { ChoiceControl } from './ChoiceControl';
import styles from './controls.module.css';
import { ListControl } from './ListControl';
import { NumberField } from './NumberField';
import { Slider } from './Slider';
import { Toggletip } from './Toggletip';

interface ParameterControlProps {
  name: string;
  parameter: Parameter;
  value: Values[string];
  /** The other side has another value. */
  differs: boolean;
  /** Said where changes act from a time on: not all can. */
  acts?: 'from here' | 'whole run';
  /** `topic`: what exactly was changed, for undo. */
  onValue: (name: string, value: Values[string], topic?: string) => void;
}

export const ParameterControl = memo(function ParameterControl(props: ParameterControlProps): ReactNode {
  const { name, parameter, value, differs, acts, onValue } = props;
  const labelId = useId();
  const slider = parameter.type === 'number' || parameter.type === 'integer' ? parameter : null;
  const label = (
    <span className={styles.label}>
      <span id={labelId}>{parameter.label}</span>
      {parameter.help === undefined ? null : <Toggletip label={parameter.label}>{parameter.help}</Toggletip>}
      {differs ? <span className={styles.differs}>{translate({ id: 'lab.controls.differs', message: 'differs' })}</span> : null}
      {acts === 'whole run' ? (
        <span
          className={styles.whole}
          title={translate({ id: 'lab.controls.wholeHelp', message: 'It cannot change in the middle of a run.' })}
        >
          {translate({ id: 'lab.controls.whole', message: 'whole run' })}
        </span>
      ) : null}
    </span>
  );
  return (
    <div className={styles.control} data-parameter={name} data-type={parameter.type} data-acts={acts}>
      <div className={styles.top}>
        {label}
        {parameter.type === 'switch' ? (
          <input
            type="checkbox"
            role="switch"
            name={name}
            className={styles.switch}
            aria-labelledby={labelId}
            checked={value === true}
            aria-checked={value === true}
            onChange={(event) => onValue(name, event.currentTarget.checked)}
          />
        ) : null}
        {slider ? (
          <FieldWithUnit
            name={name}
            parameter={slider}
            value={Number(value)}
            labelledBy={labelId}
            onValue={(next) => onValue(name, next)}
          />
        ) : null}
      </div>
      {slider ? <Slider parameter={slider} value={Number(value)} labelledBy={labelId} onValue={(next) => onValue(name, next)} /> : null}
      {parameter.type === 'choice' ? (
        <ChoiceControl
          parameter={parameter}
          value={String(value)}
          labelledBy={labelId}
          name={name}
          onValue={(next) => onValue(name, next)}
        />
      ) : null}
      {parameter.type === 'list' ? (
        <ListControl
          parameter={parameter}
          value={value as number[]}
          name={name}
          onValue={(next, index) => onValue(name, next, `${name} ${index}`)}
        />
      ) : null}
    </div>
  );
});

interface FieldWithUnitProps {
  name: string;
  parameter: NumberParameter;
  value: number;
  labelledBy: string;
  onValue: (value: number) => void;
}

function FieldWithUnit({ name, parameter, value, labelledBy, onValue }: FieldWithUnitProps): ReactNode {
  const { min, max, step, unit, type } = parameter;
  const whole = type === 'integer';
  const width = Math.max(4, fieldText(max).length + (whole ? 0 : 1));
  return (
    <span className={styles.withUnit}>
      <NumberField
        labelledBy={labelledBy}
        name={name}
        value={value}
        min={min}
        max={max}
        step={step}
        whole={whole}
        unit={unit}
        width={width}
        onValue={onValue}
      />
      <span className={styles.unit}>{unitName(unit)}</span>
    </span>
  );
}
