// Measures what the reader feels: from an input to the frame that shows its result. Tests read it from the frame's root.

import { type RefObject, useEffect } from 'react';
import { useSessionState } from '../session/useSession';

export function useInputToFrame(root: RefObject<HTMLElement | null>): void {
  const inputAtMs = useSessionState((state) => state.inputAtMs);
  const resultA = useSessionState((state) => state.resultA);
  const resultB = useSessionState((state) => state.resultB);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new result is what ends the measurement
  useEffect(() => {
    if (inputAtMs === null) return;
    // The timer set in a frame's callback fires right after that frame was painted.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => root.current?.setAttribute('data-input-to-frame-ms', (performance.now() - inputAtMs).toFixed(1)), 0);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [inputAtMs, resultA, resultB]);
}
