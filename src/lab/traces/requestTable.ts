// The requests of a recorded run, one row each: when they began, when they ended and how. One pass over the records, made when
// somebody first asks; what a request did in detail is found for that one alone (requestSpans.ts).

import { fates, recordKinds, type Trace } from '@by-the-slice/simulation';

export interface RequestTable {
  trace: Trace;
  /** Rows are in order of opening; all columns are by row. */
  count: number;
  numbers: Uint32Array;
  startMs: Float64Array;
  /** Of those still open: the end of the recording. */
  endMs: Float64Array;
  /** Fate code; -1: still open when the recording ended. */
  fate: Int8Array;
  /** The records of a row: `records` from `first[row]` up to, not including, `first[row + 1]`. */
  records: Int32Array;
  first: Int32Array;
  /** By request number; -1 where there is none. */
  rowOf: Int32Array;
}

const tables = new WeakMap<Trace, RequestTable>();

export function requestTable(trace: Trace): RequestTable {
  let table = tables.get(trace);
  if (!table) {
    table = makeTable(trace);
    tables.set(trace, table);
  }
  return table;
}

/** Row of a request, or -1. */
export function rowOfRequest({ rowOf }: RequestTable, request: number): number {
  return rowOf[request] ?? -1;
}

function makeTable(trace: Trace): RequestTable {
  const { count, numbers, rowOf, lengths } = findRows(trace);
  const table: RequestTable = {
    trace,
    count,
    numbers,
    startMs: new Float64Array(count),
    endMs: new Float64Array(count).fill(Number.NaN),
    fate: new Int8Array(count).fill(-1),
    records: new Int32Array(lengths.reduce((sum, length) => sum + length, 0)),
    first: new Int32Array(count + 1),
    rowOf,
  };
  for (let row = 0; row < count; row++) table.first[row + 1] = table.first[row] + lengths[row];
  follow(table);
  for (let row = 0; row < count; row++) {
    if (table.endMs[row] <= trace.toMs) continue;
    table.endMs[row] = trace.toMs;
    table.fate[row] = -1;
  }
  return table;
}

function findRows({ count: recordCount, kinds, subjects }: Trace): Pick<RequestTable, 'count' | 'numbers' | 'rowOf'> & {
  lengths: Int32Array;
} {
  let most = -1;
  for (let index = 0; index < recordCount; index++) if (isAboutSpans[kinds[index]] === 1 && subjects[index] > most) most = subjects[index];
  const rowOf = new Int32Array(most + 1).fill(-1);
  const numbers = new Uint32Array(most + 1);
  const lengths = new Int32Array(most + 1);
  let count = 0;
  for (let index = 0; index < recordCount; index++) {
    if (isAboutSpans[kinds[index]] === 0) continue;
    const number = subjects[index];
    if (rowOf[number] < 0) {
      rowOf[number] = count;
      numbers[count++] = number;
    }
    lengths[rowOf[number]]++;
  }
  return { count, numbers: numbers.slice(0, count), rowOf, lengths: lengths.slice(0, count) };
}

/** A request ends when a part that answers its source has let it go, or when that answer has crossed the slow links in between. */
function follow({ trace, rowOf, records, first, startMs, endMs, fate }: RequestTable): void {
  const { kinds, subjects, timesMs, parts, values } = trace;
  const answers = partsThatAnswer(trace);
  const filled = first.slice();
  const cameByFlight = new Uint8Array(startMs.length);
  for (let index = 0; index < trace.count; index++) {
    const kind = kinds[index];
    if (isAboutSpans[kind] === 0) continue;
    const row = rowOf[subjects[index]];
    if (filled[row] === first[row]) startMs[row] = timesMs[index];
    records[filled[row]++] = index;
    const answer = answers[parts[index]];
    if (answer === no) continue;
    if (kind === recordKinds.leave && answer !== hears) {
      fate[row] = values[index];
      if (cameByFlight[row] === 0 || fateIsTakenBack(values[index])) endMs[row] = timesMs[index];
    } else if (kind === recordKinds.flight) {
      if (fate[row] < 0) cameByFlight[row] = 1;
      else if (answer !== speaks) endMs[row] = values[index];
    }
  }
}

/** no: its answer concerns somebody else. speaks: answers, and holds what it gets. passes: answers with another's word. hears: the source. */
const [no, speaks, passes, hears] = [0, 1, 2, 3];

function partsThatAnswer({ partList, links }: Trace): Uint8Array {
  const answers = new Uint8Array(partList.length);
  const open: number[] = [];
  for (const { id, kind } of partList) {
    if (kind !== 'source') continue;
    answers[id] = hears;
    open.push(id);
  }
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const link of links) {
      if (link.from !== from || answers[link.to] !== no) continue;
      const { kind } = partList[link.to];
      const passesOn = kind === 'balancer' || kind === 'network';
      answers[link.to] = passesOn ? passes : speaks;
      if (passesOn) open.push(link.to);
    }
  }
  return answers;
}

/** Who takes a request back waits for no answer. */
function fateIsTakenBack(fate: number): boolean {
  return fate === fates.abandoned;
}

/** Kinds of records that spans are made from: 1. A table, since it is asked for every record of the run. */
const isAboutSpans = Uint8Array.from(
  { length: 16 },
  (_, kind) => +(kind <= recordKinds.leave || (kind >= recordKinds.flight && kind <= recordKinds.attempt)),
);
