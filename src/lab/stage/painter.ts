// Draws a canvas when there is a reason to: the cursor moved, the size or the theme changed. At most once a frame, and not
// at all while nobody can see it. Knows no React.

import type { Shape, Size } from '../../picture/shapes';
import type { Clock } from './clock';
import { paint } from './paint';
import { type Paints, readPaints, watchPaints } from './paints';

interface Scene {
  /** In CSS pixels. */
  size: Size;
  /** CSS pixels for one of the shapes' units. */
  scale: number;
  /** Shapes at a time, in units of the scene. */
  shapesAt: (cursorMs: number) => readonly Shape[];
}

export class Painter {
  /** What is on the canvas now, for finding what was hit. */
  shapes: readonly Shape[] = [];
  private scene: Scene | null = null;
  private paints: Paints | null = null;
  private readonly context: CanvasRenderingContext2D | null;
  private frame = 0;
  private isStale = true;
  private isVisible = true;
  private pixelRatio = 0;
  private readonly stops: (() => void)[] = [];

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly clock: Clock,
    /** Drawing in a frame's callback has failed: there nobody else would hear of it. */
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.context = canvas.getContext('2d');
    const repaint = (): void => {
      this.paints = null;
      this.invalidate();
    };
    const onHidden = (): void => {
      if (!document.hidden && this.isStale) this.invalidate();
    };
    const intersection = new IntersectionObserver(([entry]) => {
      this.isVisible = entry.isIntersecting;
      if (this.isVisible && this.isStale) this.invalidate();
    });
    intersection.observe(canvas);
    document.addEventListener('visibilitychange', onHidden);
    window.addEventListener('resize', this.invalidate);
    this.stops.push(
      clock.subscribe(this.invalidate),
      watchPaints(repaint),
      () => intersection.disconnect(),
      () => document.removeEventListener('visibilitychange', onHidden),
      () => window.removeEventListener('resize', this.invalidate),
    );
  }

  /** A new picture is drawn at once: the frame that shows a result must not wait for another. */
  show(scene: Scene): void {
    this.scene = scene;
    this.isStale = true;
    this.draw();
  }

  close(): void {
    cancelAnimationFrame(this.frame);
    for (const stop of this.stops) stop();
  }

  /** Something else than the clock changed what the scene draws. */
  repaint(): void {
    this.invalidate();
  }

  private readonly invalidate = (): void => {
    this.isStale = true;
    if (this.frame !== 0 || !this.isVisible || document.hidden) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      try {
        this.draw();
      } catch (error) {
        this.onFailure(error);
      }
    });
  };

  private draw(): void {
    const { scene, context, canvas } = this;
    if (!scene || !context || scene.size.width < 1 || scene.size.height < 1) return;
    this.isStale = false;
    this.paints ??= readPaints(canvas);
    this.fit(scene.size);
    const factor = this.pixelRatio * scene.scale;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.setTransform(factor, 0, 0, factor, 0, 0);
    this.shapes = scene.shapesAt(this.clock.cursorMs());
    paint(context, this.shapes, this.paints);
  }

  /** Setting the size of a canvas empties it, so only when it changed. */
  private fit({ width, height }: Size): void {
    const { canvas } = this;
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width === wide && canvas.height === high && this.pixelRatio === ratio) return;
    this.pixelRatio = ratio;
    canvas.width = wide;
    canvas.height = high;
  }
}
