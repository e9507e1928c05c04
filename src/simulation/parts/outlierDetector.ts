// Envoy's outlier detection as plain rules: who fails too often is ejected for a while, longer each time, but never too many at once.
// Sources: Envoy's outlier_detection_impl.cc and its manual. Gateway errors and errors of Envoy's own side are not told apart here.

import * as sentences from '../record/sentences';
import { positive, wholeNumber } from './options';

/** Units and defaults are Envoy's (1.30), with one exception that is marked. */
export interface OutlierOptions {
  /** Failures in a row (5xx replies, resets, timeouts) that eject a server. Default 5. */
  consecutiveFailures?: number;
  /** Between two sweeps, which return servers and compare success rates, in ms. Default 10 s. */
  intervalMs?: number;
  /** Length of the first ejection, in ms; the n-th lasts n times as long. Default 30 s. */
  baseEjectionMs?: number;
  /** The longest ejection. Default 300 s, or the base when that is longer. */
  maxEjectionMs?: number;
  /** Up to so many whole ms more, by chance, so that not all come back at once. Default 0. */
  maxEjectionJitterMs?: number;
  /** The most servers that may be out at the same time, in percent. Default 10. */
  maxEjectionPercent?: number;
  /**
   * Whether one server may be ejected however few there are. Default true, as Envoy did up to 1.30;
   * since 1.31 that must be asked for (`always_eject_one_host`).
   */
  alwaysEjectOne?: boolean;
  /** Servers with enough requests that there must be for their success rates to be compared. Default 5. */
  successRateMinHosts?: number;
  /** Requests that a server must have had since the last sweep for its success rate to count. Default 100. */
  successRateRequestVolume?: number;
  /** How many thousandths of a standard deviation below the mean success rate is too low. Default 1900. */
  successRateStdevFactor?: number;
  /** Failures in percent that are too many, whatever the others do. Default 85. */
  failurePercentageThreshold?: number;
  /** As for the success rate. Defaults 5 and 50. */
  failurePercentageMinHosts?: number;
  failurePercentageRequestVolume?: number;
  /** Chance in percent that an outlier found by each rule is ejected. Defaults 100, 100 and 0. */
  enforcingConsecutive?: number;
  enforcingSuccessRate?: number;
  enforcingFailurePercentage?: number;
}

export const outlierDefaults: Required<Omit<OutlierOptions, 'maxEjectionMs'>> = {
  consecutiveFailures: 5,
  intervalMs: 10_000,
  baseEjectionMs: 30_000,
  maxEjectionJitterMs: 0,
  maxEjectionPercent: 10,
  alwaysEjectOne: true,
  successRateMinHosts: 5,
  successRateRequestVolume: 100,
  successRateStdevFactor: 1900,
  failurePercentageThreshold: 85,
  failurePercentageMinHosts: 5,
  failurePercentageRequestVolume: 50,
  enforcingConsecutive: 100,
  enforcingSuccessRate: 100,
  enforcingFailurePercentage: 0,
};

/** Why a server was ejected. */
export type OutlierCause = typeof sentences.failuresInARow | typeof sentences.lowSuccessRate | typeof sentences.tooManyFailures;

/** Who acts on the verdicts. */
export interface Ejector {
  eject(server: number, cause: OutlierCause): void;
  /** The server may return. */
  uneject(server: number): void;
}

/** Mean of the success rates (in percent), and the rate below which one is an outlier. @param factor in thousandths of a standard deviation */
export function successRateThreshold(rates: readonly number[], factor = 1900): { mean: number; threshold: number } {
  let sum = 0;
  for (const rate of rates) sum += rate;
  const mean = sum / rates.length;
  let squares = 0;
  for (const rate of rates) squares += (rate - mean) * (rate - mean);
  return { mean, threshold: mean - (factor / 1000) * Math.sqrt(squares / rates.length) };
}

export class OutlierDetector {
  readonly options: Required<OutlierOptions>;
  readonly isEjected: Uint8Array;
  /** Servers that are out now. */
  ejectedNow = 0;
  ejections = 0;
  /** Outliers that stayed because too many were out already. */
  spared = 0;
  private readonly failuresInRow: Int32Array;
  private readonly succeeded: Float64Array;
  private readonly ended: Float64Array;
  /** How many base times the last ejection lasted; one less with each healthy interval. */
  private readonly times: Int32Array;
  private readonly jitterMs: Float64Array;
  private readonly ejectedMs: Float64Array;
  private readonly returnedMs: Float64Array;

  /** @param draw uniform number in (0, 1), for jitter and for rules that are enforced by chance only */
  constructor(
    private readonly count: number,
    private readonly ejector: Ejector,
    options: OutlierOptions = {},
    private readonly draw: () => number = () => 0,
  ) {
    this.options = checked(options);
    this.isEjected = new Uint8Array(count);
    this.failuresInRow = new Int32Array(count);
    this.succeeded = new Float64Array(count);
    this.ended = new Float64Array(count);
    this.times = new Int32Array(count);
    this.jitterMs = new Float64Array(count);
    this.ejectedMs = new Float64Array(count);
    this.returnedMs = new Float64Array(count).fill(Infinity);
  }

