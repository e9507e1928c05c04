// What a reader types into a number field: a value that is allowed, or a sentence that says what is.

import { translate } from '@docusaurus/Translate';
import { formatNumber } from '../../experiments/definition/number';
import { fieldText, plainNumeral } from '../words/typedNumber';

export interface Limits {
  min: number;
  max: number;
  whole?: boolean;
  unit?: string;
}

type Typed = { value: number } | { problem: string };

const numeral = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?$/i;

export function parseNumber(text: string, { min, max, whole = false, unit = '' }: Limits): Typed {
  const bare = plainNumeral(text);
  const value = numeral.test(bare) ? Number(bare) : Number.NaN;
  if (!Number.isFinite(value) || value < min || value > max || (whole && !Number.isInteger(value)))
    return { problem: problemOf(whole, fieldText(min), formatNumber(max, unit === '%' ? '' : unit)) };
  return { value };
}

function problemOf(whole: boolean, min: string, max: string): string {
  return whole
    ? translate({ id: 'lab.controls.needsWhole', message: 'Needs a whole number from {min} to {max}.' }, { min, max })
    : translate({ id: 'lab.controls.needsNumber', message: 'Needs a number from {min} to {max}.' }, { min, max });
}
