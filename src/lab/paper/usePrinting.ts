// Whether the page is being printed: then there is something for the paper that no screen shows.

import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

export function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const media = matchMedia('print');
    // The paper is laid out right after this: it must be there by then.
    const turn = (printing: boolean): void => flushSync(() => setPrinting(printing));
    const onBefore = (): void => turn(true);
    const onAfter = (): void => turn(false);
    const onMedia = (): void => turn(media.matches);
    window.addEventListener('beforeprint', onBefore);
    window.addEventListener('afterprint', onAfter);
    media.addEventListener('change', onMedia);
    return () => {
      window.removeEventListener('beforeprint', onBefore);
      window.removeEventListener('afterprint', onAfter);
      media.removeEventListener('change', onMedia);
    };
  }, []);
  return isPrinting;
}
