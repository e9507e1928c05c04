// The size of an element, in whole CSS pixels, without asking for the layout at every frame.

import { type RefObject, useLayoutEffect, useState } from 'react';
import type { Size } from '../../picture/shapes';

export function useSize(element: RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const take = (width: number, height: number): void => {
      const next = { width: Math.floor(width), height: Math.floor(height) };
      setSize((before) => (before && before.width === next.width && before.height === next.height ? before : next));
    };
    take(current.clientWidth, current.clientHeight);
    const observer = new ResizeObserver(([{ contentRect }]) => take(contentRect.width, contentRect.height));
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
