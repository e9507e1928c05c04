// The options of a list, under their headings where there are many. What an option is worth is its key, or its place among all.

import type { ReactNode } from 'react';
import type { ChoiceParameter } from '../../experiments/definition/parameters';

interface OptionsProps {
  parameter: ChoiceParameter;
  worth: (key: string, place: number) => string | number;
}

export function Options({ parameter, worth }: OptionsProps): ReactNode {
  const { options, groups, groupOf } = parameter;
  const all = Object.entries(options).map(([key, words], place) => ({ key, words, value: worth(key, place) }));
  const written = ({ key, words, value }: (typeof all)[number]): ReactNode => (
    <option key={key} value={value}>
      {words}
    </option>
  );
  if (!groups || !groupOf) return all.map(written);
  return Object.entries(groups).map(([group, heading]) => (
    <optgroup key={group} label={heading}>
      {all.filter(({ key }) => groupOf(key) === group).map(written)}
    </optgroup>
  ));
}
