// A system that is spread over the world, at one instant: land and night, cities with their load, and who is sent from where to
// where. It comes with the experiment that wants it (`scene.map`), so that pages without a map do not load one.

import { fates, type Place, type ReplayState, spoken } from '@by-the-slice/simulation';
import type { FlowDescription, FlowOptions, Move, PartBox } from './flow';
import { fateSign, requestDot } from './flow/dots';
import type { Point, Rect } from './flow/geometry';
import { words } from './flow/text';
import { type CityLook, drawCity, drawRow } from './map/city';
import { landPath, nightPath, noonLongitude, wayPath } from './map/ground';
import { along, type Projection, projection } from './map/projection';
import type { PictureOf } from './scene';
import type { Shape, Size } from './shapes';
import { pictureWords } from './words';

interface MapPlace extends Place {
  /** Two letters for a map on which names find no room. */
  short: string;
  /** Where its name stands on a wide map, when not beneath it: beside a city that much traffic leaves to the south. */
  label?: 'right';
  /** Name of the part that serves there. */
  kitchen: string;
  /** Names of the parts that belong to its customers. */
  customers: readonly string[];
}

interface WorldMap {
  /** The run begins at midnight in Greenwich. */
  dayMs: number;
  places: readonly MapPlace[];
}

/** What does not change with the time: path data for one size of the sheet. */
interface Sheet {
  size: Size;
  projected: Projection;
  land: string;
  /** By hour, in tenths. */
  nights: Map<number, string>;
  /** From place to place. */
  ways: string[][];
}

const mostSheets = 4;
const nightsPerHour = 10;
const narrowest = 1.2;
const widest = 9;
const widthPerRequest = 1;
const boxSide = 44;
const rowGap = 26;

export function worldMap(world: WorldMap): PictureOf {
  const sheets: Sheet[] = [];
  const sheetOf = (size: Size): Sheet => {
    const known = sheets.find((one) => one.size.width === size.width && one.size.height === size.height);
    if (known) return known;
    const made = sheetFor(world, size);
    sheets.push(made);
    if (sheets.length > mostSheets) sheets.shift();
    return made;
  };
  return {
    shapes: (description, state, moves, options) => draw(world, sheetOf(options.size), description, state, moves, options),
    boxes: (description, size) => boxesOf(world, sheetOf(size), description),
  };
}

function sheetFor({ places }: WorldMap, size: Size): Sheet {
  const projected = projection(size);
  const ways = places.map((from) => places.map((to) => (from === to ? '' : wayPath(projected, from, to))));
  return { size: { ...size }, projected, land: landPath(projected), nights: new Map(), ways };
}

function draw(
  world: WorldMap,
  sheet: Sheet,
  description: FlowDescription,
  state: ReplayState,
  moves: readonly Move[],
  options: FlowOptions,
): Shape[] {
  const { projected, size } = sheet;
  const placeOf = placesByPart(world, description);
  const shapes = [...drawGround(world, sheet, state.timeMs), ...drawWays(world, sheet, description, placeOf, options)];
  for (const move of moves) shapes.push(...drawMove(world, projected, move, placeOf, state.timeMs, options));
  world.places.forEach((place, index) => {
    const look = lookOf(place, description, state, options);
    if (!look) return;
    shapes.push(...drawCity(look, projected.at(place), projected.isNarrow));
    if (projected.isNarrow) shapes.push(...drawRow(look, rowOf(projected, size, index, world.places.length)));
  });
  return shapes;
}

function drawGround({ dayMs }: WorldMap, sheet: Sheet, timeMs: number): Shape[] {
  const { projected, nights } = sheet;
  const { frame } = projected;
  const hour = ((timeMs % dayMs) / dayMs) * 24;
  const step = Math.floor(hour * nightsPerHour);
  let night = nights.get(step);
  if (night === undefined) {
    night = nightPath(projected, step / nightsPerHour);
    nights.set(step, night);
  }
  const noon = projected.at({ latitude: 90, longitude: noonLongitude(hour) });
  const bottom = frame.y + frame.height;
  const midnight = projected.at({ latitude: -90, longitude: noonLongitude(hour + 12) });
  const clock = `${Math.floor(hour)}:${String(Math.floor((hour % 1) * 60)).padStart(2, '0')}`;
  return [
    { type: 'path', d: sheet.land, fill: 'line', stroke: 'quiet', strokeWidth: 0.4 },
    { type: 'path', d: night, fill: 'blueprint', opacity: 0.2 },
    { type: 'circle', x: noon.x, y: noon.y + 7, radius: 5.5, fill: 'crust' },
    words({ x: frame.x + 6, y: bottom - 7 }, spoken(pictureWords.hourInGreenwich, { time: clock }), {
      size: 12,
      font: 'mono',
      fill: 'text',
    }),
    ...(projected.isNarrow ? [] : [besideSun(noon.x, noon.y, frame.x + frame.width), nightWord(midnight.x, bottom, frame)]),
  ];
}

