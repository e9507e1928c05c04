// A chart as a drawing for a paper or a slide: title, legend, plot, caption and where it comes from, in one picture that can be
// read alone. Drawn from the same model as the chart on screen.

import type { ChartDefinition } from '../../experiments/definition/defineExperiment';
import type { ChartData } from '../../experiments/definition/result';
import type { ColorName, Shape } from '../../picture/shapes';
import { axisName, type ChartModel, modelOf, roundTicks, type Series, sharesCategories, withUnit } from '../charts/chartModel';
import { acrossOf, heightOf, heightTicks, namesEvery, type Plot } from '../charts/plotting';
import { barShapes, lineShapes, sampleShapes } from './chartMarks';
import { type Drawing, ground, widthOf, wrapped } from './drawing';

interface ChartToDraw {
  definition: ChartDefinition;
  a: ChartData;
  b?: ChartData;
  horizonMs: number;
  /** Which run it is, in a line. */
  source: string;
}

const width = 760;
const edge = 24;
const plotHeight = 300;

export function chartDrawing({ definition, a, b, horizonMs, source }: ChartToDraw): Drawing {
  const models = modelsOf(definition, a, b, horizonMs);
  const shapes: Shape[] = [];
  let y = edge + 18;
  const say = (text: string, size: number, look: { weight?: 600 | 700; fill?: ColorName } = {}): void => {
    for (const line of wrapped(text, width - 2 * edge, size)) {
      shapes.push({ type: 'text', x: edge, y, text: line, size, ...look });
      y += size * 1.4;
    }
  };
  say(definition.title, 20, { weight: 700 });
  y = appendLegend(shapes, models, y + 4) + 14;
  say(axisName(definition.y), 13, { fill: 'quiet' });
  for (const model of models) {
    const height = models.length > 1 ? plotHeight * 0.7 : plotHeight;
    appendPlot(shapes, model, { top: y, bottom: y + height });
    y += height + 32;
  }
  shapes.push({ type: 'text', x: width - edge, y: y + 4, text: axisName(definition.x), size: 13, anchor: 'end', fill: 'quiet' });
  y += 32;
  say(definition.caption, 14);
  y += 4;
  say(source, 12, { fill: 'quiet' });
  const size = { width, height: Math.round(y + edge - 12) };
  return { shapes: [ground(size), ...shapes], size, title: definition.title, description: `${definition.caption} ${source}` };
}

/** One for both sides, or one each where their bars stand over different categories. */
function modelsOf(definition: ChartDefinition, a: ChartData, b: ChartData | undefined, horizonMs: number): ChartModel[] {
  if (!b || sharesCategories(a, b)) return [modelOf(definition, a, b, horizonMs)];
  return [a, b].map((data, index) => {
    const model = modelOf(definition, data, undefined, horizonMs);
    const side = index === 0 ? 'a' : 'b';
    const series = model.series
      .filter(({ rank }) => index === 0 || rank >= 0)
      .map((one): Series => ({ ...one, side, label: one.rank < 0 ? one.label : `${side.toUpperCase()}: ${one.label}` }));
    return { ...model, series };
  });
}

/** Beside each other while there is room. Gives where it ends. */
function appendLegend(shapes: Shape[], models: readonly ChartModel[], top: number): number {
  let [x, y] = [edge, top];
  for (const { series, type } of models) {
    for (const one of series) {
      const taken = 38 + widthOf(one.label, 14) + 24;
      if (x > edge && x + taken > width - edge) {
        x = edge;
        y += 22;
      }
      shapes.push(...sampleShapes(one, type, x, y - 5), { type: 'text', x: x + 38, y, text: one.label, size: 14 });
      x += taken;
    }
  }
  return y + 12;
}

function appendPlot(shapes: Shape[], model: ChartModel, { top, bottom }: Pick<Plot, 'top' | 'bottom'>): void {
  const ticks = heightTicks(model, 5);
  const names = ticks.map((tick) => withUnit(tick, ''));
  const left = edge + 12 + Math.max(...names.map((name) => name.length * 7.4));
  const plot: Plot = { left, right: width - edge, top: top + 6, bottom, highest: ticks[ticks.length - 1] };
  ticks.forEach((tick, index) => {
    const y = heightOf(plot, tick);
    shapes.push(
      { type: 'line', x1: left, y1: y, x2: plot.right, y2: y, stroke: index === 0 ? 'quiet' : 'line', strokeWidth: 1 },
      { type: 'text', x: left - 8, y: y + 4, text: names[index], size: 12, anchor: 'end', font: 'mono', fill: 'quiet' },
    );
  });
  const below = (x: number, text: string): Shape => ({
    type: 'text',
    x,
    y: bottom + 18,
    text,
    size: 12,
    anchor: 'middle',
    font: 'mono',
    fill: 'quiet',
  });
  if (model.type === 'bars') {
    const step = (plot.right - plot.left) / Math.max(1, model.rows.length);
    const every = namesEvery(model, plot);
    model.rows.forEach(({ x }, index) => {
      if (index % every === 0) shapes.push(below(plot.left + (index + 0.5) * step, String(x)));
    });
    shapes.push(...barShapes(model, plot));
    return;
  }
  const across = acrossOf(model, plot);
  for (const tick of roundTicks(model.domain, 7)) shapes.push(below(across(tick), withUnit(tick, '')));
  shapes.push(...lineShapes(model, plot, across));
  if (model.rows.length === 0)
    shapes.push({ type: 'text', x: (left + plot.right) / 2, y: (top + bottom) / 2, text: '–', size: 14, anchor: 'middle', fill: 'quiet' });
}
