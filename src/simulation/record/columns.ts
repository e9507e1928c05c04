// The columns of a trace: record 7 is the seventh number of each. While a run is written they are larger than it needs, and the
// next run of the same thread writes to them again: memory that is new each time comes page by page, and slowly.

export interface Columns {
  timesMs: Float64Array;
  kinds: Uint8Array;
  parts: Uint16Array;
  subjects: Uint32Array;
  values: Float64Array;
}

export const columnNames: readonly (keyof Columns)[] = ['timesMs', 'kinds', 'parts', 'subjects', 'values'];

const firstRoom = 4096;
/** More is not kept for the next run: 6 MB. */
const mostKept = 262_144;

let spare: Columns | null = null;

export function newColumns(room: number): Columns {
  return {
    timesMs: new Float64Array(room),
    kinds: new Uint8Array(room),
    parts: new Uint16Array(room),
    subjects: new Uint32Array(room),
    values: new Float64Array(room),
  };
}

/** Columns to write to. What is in them means nothing. */
export function takeColumns(): Columns {
  const columns = spare ?? newColumns(firstRoom);
  spare = null;
  return columns;
}

/** Nobody will look at them again. */
export function giveBackColumns(columns: Columns): void {
  const room = columns.timesMs.length;
  if (room <= mostKept && room > (spare?.timesMs.length ?? 0)) spare = columns;
}

/** The first `count` records, with room for `room`. */
export function copyOfColumns(columns: Columns, count: number, room: number): Columns {
  const copy = newColumns(room);
  for (const name of columnNames) copy[name].set(columns[name].subarray(0, count));
  return copy;
}
