// The cursor in simulated time, and its playing. It moves nothing in the model: the run is finished, this is where we look.

export interface Frames {
  request(callback: (nowMs: number) => void): number;
  cancel(handle: number): void;
}

export const pageFrames: Frames = {
  request: (callback) => requestAnimationFrame(callback),
  cancel: (handle) => cancelAnimationFrame(handle),
};

export const speeds = [0.1, 0.25, 0.5, 1, 2, 4, 8] as const;

/** A hidden tab or a busy page must not make the picture leap. */
const longestFrameMs = 100;
/** Text and sliders that change at every frame cost a layout each time and tell nobody more: ten a second are smooth. */
const calmEveryMs = 100;
/** Between two steps for readers who asked for less motion. */
const stepEveryMs = 600;

export class Playback {
  private cursor = 0;
  private horizon = 0;
  private playing = false;
  private rate = 1;
  private handle = 0;
  private lastFrameMs = 0;
  private readonly listeners = new Set<() => void>();
  private readonly calmListeners = new Set<() => void>();
  private lastCalmMs = 0;
  /** Steps in place of gliding. */
  stepped = false;

  constructor(
    private playSeconds: number,
    private readonly frames: Frames,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  /** As `subscribe`, but at most ten times a second while playing. */
  readonly subscribeCalmly = (listener: () => void): (() => void) => {
    this.calmListeners.add(listener);
    return () => this.calmListeners.delete(listener);
  };
  readonly cursorMs = (): number => this.cursor;
  readonly isPlaying = (): boolean => this.playing;
  readonly horizonMs = (): number => this.horizon;
  readonly speed = (): number => this.rate;

  /** Another run: the cursor stays where it is, or at the same share of a run of another length. */
  setHorizon(horizonMs: number): void {
    if (horizonMs === this.horizon) return;
    this.cursor = this.horizon > 0 ? (this.cursor / this.horizon) * horizonMs : this.cursor;
    this.horizon = horizonMs;
    this.cursor = Math.min(this.cursor, horizonMs);
    this.tell();
  }

  seek(toMs: number): void {
    const next = Math.min(this.horizon, Math.max(0, Number.isFinite(toMs) ? toMs : 0));
    if (next === this.cursor) return;
    this.cursor = next;
    this.tell();
  }

  setSpeed(speed: number): void {
    this.rate = speed;
    this.tell();
  }

  play(): void {
    if (this.playing || this.horizon <= 0) return;
    if (this.cursor >= this.horizon) this.cursor = 0;
    this.playing = true;
    this.lastFrameMs = Infinity;
    this.handle = this.frames.request(this.onFrame);
    this.tell();
  }

  pause(): void {
    if (!this.playing) return;
    this.playing = false;
    this.frames.cancel(this.handle);
    this.tell();
  }

  close(): void {
    this.pause();
    this.listeners.clear();
    this.calmListeners.clear();
  }

  private readonly onFrame = (nowMs: number): void => {
    if (!this.playing) return;
    // The first frame of a play, or the page's clock was set back.
    if (nowMs < this.lastFrameMs) {
      this.lastFrameMs = nowMs;
      this.lastCalmMs = nowMs;
    }
    const passedMs = nowMs - this.lastFrameMs;
    if (!this.stepped || passedMs >= stepEveryMs) {
      this.lastFrameMs = nowMs;
      this.advance(Math.min(passedMs, this.stepped ? stepEveryMs : longestFrameMs), nowMs);
    }
    if (this.playing) this.handle = this.frames.request(this.onFrame);
  };

  private advance(passedMs: number, nowMs: number): void {
    this.cursor += (passedMs * this.rate * this.horizon) / (this.playSeconds * 1000);
    if (this.cursor >= this.horizon) {
      this.cursor = this.horizon;
      this.playing = false;
    }
    if (!this.playing || nowMs - this.lastCalmMs >= calmEveryMs) {
      this.lastCalmMs = nowMs;
      this.tell();
    } else for (const listener of this.listeners) listener();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
    for (const listener of this.calmListeners) listener();
  }
}
