// How an experiment wants to be drawn, where the default will not do.

import type { Size } from './shapes';

export interface SceneOptions {
  /** flow: left to right along the links. Others are drawn by the experiment itself (`picture` in its outcome). */
  layout: 'flow' | 'own';
  /** Logical size that an own picture is drawn for. */
  width?: number;
  height?: number;
  /** The same for a narrow screen, where the picture is drawn another way. */
  narrow?: Size;
  /** Words at the ends of the flow. */
  words?: { request?: string; requests?: string };
}
