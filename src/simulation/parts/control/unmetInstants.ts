// Which instants of a schedule are still to be met: what a scheduler finds when it looks back.
// Source: mostRecentScheduleTime in kubernetes/kubernetes pkg/controller/cronjob/utils.go (controller v2, since 1.21), which estimates the number; here it is counted.

/**
 * The instants after the last start, up to now, that a scheduler would still look at: indices from `first` up to, not including, `end`.
 * With a deadline it looks back no further than that, whatever was missed before.
 */
export function unmetInstants(
  instantsMs: readonly number[],
  { lastStartMs, nowMs, startingDeadlineMs = Infinity }: { lastStartMs: number; nowMs: number; startingDeadlineMs?: number },
): { first: number; end: number } {
  const first = firstAfter(instantsMs, Math.max(lastStartMs, nowMs - startingDeadlineMs));
  return { first, end: Math.max(first, firstAfter(instantsMs, nowMs)) };
}

/** Index of the first instant after a time; their number when there is none. */
export function firstAfter(instantsMs: readonly number[], atMs: number): number {
  let low = 0;
  let high = instantsMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (instantsMs[middle] > atMs) high = middle;
    else low = middle + 1;
  }
  return low;
}
