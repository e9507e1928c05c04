import { greatCircleKm } from '@by-the-slice/simulation';
import { describe, expect, test } from 'vitest';
import { cities } from '../../src/experiments/definition/cities';
import { runExperiment } from '../../src/experiments/definition/run';
import { settle } from '../../src/experiments/definition/settings';
import locations from '../../src/experiments/locations';
import { partBoxes } from '../../src/picture/flow';
import { FlowPicture } from '../../src/picture/flowPicture';
import { nightPath, noonLongitude, wayPath } from '../../src/picture/map/ground';
import { along, projection } from '../../src/picture/map/projection';
import type { Shape } from '../../src/picture/shapes';

const sizes = [
  { width: 800, height: 380 },
  { width: 640, height: 360 },
  { width: 340, height: 420 },
  { width: 330, height: 340 },
];
const { trace } = runExperiment(locations, settle(locations, { values: { hours: 12 } }), { record: { detail: 'all' } });
if (!trace) throw new Error('The run was not recorded.');
const picture = new FlowPicture(trace, locations.scene);
const shapesAt = (tMs: number, size = sizes[0]): Shape[] => picture.shapesAt(tMs, { size, msPerSecond: 8000 });
const of = (shapes: readonly Shape[], part: string): Shape[] => shapes.filter((shape) => shape.part === part);
const ways = (shapes: readonly Shape[]): Shape[] => shapes.filter((shape) => shape.type === 'path' && shape.stroke === 'tomato');

describe('the map', () => {
  test.each(sizes)('keeps every place and word on a sheet of $width × $height', (size) => {
    for (const tMs of [0, 75_000, 110_000]) {
      for (const shape of shapesAt(tMs, size)) {
        if (!('x' in shape)) continue;
        expect(shape.x).toBeGreaterThanOrEqual(-1);
        expect(shape.x).toBeLessThanOrEqual(size.width + 1);
        expect(shape.y).toBeGreaterThanOrEqual(0);
        expect(shape.y).toBeLessThanOrEqual(size.height + 1);
      }
    }
  });

  test.each(sizes)('has a button for every city on a sheet of $width × $height, apart from the others', (size) => {
    const boxes = partBoxes(picture.description, size);
    expect(boxes.map(({ name }) => name).sort()).toEqual(cities.map(({ name }) => name).sort());
    for (const a of boxes) for (const b of boxes) if (a !== b) expect(Math.abs(a.x - b.x) + Math.abs(a.y - b.y)).toBeGreaterThan(15);
  });

  test('draws the same for the same instant, whichever way the cursor came', () => {
    const first = shapesAt(80_000);
    shapesAt(20_000);
    expect(shapesAt(80_000)).toEqual(first);
  });

  test('shows a dark city by a cross and its word, and a full one by a triangle', () => {
    expect(of(shapesAt(60_000), 'Tokyo').some(({ type }) => type === 'cross')).toBe(false);
    const shapes = shapesAt(110_000);
    expect(of(shapes, 'Tokyo').some(({ type }) => type === 'cross')).toBe(true);
    expect(of(shapes, 'Tokyo').some((shape) => shape.type === 'text' && shape.text === 'dark')).toBe(true);
    expect(of(shapes, 'Singapore').some(({ type }) => type === 'triangle')).toBe(true);
    expect(of(shapes, 'Frankfurt').some(({ type }) => type === 'triangle')).toBe(false);
  });

  test('shows traffic between cities only when somebody is sent away', () => {
    expect(ways(shapesAt(60_000))).toHaveLength(0);
    expect(ways(shapesAt(110_000))).toHaveLength(1);
  });

  test('knows where it is noon and where it is night', () => {
    expect(noonLongitude(12)).toBe(0);
    expect(noonLongitude(6)).toBe(90);
    expect(noonLongitude(0)).toBe(-180);
    // At noon in Greenwich the edge of the night lies lowest over Greenwich: in May the southern pole has no day.
    const sheet = projection(sizes[0]);
    const edge = [...nightPath(sheet, 12).matchAll(/[ML] ([\d.-]+) ([\d.-]+)/g)].slice(0, -2);
    const lowest = edge.reduce((best, [, x, y]) => (Number(y) > best.y ? { x: Number(x), y: Number(y) } : best), { x: 0, y: -1 });
    expect(Math.abs(lowest.x - sizes[0].width / 2)).toBeLessThan(sizes[0].width / 4);
  });

  test('follows the great circle, over the edge of the sheet where that is shorter', () => {
    const [sanFrancisco, newYork, , , , tokyo] = cities;
    const equator = along({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 90 }, 1 / 3);
    expect(equator.latitude).toBeCloseTo(0, 9);
    expect(equator.longitude).toBeCloseTo(30, 9);
    const sheet = projection(sizes[0]);
    expect(wayPath(sheet, sanFrancisco, tokyo).match(/M/g)).toHaveLength(2);
    expect(wayPath(sheet, sanFrancisco, newYork).match(/M/g)).toHaveLength(1);
    const middle = along(newYork, tokyo, 0.5);
    expect(greatCircleKm(newYork, middle)).toBeCloseTo(greatCircleKm(newYork, tokyo) / 2, 6);
    expect(greatCircleKm(middle, tokyo)).toBeCloseTo(greatCircleKm(newYork, tokyo) / 2, 6);
  });
});
