// Long lists of rows of one height: only those near the visible part are in the page, so that 100,000 cost no more than 200.

export interface RowsInView {
  from: number;
  /** Not included. */
  to: number;
}

/** Rows that are kept above and below what is seen. */
export const spareRows = 40;

export function rowsInView(scrolledPx: number, heightPx: number, rowPx: number, count: number): RowsInView {
  const seen = Math.max(1, Math.ceil(heightPx / rowPx));
  const first = Math.min(Math.floor(scrolledPx / rowPx), Math.max(0, count - seen));
  return { from: Math.max(0, first - spareRows), to: Math.min(count, first + seen + spareRows) };
}

/** Rows are only changed when what is seen comes near their end: most scrolling changes nothing. */
export function stillInView(kept: RowsInView, scrolledPx: number, heightPx: number, rowPx: number, count: number): boolean {
  const { from, to } = rowsInView(scrolledPx, heightPx, rowPx, count);
  const slack = spareRows / 2;
  return kept.to <= count && kept.from - from < slack && from - kept.from < slack && to - kept.to < slack && kept.to - to < 4 * spareRows;
}

/** Where to scroll so that a row is seen, or null when it is. */
export function scrollTo(row: number, scrolledPx: number, heightPx: number, rowPx: number): number | null {
  const top = row * rowPx;
  if (top >= scrolledPx && top + rowPx <= scrolledPx + heightPx) return null;
  return Math.max(0, top - (heightPx - rowPx) / 2);
}