function besideSun(x: number, y: number, end: number): Shape {
  const isLeft = x > end - 60;
  return words({ x: x + (isLeft ? -10 : 10), y: y + 11 }, spoken(pictureWords.noon), {
    size: 12,
    anchor: isLeft ? 'end' : 'start',
    fill: 'quiet',
  });
}

/** Not where the clock stands. */
function nightWord(x: number, bottom: number, frame: Rect): Shape {
  const at = Math.max(frame.x + 190, Math.min(frame.x + frame.width - 24, x));
  return words({ x: at, y: bottom - 7 }, spoken(pictureWords.night), { size: 12, anchor: 'middle', fill: 'quiet' });
}

/** Who is sent to another city: a band along the great circle, as wide as what flows. */
function drawWays(
  { places }: WorldMap,
  { ways }: Sheet,
  { links }: FlowDescription,
  placeOf: ReadonlyMap<number, number>,
  { rates, side }: FlowOptions,
): Shape[] {
  const flows = places.map(() => places.map(() => 0));
  links.forEach(({ from, to }, link) => {
    const [home, kitchen] = [placeOf.get(from), placeOf.get(to)];
    if (home !== undefined && kitchen !== undefined && home !== kitchen) flows[home][kitchen] += rates?.[link] ?? 0;
  });
  return flows.flatMap((row, home) =>
    row.flatMap((flow, kitchen): Shape[] => {
      if (flow <= 0) return [];
      const strokeWidth = Math.min(widest, narrowest + flow * widthPerRequest);
      return [{ type: 'path', d: ways[home][kitchen], stroke: side === 'b' ? 'plum' : 'tomato', strokeWidth, opacity: 0.45 }];
    }),
  );
}

/** On its way to another city and back; of those who stay, only who was turned away rises from the city. */
function drawMove(
  { places }: WorldMap,
  { at }: Projection,
  move: Move,
  placeOf: ReadonlyMap<number, number>,
  nowMs: number,
  { side = 'a' }: FlowOptions,
): Shape[] {
  const from = placeOf.get(move.path[0]);
  const to = placeOf.get(move.path[move.path.length - 1]);
  if (from === undefined || to === undefined) return [];
  const share = Math.min(1, Math.max(0, (nowMs - move.departMs) / (move.arriveMs - move.departMs)));
  const hasFailed = move.fate >= 0 && move.fate !== fates.completed;
  if (from === to) {
    if (!hasFailed) return [];
    const place = at(places[from]);
    return [{ ...fateSign(move.fate, risen(place, share, move.request), 4), request: move.request }];
  }
  const place = at(along(places[from], places[to], share));
  if (move.fate < 0) return [{ ...requestDot(place, move.size, side, undefined, move.request), opacity: 0.8 }];
  return [{ ...fateSign(move.fate, place, hasFailed ? 4 : 3, move.isLate), request: move.request }];
}

/** Side by side, so that many at once can be told apart. */
function risen({ x, y }: Point, share: number, request: number): Point {
  return { x: x + ((request % 7) - 3) * 5, y: y - 12 - share * 26 };
}

function placesByPart({ places }: WorldMap, { parts }: FlowDescription): Map<number, number> {
  const byName = new Map<string, number>();
  places.forEach(({ kitchen, customers }, index) => {
    for (const name of [kitchen, ...customers]) byName.set(name, index);
  });
  const byId = new Map<number, number>();
  for (const { id, name } of parts) {
    const place = byName.get(name);
    if (place !== undefined) byId.set(id, place);
  }
  return byId;
}

function lookOf(
  { kitchen, short, label }: MapPlace,
  { parts }: FlowDescription,
  state: ReplayState,
  { utilization }: FlowOptions,
): CityLook | undefined {
  const part = parts.find(({ name }) => name === kitchen);
  if (!part) return undefined;
  const now = state.parts[part.id];
  return { state: now, short: spoken(short), label, utilization: utilization?.[part.id] ?? now.busy / part.concurrency };
}

function rowOf({ frame }: Projection, { width, height }: Size, index: number, count: number) {
  const top = frame.y + frame.height + 6;
  const rowHeight = Math.min(rowGap + 8, Math.max(16, (height - top - 4) / count));
  return { x: 8, y: top + index * rowHeight, width: width - 16, height: rowHeight };
}

function boxesOf({ places }: WorldMap, { projected, size }: Sheet, { parts }: FlowDescription): PartBox[] {
  return places.flatMap((place, index): PartBox[] => {
    const part = parts.find(({ name }) => name === place.kitchen);
    if (!part) return [];
    const { name, id } = part;
    if (projected.isNarrow) return [{ name, id, ...rowOf(projected, size, index, places.length) }];
    const { x, y } = projected.at(place);
    return [{ name, id, x: x - boxSide / 2, y: y - boxSide / 2, width: boxSide, height: boxSide }];
  });
}