  /** A call to a server has ended. */
  heard(server: number, isSuccess: boolean, nowMs: number): void {
    this.ended[server]++;
    if (isSuccess) {
      this.succeeded[server]++;
      this.failuresInRow[server] = 0;
      return;
    }
    const { consecutiveFailures, enforcingConsecutive } = this.options;
    if (++this.failuresInRow[server] !== consecutiveFailures || this.isEjected[server]) return;
    this.eject(server, sentences.failuresInARow, enforcingConsecutive, nowMs);
    this.failuresInRow[server] = 0;
  }

  /** To be called at each interval: returns whose time is over, ejects by success rate, and forgives the healthy a little. */
  sweep(nowMs: number): void {
    const { baseEjectionMs, maxEjectionMs, intervalMs } = this.options;
    const { count, isEjected, times } = this;
    for (let server = 0; server < count; server++) {
      const lastsMs = Math.min(baseEjectionMs * times[server], maxEjectionMs) + this.jitterMs[server];
      if (isEjected[server] && lastsMs <= nowMs - this.ejectedMs[server]) this.uneject(server, nowMs);
    }
    this.compareRates(nowMs);
    this.succeeded.fill(0);
    this.ended.fill(0);
    for (let server = 0; server < count; server++) {
      if (!isEjected[server] && times[server] > 0 && nowMs - this.returnedMs[server] >= intervalMs) times[server]--;
    }
  }

  /** The server returns, before its time when an active check has found it well. */
  uneject(server: number, nowMs: number): void {
    if (!this.isEjected[server]) return;
    this.isEjected[server] = 0;
    this.ejectedNow--;
    this.failuresInRow[server] = 0;
    this.returnedMs[server] = nowMs;
    this.ejector.uneject(server);
  }

  private compareRates(nowMs: number): void {
    const { options } = this;
    const byRate = this.withVolume(options.successRateRequestVolume);
    if (byRate.length >= Math.max(1, options.successRateMinHosts)) {
      const { threshold } = successRateThreshold(
        byRate.map((server) => this.rateOf(server)),
        options.successRateStdevFactor,
      );
      for (const server of byRate) {
        if (this.rateOf(server) < threshold) this.eject(server, sentences.lowSuccessRate, options.enforcingSuccessRate, nowMs);
      }
    }
    const byShare = this.withVolume(options.failurePercentageRequestVolume);
    if (byShare.length < Math.max(1, options.failurePercentageMinHosts)) return;
    for (const server of byShare) {
      if (100 - this.rateOf(server) >= options.failurePercentageThreshold) {
        this.eject(server, sentences.tooManyFailures, options.enforcingFailurePercentage, nowMs);
      }
    }
  }

  /** Those that are not ejected and had so many calls since the last sweep. */
  private withVolume(volume: number): number[] {
    const servers: number[] = [];
    for (let server = 0; server < this.count; server++) {
      if (!this.isEjected[server] && this.ended[server] > 0 && this.ended[server] >= volume) servers.push(server);
    }
    return servers;
  }

  private rateOf(server: number): number {
    return (this.succeeded[server] * 100) / this.ended[server];
  }

  private eject(server: number, cause: OutlierCause, enforcingPercent: number, nowMs: number): void {
    const { alwaysEjectOne, maxEjectionPercent, maxEjectionJitterMs, maxEjectionMs, baseEjectionMs } = this.options;
    const isRoom = 100 * (this.ejectedNow + 1) <= maxEjectionPercent * this.count;
    if (!isRoom && !(alwaysEjectOne && this.ejectedNow === 0)) {
      this.spared++;
      return;
    }
    if (enforcingPercent < 100 && Math.floor(this.draw() * 100) >= enforcingPercent) return;
    this.isEjected[server] = 1;
    this.ejectedNow++;
    this.ejections++;
    this.ejectedMs[server] = nowMs;
    this.jitterMs[server] = maxEjectionJitterMs > 0 ? Math.floor(this.draw() * (maxEjectionJitterMs + 1)) : 0;
    if (this.times[server] * baseEjectionMs < maxEjectionMs + baseEjectionMs) this.times[server]++;
    this.ejector.eject(server, cause);
  }
}

function checked(given: OutlierOptions): Required<OutlierOptions> {
  const options = { ...outlierDefaults, ...given };
  const name = 'outlier detection';
  wholeNumber(name, 'number of failures in a row', options.consecutiveFailures, 1);
  positive(name, 'interval', options.intervalMs);
  positive(name, 'base ejection time', options.baseEjectionMs);
  const maxEjectionMs = positive(name, 'longest ejection', options.maxEjectionMs ?? Math.max(300_000, options.baseEjectionMs));
  if (maxEjectionMs < options.baseEjectionMs) {
    throw new RangeError(
      `The longest ejection of ${name} is ${maxEjectionMs} ms; it must be at least the base of ${options.baseEjectionMs} ms.`,
    );
  }
  for (const [what, value] of Object.entries(options)) {
    if (typeof value === 'number' && !(value >= 0 && value < Infinity)) throw outOfRange(what, value, 'a number from 0 up');
    const isPercent = what.startsWith('enforcing') || what === 'maxEjectionPercent' || what === 'failurePercentageThreshold';
    if (isPercent && (value as number) > 100) throw outOfRange(what, value, 'a percentage from 0 to 100');
  }
  return { ...options, maxEjectionMs };
}

function outOfRange(what: string, value: unknown, allowed: string): RangeError {
  return new RangeError(`${what} of outlier detection is ${String(value)}; it must be ${allowed}.`);
}
