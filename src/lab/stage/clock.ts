// All that the stage and the charts know of time: where the cursor is, and when it moves. The session's playback is one.

export interface Clock {
  /** Simulated time that is looked at. */
  cursorMs(): number;
  /** Tells of every change of the cursor, and of play and pause. Returns how to stop. */
  subscribe(listener: () => void): () => void;
  isPlaying(): boolean;
}
