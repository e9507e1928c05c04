// Parts without places of service: the customers with what became of their requests, clients, balancer, cache.

import { fates, type PartDescription, type PartReplay, partStates, type ReplayState, spoken } from '@by-the-slice/simulation';
import type { Shape } from '../shapes';
import { pictureWords as texts } from '../words';
import { numberOf } from './columns';
import { fateSign } from './dots';
import { hatchPath, type Rect } from './geometry';
import { isOneOfMany, type Placed } from './layout';
import { stateShape } from './servers';
import { counted, fitted, widthOf, words } from './text';

export interface NodeLook {
  isVertical: boolean;
  levelNames: readonly string[];
  /** Members in rotation and in all, for a balancer. */
  rotation: [number, number];
  /** The recording began with the run: counts are those of the whole run. */
  hasCounts: boolean;
}

export function drawNode(placed: Placed, state: PartReplay, whole: ReplayState, look: NodeLook): Shape[] {
  const { box, part } = placed;
  const shapes: Shape[] = [{ type: 'rectangle', ...box, radius: 8, fill: 'raised', stroke: 'quiet', strokeWidth: 1.25, part: part.name }];
  if (isOneOfMany(part)) return [...shapes, shortName(box, part)];
  if (part.kind === 'source') return [...shapes, ...drawSource(box, part.name, part.label, whole, look)];
  const isDown = state.state === partStates.down;
  if (isDown) {
    shapes[0].stroke = 'char';
    shapes[0].strokeWidth = 2;
    shapes.push({
      type: 'path',
      d: hatchPath({ x: box.x + 2, y: box.y + 2, width: box.width - 4, height: box.height - 4 }, 8),
      stroke: 'char',
      strokeWidth: 1,
      opacity: 0.22,
      part: part.name,
    });
  }
  const line = secondLine(state, look);
  const middle = box.y + box.height / 2;
  const x = box.x + box.width / 2;
  if (box.height < 44) {
    const text = isDown ? spoken(texts.down) : line;
    const whole = widthOf(part.label, 13) + (text ? 8 + widthOf(text, 12) : 0);
    shapes.push(
      words({ x: x - whole / 2, y: middle + 4.5 }, part.label, { weight: 600, fill: isDown ? 'quiet' : 'text', part: part.name }),
    );
    if (text)
      shapes.push(
        words({ x: x + whole / 2, y: middle + 4.5 }, text, { size: 12, anchor: 'end', fill: isDown ? 'char' : 'quiet', part: part.name }),
      );
    return shapes;
  }
  const firstY = line || isDown ? middle - 4 : middle + 4.5;
  shapes.push(
    words({ x, y: firstY }, fitted(part.label, box.width - 10, 13), {
      weight: 600,
      anchor: 'middle',
      fill: isDown ? 'quiet' : 'text',
      part: part.name,
    }),
  );
  if (isDown) {
    shapes.push(
      ...stateShape({ x: x - 21, y: middle + 10.5 }, state, part.name),
      words({ x: x - 11, y: middle + 15 }, spoken(texts.down), { size: 12, weight: 600, fill: 'char', part: part.name }),
    );
  } else if (line)
    shapes.push(
      words({ x, y: middle + 15 }, fitted(line, box.width - 6, 12), { size: 12, anchor: 'middle', fill: 'quiet', part: part.name }),
    );
  return shapes;
}

/** The whole label, or, where there is no room for it, its number. */
function shortName(box: Rect, part: PartDescription): Shape {
  const text = widthOf(part.label, 13) <= box.width - 10 ? part.label : String(numberOf(part));
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 + 4.5 };
  return words(at, text, { weight: 600, anchor: 'middle', part: part.name });
}

function secondLine(state: PartReplay, { levelNames, rotation }: NodeLook): string {
  const { kind } = state.part;
  const unread = state.levels[levelNames.indexOf('to read')];
  if (kind === 'balancer' && unread > 1) return spoken(texts.toRead, { count: counted(unread) });
  if (kind === 'balancer') return rotation[0] < rotation[1] ? spoken(texts.membersIn, { members: rotation[0], all: rotation[1] }) : '';
  if (kind === 'client') return state.holding.length > 0 ? spoken(texts.waiting, { count: counted(state.holding.length) }) : '';
  const keys = levelNames.indexOf('keys');
  if (kind === 'cache' && keys >= 0) return spoken(texts.keys, { count: counted(state.levels[keys] >= 0 ? state.levels[keys] : 0) });
  return state.holding.length > 0 ? spoken(texts.here, { count: counted(state.holding.length) }) : '';
}

const fateWords: readonly [number, string][] = [
  [fates.completed, texts.served],
  [fates.rejected, texts.rejected],
  [fates.failed, texts.failed],
  [fates.lost, texts.lost],
  [fates.timedOut, texts.timedOut],
  [fates.abandoned, texts.gaveUp],
];

function drawSource(box: Rect, part: string, label: string, { fates: ends }: ReplayState, { isVertical, hasCounts }: NodeLook): Shape[] {
  const known = hasCounts ? fateWords.filter(([fate]) => fate === fates.completed || ends[fate] > 0) : [];
  const told = known.map(([fate, word]): [number, string] => [fate, spoken(word)]);
  return isVertical ? besideTheName(box, part, label, ends, told) : belowTheName(box, part, label, ends, told);
}

function belowTheName(box: Rect, part: string, label: string, ends: Float64Array, told: readonly [number, string][]): Shape[] {
  const rows = told.slice(0, 4);
  const top = box.y + (box.height - 18 - rows.length * 17) / 2;
  const shapes: Shape[] = [words({ x: box.x + 10, y: top + 13 }, fitted(label, box.width - 16, 13), { weight: 600, part })];
  rows.forEach(([fate, word], row) => {
    const y = top + 31 + row * 17;
    const number = counted(ends[fate]);
    shapes.push(fateSign(fate, { x: box.x + 15, y: y - 4.5 }, 4), words({ x: box.x + 25, y }, number, { size: 12, font: 'mono', part }));
    shapes.push(words({ x: box.x + 29 + widthOf(number, 12, 'mono'), y }, word, { size: 12, fill: 'quiet', part }));
  });
  return shapes;
}

function besideTheName(box: Rect, part: string, label: string, ends: Float64Array, told: readonly [number, string][]): Shape[] {
  const shapes: Shape[] = [words({ x: box.x + 10, y: box.y + 19 }, label, { weight: 600, part })];
  const rows = told.slice(0, 4);
  rows.forEach(([fate, word], index) => {
    const column = index % 2;
    const y = box.y + 39;
    const x = box.x + 10 + column * (box.width / 2 - 4);
    if (index > 1) return;
    const number = counted(ends[fate]);
    shapes.push(fateSign(fate, { x: x + 5, y: y - 4.5 }, 4), words({ x: x + 14, y }, number, { size: 12, font: 'mono', part }));
    const room = box.width / (rows.length > 1 ? 2 : 1) - 24 - widthOf(number, 12, 'mono');
    if (room > widthOf(word, 12))
      shapes.push(words({ x: x + 18 + widthOf(number, 12, 'mono'), y }, word, { size: 12, fill: 'quiet', part }));
  });
  return shapes;
}
