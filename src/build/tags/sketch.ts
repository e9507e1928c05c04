// sketch={{experiment: 'one-server', metric: 'responseMsP95', over: 'arrivalsPerSecond', at: [2, 4, 6, 8, 9]}}
// sketch={{experiment: 'one-server', chart: 'line', series: 'inside', arrivalsPerSecond: 11}}: how a line of a chart develops.
// The reader draws, the build computes: the curve is never typed.

import { spoken } from '@by-the-slice/simulation';
import type { ChartDefinition, ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { unitName } from '../../experiments/definition/number';
import type { NumberParameter } from '../../experiments/definition/parameters';
import type { Setup } from '../../experiments/definition/result';
import { settle } from '../../experiments/definition/settings';
import type { Answer, SketchAnswer, SketchAxis, SketchPoint } from '../../experiments/definition/twin';
import { chartCurve, metricCurve } from '../curve';
import type { CurvePoint } from '../curveAnswer';
import type { Given } from '../given';
import { momentOf } from '../moment';
import type { Page } from '../page';
import { known, written } from '../problems';
import { buildSentences } from '../sentences';
import { readSetup, wrongValue } from '../setup';

const ownProperties = ['experiment', 'metric', 'over', 'at', 'chart', 'series', 'top'];
const fewest = 5;
const most = 12;
/** Stretches of a run, where the curve is over time. */
const stretches = 9;

export async function sketchOf(given: Given, page: Page): Promise<Answer | undefined> {
  const asked = given.inside('sketch');
  const definition = asked && (await page.definition(asked, 'experiment'));
  if (!asked || !definition) return undefined;
  const top = asked.take('top', 'number');
  const sketch = asked.has('chart') ? await overTime(definition, asked, page) : await overParameter(definition, asked, page);
  if (!sketch || top === undefined) return sketch;
  if (top > sketch.y.top / 2) return { ...sketch, y: { ...sketch.y, top } };
  page.problems.add(asked.at('top'), `top of ${asked.owner} is ${top}; the curve reaches ${sketch.y.top}, and must have room.`);
  return undefined;
}

async function overParameter(definition: ExperimentDefinition, asked: Given, page: Page): Promise<SketchAnswer | undefined> {
  const metric = page.metric(definition, asked);
  const name = parameterIn(definition, asked, page);
  const at = pointsIn(definition, name, asked, page);
  const setup = readSetup(definition, asked, page.problems, { others: ownProperties });
  if (metric === undefined || name === undefined || !at || !setup) return undefined;
  const setups = at.map((x) => ({ x, setup: withValue(definition, setup, name, x, asked, page) }));
  const curve = await metricCurve(page.course, definition, metric, setups);
  const { label, unit } = definition.metrics[metric];
  const parameter = definition.parameters[name] as NumberParameter;
  const onPage = page.experiments.has(definition.id);
  const sketch = assembled(curve, { label: parameter.label, unit: parameter.unit }, { label, unit }, asked, page);
  if (!sketch || !onPage) return sketch;
  for (const [index, point] of sketch.points.entries()) point.moment = await momentOf(page.course, definition, setups[index].setup);
  return sketch;
}

/** The setting with one value changed, and whatever follows from it (lists get their new length). */
function withValue(definition: ExperimentDefinition, setup: Setup, name: string, x: number, asked: Given, page: Page): Setup {
  const { notices, ...settled } = settle(definition, { ...setup, values: { ...setup.values, [name]: x } });
  for (const { text } of notices) page.problems.add(asked.at('at'), `${asked.owner} asks for something that does not fit: ${text}`);
  return settled;
}

async function overTime(definition: ExperimentDefinition, asked: Given, page: Page): Promise<SketchAnswer | undefined> {
  const chart = asked.need('chart', 'text') as string;
  const line = asked.need('series', 'text');
  const setup = readSetup(definition, asked, page.problems, { others: ownProperties });
  const found: ChartDefinition | undefined = Object.hasOwn(definition.charts, chart) ? definition.charts[chart] : undefined;
  if (!found) {
    page.problems.add(asked.at('chart'), `${definition.id} has no chart "${chart}". ${known(chart, Object.keys(definition.charts))}`);
    return undefined;
  }
  if (line === undefined || !setup) return undefined;
  if (!Object.hasOwn(found.series, line)) {
    page.problems.add(asked.at('series'), `The chart ${chart} has no series "${line}". ${known(line, Object.keys(found.series))}`);
    return undefined;
  }
  const curve = await chartCurve(page.course, definition, { chart, line, stretches }, setup);
  // On a chart's axis a percent is a share; a parameter in percent holds percent.
  const shares = found.x.unit === '%' ? curve.map((point) => ({ ...point, x: point.x * 100 })) : curve;
  const sketch = assembled(
    shares,
    found.x,
    { ...found.y, label: spoken(buildSentences.chartLine, { chart: found.title, line: found.series[line].label }) },
    asked,
    page,
  );
  if (!sketch || !page.experiments.has(definition.id)) return sketch;
  const moment = await momentOf(page.course, definition, setup);
  return { ...sketch, points: sketch.points.map((point) => ({ ...point, moment })) };
}

function parameterIn(definition: ExperimentDefinition, asked: Given, page: Page): string | undefined {
  const name = asked.need('over', 'text');
  if (name === undefined) return undefined;
  const numeric = Object.entries(definition.parameters).flatMap(([key, { type }]) =>
    type === 'number' || type === 'integer' ? [key] : [],
  );
  if (numeric.includes(name)) return name;
  page.problems.add(asked.at('over'), `${definition.id} has no number "${name}" to vary. ${known(name, numeric)}`);
  return undefined;
}

function pointsIn(definition: ExperimentDefinition, name: string | undefined, asked: Given, page: Page): number[] | undefined {
  const at = asked.need('at', 'list');
  if (!at || name === undefined) return undefined;
  const wrong = at
    .map((value, index) => wrongValue(`at of ${asked.owner}, number ${index + 1},`, definition.parameters[name], value))
    .find((sentence) => sentence !== undefined);
  const rises = at.every((value, index) => index === 0 || Number(value) > Number(at[index - 1]));
  if (wrong === undefined && rises && at.length >= fewest && at.length <= most) return at as number[];
  page.problems.add(
    asked.at('at'),
    wrong ?? `at of ${asked.owner} is ${written(at)}; it takes ${fewest} to ${most} numbers, each larger than the one before.`,
  );
  return undefined;
}

function assembled(curve: readonly CurvePoint[], x: SketchAxis, y: SketchAxis, asked: Given, page: Page): SketchAnswer | undefined {
  const scaleY = y.unit === '%' ? 100 : 1;
  const points: SketchPoint[] = [];
  for (const { x: at, estimate } of curve) {
    if ('missing' in estimate) {
      page.problems.add(
        asked.at(asked.has('metric') ? 'metric' : 'series'),
        `${asked.owner} has no value at ${at} in ${estimate.missing} of 20 runs (too few samples, or nothing to measure).`,
      );
      return undefined;
    }
    points.push({ x: at, y: estimate.mean * scaleY, halfWidth: estimate.halfWidth * scaleY });
  }
  const highest = Math.max(...points.map((point) => point.y));
  const top = y.unit === '%' && highest <= 100 ? 100 : roundTop(highest * 1.3);
  return {
    type: 'sketch',
    x: { label: x.label, unit: unitName(x.unit) },
    y: { label: y.label, unit: unitName(y.unit), top },
    points,
    basis: spoken(buildSentences.eachPoint),
  };
}

/** The next of 1, 2, 2.5, 5 or 10 times a power of ten: a scale that tells little about the curve, and reads well. */
function roundTop(value: number): number {
  if (!(value > 0)) return 1;
  let power = 1;
  while (power * 10 <= value) power *= 10;
  while (power > value) power /= 10;
  return power * ([1, 2, 2.5, 5].find((step) => step * power >= value) ?? 10);
}
