// The record as a file that a reader takes along: what is written, and what is said of a file that is none.

import { translate } from '@docusaurus/Translate';
import { type Entries, readRecord, version } from './record';

export const fileName = 'by-the-slice-record.json';
export const largestFile = 2_000_000;
const format = 'by-the-slice record';

export function writeFile(entries: Entries): string {
  return `${JSON.stringify({ format, version, entries }, null, 2)}\n`;
}

/** Entries, or a sentence that says why there are none. */
export function readFile(text: string): { entries: Entries; left: number } | string {
  const notOurs = (): string =>
    translate({ id: 'lab.record.notOurs', message: 'This file is not a record of this course. Your own record is as it was.' });
  if (text.length > largestFile) return notOurs();
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return translate({
      id: 'lab.record.cutOff',
      message: 'This file cannot be read: it is no JSON, or it is cut off. Your own record is as it was.',
    });
  }
  if (typeof raw !== 'object' || raw === null || !('format' in raw) || raw.format !== format) return notOurs();
  const read = readRecord(raw);
  if (!('problem' in read)) return read;
  if (read.problem === 'no record') return notOurs();
  return translate({
    id: 'lab.record.newer',
    message: 'This file was written by a newer version of this course than the page you are on. Load the page again, then import it.',
  });
}
