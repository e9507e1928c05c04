// How long to wait before the next try. Growing gaps give an overloaded server air; random gaps keep clients that failed together
// from coming back together. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015, with its simulator
// (aws-samples/aws-arch-backoff-simulator), and the retry strategy of Polly 8 (RetryHelper.cs).

import { power, tanh } from '../../kernel/math';
import { between } from './limits';

/**
 * The gap in ms before retry number `retry` (1 for the first), given a uniform number from 0 to 1. Most forget the past; a decorrelated
 * one goes by the gap or the uniform number of the retry before (any number when this is the first).
 */
export type Backoff = (retry: number, uniform: number, previousGapMs: number, previousUniform: number) => number;

export type AwsJitter = 'none' | 'full' | 'equal' | 'decorrelated';

export interface AwsBackoffOptions {
  /** In ms, 0 or more, up to 2⁵³ − 1. The first exponential gap is twice this: the simulator counts attempts from 1. */
  baseMs: number;
  /** Largest gap in ms; default none. */
  capMs?: number;
  /** Default none. */
  jitter?: AwsJitter;
}

/** min(cap, base × 2ⁿ), n from 1. */
export function exponentialGapMs(baseMs: number, capMs: number, retry: number): number {
  return baseMs === 0 ? 0 : Math.min(capMs, power(2, retry) * baseMs);
}

/** Between 0 and the gap. */
export function fullJitterMs(gapMs: number, uniform: number): number {
  return uniform * gapMs;
}

/** Between half the gap and the gap. */
export function equalJitterMs(gapMs: number, uniform: number): number {
  return gapMs / 2 + (uniform * gapMs) / 2;
}

/** min(cap, between base and three times the gap before); the gap before the first is the base. */
export function decorrelatedJitterMs(baseMs: number, capMs: number, previousGapMs: number, uniform: number): number {
  return Math.min(capMs, baseMs + uniform * (3 * previousGapMs - baseMs));
}

/** The backoffs of the AWS simulator. Throws RangeError for a base that is no number from 0 to 2⁵³ − 1 or a cap below 0. */
export function awsBackoff({ baseMs, capMs = Infinity, jitter = 'none' }: AwsBackoffOptions): Backoff {
  between('a backoff', 'base in ms', baseMs, 0, Number.MAX_SAFE_INTEGER);
  between('a backoff', 'cap in ms', capMs, 0, Infinity);
  switch (jitter) {
    case 'none':
      return (retry) => exponentialGapMs(baseMs, capMs, retry);
    case 'full':
      return (retry, uniform) => fullJitterMs(exponentialGapMs(baseMs, capMs, retry), uniform);
    case 'equal':
      return (retry, uniform) => equalJitterMs(exponentialGapMs(baseMs, capMs, retry), uniform);
    case 'decorrelated':
      return (retry, uniform, previousGapMs) => decorrelatedJitterMs(baseMs, capMs, retry === 1 ? baseMs : previousGapMs, uniform);
    default:
      throw new RangeError(`A backoff has jitter ${jitter}; known are none, full, equal and decorrelated.`);
  }
}

export type PollyGrowth = 'constant' | 'linear' | 'exponential';

export interface PollyBackoffOptions {
  /** Polly's BackoffType. Default constant. */
  growth?: PollyGrowth;
  /** Polly's UseJitter: a quarter up or down, or for exponential growth a decorrelated formula of its own. Default false. */
  hasJitter?: boolean;
  /** Polly's Delay in ms, 0 or more. Default 2,000. */
  baseMs?: number;
  /** Polly's MaxDelay in ms. Default: none but the longest time span of .NET. */
  capMs?: number;
}

/** Polly's defaults: 3 retries after the first attempt, 2 s apart. */
export const pollyRetryDefaults = { retries: 3, baseMs: 2000, growth: 'constant', hasJitter: false } as const;

/** TimeSpan.MaxValue: 2⁶³ − 1 ticks of 0.1 µs, as near as a double comes. The jittered exponential stops 1,000 ticks short of it. */
const longestTimeSpanMs = 922337203685477.6;
const longestJitteredMs = 922337203685477.5;

/** 2ᵗ tanh √4t: what the jittered exponential gaps of Polly are the differences of, with t = retries so far + a uniform number. */
export function pollyCurve(t: number): number {
  return power(2, t) * tanh(Math.sqrt(4 * t));
}

/**
 * One gap of Polly's DecorrelatedJitterBackoffV2 in ms: (next − previous) × base ÷ 1.4, at most (nearly) the longest time span.
 * @param next `pollyCurve` of this retry. @param previous that of the one before, 0 before the first
 */
export function pollyJitteredMs(baseMs: number, next: number, previous: number): number {
  if (next === Infinity) return longestJitteredMs;
  return Math.min((next - previous) * (1 / 1.4) * baseMs, longestJitteredMs);
}

/**
 * The retry delays of Polly 8, to the double: its rounding to ticks of 0.1 µs is left out. What overflows a time span is the cap,
 * or the longest time span. Throws RangeError for a base or cap that is negative or no number.
 */
export function pollyBackoff(options: PollyBackoffOptions = {}): Backoff {
  const { growth, hasJitter, baseMs } = { ...pollyRetryDefaults, ...options };
  between('a backoff', 'base in ms', baseMs, 0, longestTimeSpanMs);
  const capMs = between('a backoff', 'cap in ms', options.capMs ?? longestTimeSpanMs, 0, longestTimeSpanMs);
  if (growth !== 'constant' && growth !== 'linear' && growth !== 'exponential') {
    throw new RangeError(`A backoff has growth ${growth}; known are constant, linear and exponential.`);
  }
  if (baseMs === 0) return () => 0;
  if (growth === 'exponential' && hasJitter) {
    return (retry, uniform, _previousGapMs, previousUniform) => {
      const previous = retry === 1 ? 0 : pollyCurve(retry - 2 + previousUniform);
      return Math.min(capMs, pollyJitteredMs(baseMs, pollyCurve(retry - 1 + uniform), previous));
    };
  }
  return (retry, uniform) => {
    const factor = growth === 'constant' ? 1 : growth === 'linear' ? retry : power(2, retry - 1);
    const gapMs = factor * baseMs;
    if (gapMs > longestTimeSpanMs) return capMs;
    return Math.min(capMs, hasJitter ? gapMs + gapMs * 0.5 * uniform - (gapMs * 0.5) / 2 : gapMs);
  };
}

/** The gaps of one request, retry by retry, for given uniform numbers. */
export function gapsOf(backoff: Backoff, uniforms: readonly number[]): number[] {
  const gapsMs: number[] = [];
  uniforms.forEach((uniform, index) => {
    gapsMs.push(backoff(index + 1, uniform, gapsMs[index - 1] ?? 0, uniforms[index - 1] ?? 0));
  });
  return gapsMs;
}
