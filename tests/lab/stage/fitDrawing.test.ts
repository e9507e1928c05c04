import { describe, expect, it } from 'vitest';
import type { OwnPicture } from '../../../src/experiments/definition/ownPicture';
import { fitDrawing } from '../../../src/lab/stage/fitDrawing';

const wide: OwnPicture = { shapes: [], size: { width: 720, height: 400 } };
const narrow: OwnPicture = { shapes: [], size: { width: 340, height: 500 } };
const within = (width: number, height: number, other: OwnPicture | undefined = narrow) => fitDrawing(wide, other, { width, height });

describe('the drawing of a calculation', () => {
  it('is the wide one, as large as it fits, where that can be read', () => {
    expect(within(720, 500)).toEqual({ drawing: wide, scale: 1 });
    expect(within(620, 450)).toEqual({ drawing: wide, scale: 620 / 720 });
    expect(within(5000, 5000).scale).toBeLessThan(2);
  });

  it('is the narrow one on a phone and in half a stage, whole and without scrolling', () => {
    expect(within(326, 500)).toEqual({ drawing: narrow, scale: 326 / 340 });
    expect(within(311, 500)).toEqual({ drawing: narrow, scale: 311 / 340 });
  });

  it('is wider than the stage, and readable, where there is no narrow one', () => {
    expect(fitDrawing(wide, undefined, { width: 326, height: 340 })).toEqual({ drawing: wide, scale: 0.8 });
  });
});
