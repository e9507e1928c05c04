// A slider over a parameter's range, straight or logarithmic. The arrow keys always move it by at least one step.

import type { ReactNode } from 'react';
import { formatNumber } from '../../experiments/definition/number';
import type { NumberParameter } from '../../experiments/definition/parameters';
import styles from './controls.module.css';
import { positionOf, positions, valueAt } from './scale';

interface SliderProps {
  parameter: NumberParameter;
  value: number;
  label?: string;
  labelledBy?: string;
  onValue: (value: number) => void;
}

export function Slider({ parameter, value, label, labelledBy, onValue }: SliderProps): ReactNode {
  const logarithmic = parameter.scale === 'log';
  const { min, max, step } = parameter;
  const now = logarithmic ? Math.round(positionOf(parameter, value) * positions) : value;
  const change = (raw: number): void => {
    if (!logarithmic) {
      onValue(Math.min(max, Math.max(min, Number(raw.toPrecision(10)))));
      return;
    }
    const next = valueAt(parameter, raw / positions);
    const stuck = next === value && raw !== now;
    onValue(stuck ? Math.min(max, Math.max(min, value + Math.sign(raw - now) * step)) : next);
  };
  return (
    <input
      type="range"
      className={styles.slider}
      aria-label={label}
      aria-labelledby={labelledBy}
      aria-valuetext={formatNumber(value, parameter.unit === '%' ? '' : parameter.unit)}
      min={logarithmic ? 0 : min}
      max={logarithmic ? positions : max}
      step={logarithmic ? 1 : step}
      value={now}
      style={{ '--filled': `${Math.min(1, Math.max(0, positionOf(parameter, value))) * 100}%` } as React.CSSProperties}
      onChange={(event) => change(Number(event.currentTarget.value))}
    />
  );
}
