// Where a plot lies in the drawing of its chart, and where a value lies in it.

/** A plot's place on the page, and what lies at its edges. */
export interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Value at the top edge; 0 is at the bottom. */
  highest: number;
}

export function heightOf({ top, bottom, highest }: Plot, value: number): number {
  return bottom - (value / highest) * (bottom - top);
}
