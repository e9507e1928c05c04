// A box that scrolls over many rows: which of them are to be in the page now.

import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';
import { type RowsInView, rowsInView, scrollTo, stillInView } from './rowsInView';

interface ScrolledRows extends RowsInView {
  onScroll: () => void;
  /** Scrolls only as far as is needed. */
  reveal: (row: number) => void;
}

export function useRowsInView(box: RefObject<HTMLElement | null>, count: number, rowPx: number): ScrolledRows {
  const [kept, setKept] = useState<RowsInView>(() => rowsInView(0, 400, rowPx, count));
  const onScroll = useCallback((): void => {
    if (!box.current) return;
    const { scrollTop, clientHeight } = box.current;
    setKept((now) => (stillInView(now, scrollTop, clientHeight, rowPx, count) ? now : rowsInView(scrollTop, clientHeight, rowPx, count)));
  }, [box, rowPx, count]);
  useLayoutEffect(onScroll, [onScroll]);
  const reveal = useCallback(
    (row: number): void => {
      if (!box.current || row < 0) return;
      const top = scrollTo(row, box.current.scrollTop, box.current.clientHeight, rowPx);
      if (top !== null) box.current.scrollTop = top;
    },
    [box, rowPx],
  );
  return { from: Math.min(kept.from, count), to: Math.min(kept.to, count), onScroll, reveal };
}
