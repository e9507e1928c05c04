import { describe, expect, test } from 'vitest';
import { runExperiment } from '../../../src/experiments/definition/run';
import { settle } from '../../../src/experiments/definition/settings';
import { loadExperiment } from '../../../src/experiments/registry';
import { isDot, requestAt } from '../../../src/lab/stage/hit';
import { ringAround, ringAroundPart } from '../../../src/lab/stage/ring';
import { partBoxes } from '../../../src/picture/flow';
import { FlowPicture } from '../../../src/picture/flowPicture';
import type { Shape } from '../../../src/picture/shapes';

const dots: Shape[] = [
  { type: 'circle', x: 100, y: 100, radius: 4, fill: 'tomato', request: 7 },
  { type: 'circle', x: 112, y: 100, radius: 4, fill: 'tomato', request: 8 },
  { type: 'cross', x: 200, y: 100, radius: 4, stroke: 'tomato', request: 9 },
  { type: 'circle', x: 300, y: 100, radius: 4, fill: 'basil' },
];

describe('a click on the picture', () => {
  test('means the nearest request within reach', () => {
    expect(requestAt(dots, 100, 100, 12)).toBe(7);
    expect(requestAt(dots, 105, 100, 12)).toBe(7);
    expect(requestAt(dots, 107, 100, 12)).toBe(8);
    expect(requestAt(dots, 200, 111, 12)).toBe(9);
  });

  test('means none where there is no dot of a request near', () => {
    expect(requestAt(dots, 100, 113, 12)).toBeUndefined();
    expect(requestAt(dots, 100, 113, 24)).toBe(7);
    expect(requestAt(dots, 300, 100, 12)).toBeUndefined();
    expect(requestAt([], 0, 0, 24)).toBeUndefined();
  });
});

describe('in the picture of a run', async () => {
  const definition = await loadExperiment('load-balancing');
  const { trace, horizonMs } = runExperiment(definition, settle(definition, {}), { record: { detail: 'all' } });
  if (!trace) throw new Error('A simulation has a trace.');
  const picture = new FlowPicture(trace, definition.scene);
  const size = { width: 720, height: 380 };
  const view = { size, msPerSecond: horizonMs / 30 };

  test('every request that is drawn can be found and ringed', () => {
    let found = 0;
    for (let atMs = horizonMs / 4; atMs < horizonMs; atMs += horizonMs / 9) {
      const shapes = picture.shapesAt(atMs, view);
      for (const shape of shapes) {
        if (shape.request === undefined || !isDot(shape)) continue;
        found++;
        expect(requestAt(shapes, shape.x, shape.y, 0.5)).toBeDefined();
        expect(ringAround(shapes, shape.request).length).toBeGreaterThanOrEqual(2);
      }
    }
    expect(found).toBeGreaterThan(20);
  });

  test('a request behind a number has the part around it ringed, one that is not there nothing', () => {
    const state = picture.stateAt(horizonMs * 0.9);
    const crowded = state.parts.find(({ waiting }) => waiting.length > 0);
    if (!crowded) throw new Error('Somebody waits at the slow server.');
    const [ring] = ringAroundPart(picture.description, state, size, crowded.waiting.at(crowded.waiting.length - 1));
    const box = partBoxes(picture.description, size).find(({ id }) => id === crowded.part.id);
    expect(ring).toMatchObject({ type: 'rectangle', x: (box?.x ?? 0) - 4, y: (box?.y ?? 0) - 4 });
    expect(ringAroundPart(picture.description, state, size, 99_999_999)).toEqual([]);
    expect(ringAround(picture.shapesAt(0, view), 99_999_999)).toEqual([]);
  });
});
