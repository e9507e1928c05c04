// How an experiment wants to be drawn, where the default will not do.

import type { ReplayState } from '@by-the-slice/simulation';
import type { FlowDescription, FlowOptions, Move, PartBox } from './flow';
import type { Shape, Size } from './shapes';

/** A way of drawing a running system other than the flow. It is pure, as the flow is. */
export interface PictureOf {
  shapes(description: FlowDescription, state: ReplayState, moves: readonly Move[], options: FlowOptions): Shape[];
  /** Where the parts stand that can be clicked. */
  boxes(description: FlowDescription, size: Size): PartBox[];
}

export interface SceneOptions {
  /** flow: left to right along the links. map: on the globe. Others are drawn by the experiment itself (`draw`). */
  layout: 'flow' | 'map' | 'own';
  /** With the layout own: draws what the outcome holds as `drawing`, for `width` and `height` or for `narrow`. */
  draw?: (drawing: never, isNarrow: boolean) => Shape[];
  /** With the layout map: `worldMap` of map.ts. */
  map?: PictureOf;
  /** Logical size that an own picture is drawn for. */
  width?: number;
  height?: number;
  /** The same for a narrow screen, where the picture is drawn another way. */
  narrow?: Size;
  /** Words at the ends of the flow. */
  words?: { request?: string; requests?: string };
}
