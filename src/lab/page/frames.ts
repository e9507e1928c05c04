// The frames that live on this page, by experiment, so that a `<Try>` or a checkpoint can drive and read one.

import type { Session } from '../session/session';
import type { RawArrangement } from '../session/state';

export interface FrameApi {
  /** Sets what is given, over the frame's initial setup; `message` tells the reader what was set up. */
  apply(setup: RawArrangement, options?: { scroll?: boolean; message?: string }): void;
  session: Session;
}

const frames = new Map<string, FrameApi[]>();
const waiting = new Map<string, ((api: FrameApi) => void)[]>();

/** Gives back how to sign off. Of two frames for one experiment the first counts. */
export function registerFrame(id: string, api: FrameApi): () => void {
  frames.set(id, [...(frames.get(id) ?? []), api]);
  for (const tell of waiting.get(id) ?? []) tell(api);
  waiting.delete(id);
  return () => {
    const rest = (frames.get(id) ?? []).filter((known) => known !== api);
    if (rest.length > 0) frames.set(id, rest);
    else frames.delete(id);
  };
}

export function frameOf(id: string): FrameApi | undefined {
  return frames.get(id)?.[0];
}

/** The frame as soon as it lives: it may not have been near the viewport yet. `onFrame` is called at most once. */
export function whenFrame(id: string, onFrame: (api: FrameApi) => void): () => void {
  const known = frameOf(id);
  if (known) {
    onFrame(known);
    return () => {};
  }
  waiting.set(id, [...(waiting.get(id) ?? []), onFrame]);
  return () => {
    const rest = (waiting.get(id) ?? []).filter((tell) => tell !== onFrame);
    if (rest.length > 0) waiting.set(id, rest);
    else waiting.delete(id);
  };
}
