// Memory for counts. A run may be over in a millisecond, and what it gives back, the next one must ask for again, page by page:
// with many runs one after the other, and more so on several threads of one process, that is a good part of the time.

/** Kept for the next run, in all; more is given back. 4 MB. */
const mostSpare = 524_288;

const spare: Float64Array[] = [];
let spareCells = 0;
let lent: Float64Array[] | null = null;

/** Zeros. */
export function roomForCounts(length: number): Float64Array {
  if (lent === null) return new Float64Array(length);
  const known = spare.findIndex((counts) => counts.length === length);
  const counts = known < 0 ? new Float64Array(length) : spare.splice(known, 1)[0];
  if (known >= 0) spareCells -= length;
  lent.push(counts);
  return counts;
}

/**
 * Carries out one of many runs; the memory of its histograms then serves the next. Only numbers may come out of it: a histogram that
 * was made within is not to be looked at afterwards.
 */
export function reusingRoom<T>(run: () => T): T {
  const outer = lent;
  const own: Float64Array[] = [];
  lent = own;
  try {
    return run();
  } finally {
    lent = outer;
    for (const counts of own) keep(counts);
  }
}

function keep(counts: Float64Array): void {
  if (spareCells + counts.length > mostSpare) return;
  spareCells += counts.length;
  spare.push(counts.fill(0));
}
