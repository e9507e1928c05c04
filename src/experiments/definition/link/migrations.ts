// Links live longer than this code. Each version's fields become the next one's, step by step, up to the newest, and only that is read.
//   1  side B (`b=1`) starts from the defaults
//   2  side B says where it starts: `fresh` (the defaults) or `fork` (all that side A has); several times in one `i`
// To change the format: add a version here, its step to the table, and to tests/experiments/link.test.ts links that must read for ever.

import type { Field } from './fields';

export const newestVersion = 2;

/** By the version that they start from. */
export const migrations: Readonly<Record<number, (fields: readonly Field[]) => Field[]>> = {
  1: (fields) =>
    fields.map((field) => {
      if (field.name !== 'b') return field;
      // It knew no other kind, not by the names of later versions either.
      return { ...field, value: field.value === '1' ? 'fresh' : `${field.value.slice(0, 8)} in version 1` };
    }),
};

/** `version`: the one that the link names, when it is none that is known. It is then read as the newest. */
export function migrated(fields: readonly Field[]): { fields: Field[]; version?: string } {
  const named = fields.findLast(({ name }) => name === 'x')?.value;
  const from = named === undefined ? newestVersion : Number(named);
  if (String(from) !== named || !Number.isInteger(from) || from < 1 || from > newestVersion) {
    return { fields: [...fields], ...(named === undefined ? {} : { version: named }) };
  }
  let current = [...fields];
  for (let version = from; version < newestVersion; version++) current = migrations[version](current);
  return { fields: current };
}
