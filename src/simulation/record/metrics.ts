// What a run measured, as plain data for the exporters: our name and unit, a help text, and points with labels.

import type { Tally } from '../measure/tally';

export type Labels = Readonly<Record<string, string>>;

export interface NumberPoint {
  readonly labels?: Labels;
  readonly value: number;
}

/** Counts by bucket, not cumulative: one for each bound (rising, finite, in the metric's unit), one more for what lies above. */
export interface BucketPoint {
  readonly labels?: Labels;
  readonly bounds: readonly number[];
  readonly counts: ArrayLike<number>;
  readonly sum: number;
  readonly min?: number;
  readonly max?: number;
}

interface MetricText {
  /** camelCase, as in the package: `responseMsP99`. Exporters rename it (metricNames.ts). */
  readonly name: string;
  readonly help: string;
  /** ms, s, min, h, d, bytes, % (shares from 0 to 1), /s, or a noun such as requests; empty for none. */
  readonly unit: string;
}

/** counter: only grows. gauge: any number. histogram: counts by bucket. */
export type Metric = MetricText &
  (
    | { readonly kind: 'counter' | 'gauge'; readonly points: readonly NumberPoint[] }
    | { readonly kind: 'histogram'; readonly points: readonly BucketPoint[] }
  );

/** In ms: 5 ms to 10 s, the buckets that the Prometheus clients have by default. */
export const defaultBoundsMs: readonly number[] = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000];

/** The values of a tally by bucket, within the 0.1 % of its own histogram. */
export function bucketPoint(tally: Tally, labels: Labels = {}, boundsMs: readonly number[] = defaultBoundsMs): BucketPoint {
  let below = 0;
  const counts = boundsMs.map((boundMs) => {
    const before = below;
    below = tally.countAtOrBelow(boundMs);
    return below - before;
  });
  counts.push(tally.count - below);
  return { labels, bounds: boundsMs, counts, sum: tally.sum, ...(tally.count > 0 ? { min: tally.min, max: tally.max } : {}) };
}
