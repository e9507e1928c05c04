// What an entry of a page's `covers` says: c3 is a section of the source notes, c3/2 the second of its points, and after # stands the
// heading of the page that covers it.

import outline from './outline.json';

export interface Section {
  id: string;
  note: string;
  heading: string;
  points: string[];
}

export const sections: readonly Section[] = outline;

interface CoversEntry {
  id: string;
  /** Counted from 1. Absent: all of them. */
  point?: string;
  anchor?: string;
}

export function readEntry(entry: string): CoversEntry {
  const [what, anchor] = entry.split('#');
  const [id, point] = what.split('/');
  return { id, ...(point === undefined ? {} : { point }), ...(anchor === undefined ? {} : { anchor }) };
}

export function sectionOf(id: string): Section | undefined {
  return sections.find((section) => section.id === id);
}

/** Whether the entry means this point, counted from 1. */
export function means(entry: CoversEntry, point: number): boolean {
  return entry.point === undefined || entry.point === String(point);
}
