// What fails outside of rendering, in a frame's callback or a timer, is handed to the guard around the component.

import { useCallback, useState } from 'react';

export function useFail(): (error: unknown) => void {
  const [, set] = useState(null);
  return useCallback((error: unknown) => {
    set(() => {
      throw error;
    });
  }, []);
}
