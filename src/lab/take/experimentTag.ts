// The run as an `<Experiment …/>` tag for a page of one's own. The build checks tags strictly, so only what it would accept is written.

import type { Intervention } from '@by-the-slice/simulation';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { changedNames, ownValues } from '../../experiments/definition/link';
import type { Values } from '../../experiments/definition/parameters';
import type { Result } from '../../experiments/definition/result';
import { defaultSeed, horizonNotice } from '../../experiments/definition/settings';
import type { Taken } from './taken';

/** Null when the build would refuse it: runs that are cut short because they are too long have no tag. */
export function experimentTag({ definition, sides, seed, cursorMs }: Taken): string | null {
  const [{ result: a }, b] = sides;
  if (sides.some(({ result }) => horizonNotice(definition, result.values))) return null;
  const properties = [`id=${JSON.stringify(definition.id)}`, ...values(definition, a.values)];
  if (seed !== defaultSeed) properties.push(`seed={${seed}}`);
  const interventions = foundTheirParts(a);
  if (interventions.length > 0) properties.push(`interventions={${listText(interventions)}}`);
  if (b) properties.push(`compare={${sideText(definition, a, b.result)}}`);
  if (cursorMs !== undefined) properties.push(`cursorMs={${Math.round(cursorMs)}}`);
  return `<Experiment ${properties.join(' ')} />`;
}

function values(definition: ExperimentDefinition, given: Values): string[] {
  return changedNames(definition, given).map((name) => {
    const value = given[name];
    return typeof value === 'string' && /^[\w .-]*$/.test(value) ? `${name}="${value}"` : `${name}={${literal(value)}}`;
  });
}

/** Side B starts from side A's values and interventions. */
function sideText(definition: ExperimentDefinition, a: Result, b: Result): string {
  const changed = changedNames(definition, b.values, ownValues(definition, a.values));
  const entries = changed.map((name) => `${key(name)}: ${literal(b.values[name])}`);
  const [ofA, ofB] = [foundTheirParts(a), foundTheirParts(b)].map(listText);
  if (ofA !== ofB) entries.push(`interventions: ${ofB}`);
  return `{${entries.join(', ')}}`;
}

/** An intervention that finds nothing to act on changes nothing, and a page may not have one. */
function foundTheirParts({ interventions, skipped }: Result): Intervention[] {
  const missed = new Set(skipped);
  return interventions
    .map((intervention, index) => ({
      ...intervention,
      targets: intervention.targets.filter((target) => !missed.has(`${index}:${target}`)),
    }))
    .filter(({ targets }) => targets.length > 0);
}

function listText(interventions: readonly Intervention[]): string {
  const texts = interventions.map(({ atMs, untilMs, verb, targets, arguments: given }) => {
    const entries = [`atMs: ${atMs}`];
    if (untilMs !== undefined) entries.push(`untilMs: ${untilMs}`);
    entries.push(`verb: ${literal(verb)}`, `targets: [${targets.map(literal).join(', ')}]`);
    if (given) {
      const numbers = Object.entries(given).map(([name, value]) => `${key(name)}: ${value}`);
      entries.push(`arguments: {${numbers.join(', ')}}`);
    }
    return `{${entries.join(', ')}}`;
  });
  return `[${texts.join(', ')}]`;
}

function literal(value: Values[string]): string {
  if (Array.isArray(value)) return `[${value.join(', ')}]`;
  if (typeof value !== 'string') return String(value);
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

function key(name: string): string {
  return /^[a-z]\w*$/i.test(name) ? name : literal(name);
}
