// What a picture is made of. The canvas, the static picture in the HTML and the SVG export draw the same list.
// Colors are names of tokens, so that one list serves both themes, print and forced colors.

export type ColorName =
  | 'surface'
  | 'raised'
  | 'line'
  | 'text'
  | 'quiet'
  | 'tomato'
  | 'plum'
  | 'basil'
  | 'crust'
  | 'char'
  | 'blueprint'
  | 'none'
  /** Twelve hues apart in lightness as well, for members of a fleet. */
  | `series-${number}`;

interface Painted {
  fill?: ColorName;
  stroke?: ColorName;
  strokeWidth?: number;
  dash?: readonly number[];
  opacity?: number;
  /** The part that the shape belongs to: a click on it means that part. */
  part?: string;
  /** The request that it stands for: a click on it means that one. */
  request?: number;
}

export type Shape = Painted &
  (
    | { type: 'rectangle'; x: number; y: number; width: number; height: number; radius?: number }
    | { type: 'circle'; x: number; y: number; radius: number }
    | { type: 'line'; x1: number; y1: number; x2: number; y2: number }
    /** SVG path data in absolute coordinates (M, L, C, Q, A, Z). */
    | { type: 'path'; d: string }
    /** A cross inside a square of side 2 × radius: lost, rejected. */
    | { type: 'cross'; x: number; y: number; radius: number }
    | { type: 'triangle'; x: number; y: number; radius: number }
    | {
        type: 'text';
        x: number;
        y: number;
        text: string;
        size: number;
        anchor?: 'start' | 'middle' | 'end';
        weight?: 400 | 600 | 700;
        font?: 'sans' | 'mono';
      }
  );

export interface Size {
  width: number;
  height: number;
}
