// How many runs to hand to a worker at once: enough that the message costs little, few enough that progress is seen,
// a cancel is quick, and all workers end together.

/** A worker is asked for about this much work at a time. */
const batchMs = 80;
const mostRuns = 64;

/** `runMs`: what a run took this worker last time; null before its first. `waiting`: runs that nobody has yet. */
export function batchSize(runMs: number | null, waiting: number, workers: number): number {
  if (runMs === null) return Math.min(1, waiting);
  const byTime = Math.round(batchMs / Math.max(runMs, batchMs / mostRuns));
  const fairShare = Math.ceil(waiting / (2 * Math.max(1, workers)));
  return Math.min(waiting, Math.max(1, Math.min(byTime, fairShare)));
}

/** As many as the machine has cores, and never more than eight: each holds the simulation's code in memory. */
export function poolSize(cores: number | undefined): number {
  return Number.isFinite(cores) ? Math.min(8, Math.max(1, Math.floor(cores as number))) : 2;
}
