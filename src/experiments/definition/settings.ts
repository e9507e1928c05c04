// Brings anything — a link, a tag, a command line, a fuzzer's noise — into a setting that can run, and says what was changed.
// Total (never throws, whatever it is given) and idempotent (what it returns, it returns unchanged).

import { type Intervention, spoken } from '@by-the-slice/simulation';
import type { ExperimentDefinition } from './defineExperiment';
import { numberOf, setParameter, setVerb, valueFor } from './live';
import { unitName } from './number';
import type { ListParameter, LiveParameter, NumberParameter, Parameter, Parameters, Values } from './parameters';
import { exactly, noticeOf, phrases } from './phrases';
import type { Notice, Setup } from './result';

export interface Settled extends Setup {
  notices: Notice[];
}

/** Untrusted settings: any shape at all. */
export interface RawSetup {
  values?: unknown;
  seed?: unknown;
  interventions?: unknown;
}

const greatestSeed = 4294967295;
const mostInterventions = 200;
const mostEvents = 2_000_000;
export const defaultSeed = 1;

export function defaultValues(definition: ExperimentDefinition): Values {
  return settle(definition, {}).values;
}

export function settle(definition: ExperimentDefinition, raw: RawSetup): Settled {
  const notices: Notice[] = [];
  const seed = settleSeed(raw.seed, notices);
  let values = constrained(definition, settleValues(definition.parameters, raw.values, notices), notices);
  const interventions = settleInterventions(definition, values, raw.interventions, notices);
  if (interventions.some(({ verb }) => verb === setVerb)) values = withoutHidden(definition, values);
  return { values, seed, interventions, notices };
}

function constrained(definition: ExperimentDefinition, given: Values, notices: Notice[]): Values {
  if (!definition.constrain) return given;
  const found = definition.constrain(given as never);
  const values = { ...(found.values as Values) };
  notices.push(...found.notices.map(({ about, text, values }) => noticeOf(about, text, values)));
  for (const [name, parameter] of Object.entries(definition.parameters)) {
    if (parameter.type === 'list') values[name] = settleList(name, parameter, values[name], values, []);
  }
  return values;
}

/**
 * A value that is not shown decides nothing, unless a live change brings it into play. Links do not hold it, so then it is its
 * default: a run and its link must be the same.
 */
function withoutHidden(definition: ExperimentDefinition, values: Values): Values {
  const shown = shownParameters(definition, values);
  const own = Object.fromEntries(shown.map((name) => [name, values[name]]));
  return constrained(definition, settleValues(definition.parameters, own, []), []);
}

const unitMs = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Length of a run in ms, shortened when it would pass 2 million events; 0 for a calculation. */
export function horizonMsOf(definition: ExperimentDefinition, values: Values): number {
  const { clock } = definition;
  if (!clock) return 0;
  const horizon = typeof clock.horizon === 'number' ? clock.horizon : clock.horizon(values as never);
  const wanted = horizon * unitMs[clock.unit];
  const events = definition.expectedEvents?.(values as never) ?? 0;
  return events > mostEvents ? Math.floor((wanted * mostEvents) / events) : wanted;
}

/** The notice that goes with a shortened horizon, if any. */
export function horizonNotice(definition: ExperimentDefinition, values: Values): Notice | undefined {
  const events = definition.expectedEvents?.(values as never) ?? 0;
  if (!definition.clock || events <= mostEvents) return undefined;
  const seconds = horizonMsOf(definition, values) / unitMs[definition.clock.unit];
  return noticeOf('horizon', phrases.longRun, {
    millions: exactly(Math.round(events / 100_000) / 10),
    length: exactly(Math.round(seconds * 10) / 10),
    unit: unitName(definition.clock.unit),
  });
}

/** Names of the parameters that are shown for these values. */
export function shownParameters(definition: ExperimentDefinition, values: Values): string[] {
  return Object.keys(definition.parameters).filter((name) => definition.parameters[name].shownWhen?.(values as never) ?? true);
}

function settleSeed(raw: unknown, notices: Notice[]): number {
  if (raw === undefined) return defaultSeed;
  const seed = asNumber(raw);
  if (seed !== null && Number.isInteger(seed) && seed >= 0 && seed <= greatestSeed) return seed;
  const words = { given: quoted(raw), greatest: exactly(greatestSeed), used: exactly(defaultSeed) };
  notices.push(noticeOf('seed', phrases.seed, words));
  return defaultSeed;
}

function settleValues(parameters: Parameters, raw: unknown, notices: Notice[]): Values {
  const given = raw !== null && typeof raw === 'object' ? (raw as Record<string, unknown>) : {};
  const values: Values = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    if (parameter.type !== 'list') values[name] = settleOne(name, parameter, Object.hasOwn(given, name) ? given[name] : undefined, notices);
  }
  for (const [name, parameter] of Object.entries(parameters)) {
    if (parameter.type === 'list')
      values[name] = settleList(name, parameter, Object.hasOwn(given, name) ? given[name] : undefined, values, notices);
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(parameters, name)) notices.push(noticeOf(name, phrases.unknown, { given: quoted(name) }));
  }
  return values;
}

function settleOne(name: string, parameter: Exclude<Parameter, ListParameter>, raw: unknown, notices: Notice[]): number | string | boolean {
  if (raw === undefined) return parameter.default;
  if (parameter.type === 'switch') {
    if (raw === true || raw === 'true' || raw === 'on' || raw === '1') return true;
    if (raw === false || raw === 'false' || raw === 'off' || raw === '0') return false;
    const used = spoken(parameter.default ? phrases.on : phrases.off);
    notices.push(noticeOf(name, phrases.notSwitch, { label: parameter.label, given: quoted(raw), used }));
    return parameter.default;
  }
  if (parameter.type === 'choice') {
    if (typeof raw === 'string' && Object.hasOwn(parameter.options, raw)) return raw;
    const options = Object.keys(parameter.options).join(', ');
    notices.push(noticeOf(name, phrases.notOption, { label: parameter.label, given: quoted(raw), options, used: parameter.default }));
    return parameter.default;
  }
  return settleNumber(name, parameter, raw, notices);
}

function settleNumber(about: string, parameter: NumberParameter, raw: unknown, notices: Notice[]): number {
  const value = asNumber(raw);
  if (value === null) {
    const words = { label: parameter.label, given: quoted(raw), used: exactly(parameter.default) };
    notices.push(noticeOf(about, phrases.notNumber, words));
    return parameter.default;
  }
  const whole = parameter.type === 'integer' ? Math.round(value) : value;
  const settled = Math.min(parameter.max, Math.max(parameter.min, whole));
  if (settled !== value) {
    const bounds = { min: exactly(parameter.min), max: exactly(parameter.max) };
    const words = { label: parameter.label, given: exactly(value), used: exactly(settled), ...bounds };
    notices.push(noticeOf(about, parameter.type === 'integer' ? phrases.outOfRangeWhole : phrases.outOfRange, words));
  }
  return settled;
}

function settleList(name: string, parameter: ListParameter, raw: unknown, values: Values, notices: Notice[]): number[] {
  const length = Math.max(0, Math.min(1000, Math.round(parameter.length(values as never))));
  let given: unknown[] = parameter.default;
  if (Array.isArray(raw)) given = raw.slice(0, 1000);
  else if (typeof raw === 'string') given = raw.split(',').slice(0, 1000);
  else if (raw !== undefined) notices.push(noticeOf(name, phrases.notList, { label: parameter.label, given: quoted(raw) }));
  const settled: number[] = [];
  for (let index = 0; index < length; index++) {
    settled.push(
      index < given.length
        ? settleNumber(`${name}, number ${index + 1}`, parameter.element, given[index], notices)
        : parameter.element.default,
    );
  }
  return settled;
}

function settleInterventions(definition: ExperimentDefinition, values: Values, raw: unknown, notices: Notice[]): Intervention[] {
  if (raw === undefined) return [];
  if (!Array.isArray(raw)) {
    notices.push(noticeOf('interventions', phrases.notInterventions));
    return [];
  }
  const horizonMs = horizonMsOf(definition, values);
  const settled: Intervention[] = [];
  for (const candidate of raw.slice(0, mostInterventions)) {
    const intervention = settleIntervention(candidate, horizonMs);
    if (intervention?.verb === setVerb) settled.push(settleChange(definition, values, intervention, notices));
    else if (intervention) settled.push(intervention);
    else notices.push(noticeOf('interventions', phrases.notIntervention, { given: quoted(candidate) }));
  }
  if (raw.length > mostInterventions) notices.push(noticeOf('interventions', phrases.manyInterventions, { most: mostInterventions }));
  return settled.sort((a, b) => a.atMs - b.atMs);
}

const word = /^[a-z][a-z0-9-]{0,40}$/i;
const partName = /^[a-z][a-z0-9 ._-]{0,40}(\/[a-z0-9._-]{1,40})?$/i;

function settleIntervention(raw: unknown, horizonMs: number): Intervention | undefined {
  if (raw === null || typeof raw !== 'object') return undefined;
  const given = raw as Record<string, unknown>;
  const atMs = asNumber(given.atMs);
  if (atMs === null || atMs < 0 || atMs > horizonMs || typeof given.verb !== 'string' || !word.test(given.verb)) return undefined;
  if (!Array.isArray(given.targets)) return undefined;
  const targets = given.targets.filter((target): target is string => typeof target === 'string' && partName.test(target)).slice(0, 64);
  if (targets.length === 0) return undefined;
  const settled: Intervention = { atMs, verb: given.verb, targets };
  const untilMs = given.untilMs === undefined ? null : asNumber(given.untilMs);
  if (untilMs !== null && untilMs > atMs) settled.untilMs = Math.min(untilMs, horizonMs);
  const numbers = given.verb === setVerb ? newValue(given.arguments) : numberArguments(given.arguments);
  if (numbers) settled.arguments = numbers;
  else if (given.verb === setVerb) return undefined;
  return settled;
}

function newValue(raw: unknown): { value: number } | undefined {
  const value = raw !== null && typeof raw === 'object' ? asNumber((raw as Record<string, unknown>).value) : null;
  return value === null ? undefined : { value };
}

/** A live change within the bounds of its parameter. One of what is not live, or not known, is kept: the run skips it and says so. */
function settleChange(definition: ExperimentDefinition, values: Values, change: Intervention, notices: Notice[]): Intervention {
  const one = { ...change, targets: change.targets.slice(0, 1) };
  const [name] = one.targets;
  const parameter = setParameter(definition, one);
  if (!parameter) return one;
  const value = settleNewValue(name, parameter, Number(one.arguments?.value), notices);
  const found: Notice[] = [];
  const fitting = numberOf(parameter, constrained(definition, { ...values, [name]: valueFor(parameter, value) }, found)[name]);
  if (fitting !== value) notices.push(...found);
  return { ...one, arguments: { value: fitting } };
}

function settleNewValue(name: string, parameter: LiveParameter, value: number, notices: Notice[]): number {
  if ('min' in parameter) return settleNumber(name, parameter, value, notices);
  const options = 'options' in parameter ? Object.keys(parameter.options) : ['off', 'on'];
  if (Number.isInteger(value) && value >= 0 && value < options.length) return value;
  const settled = numberOf(parameter, parameter.default);
  const allowed = options.map((option, index) => `${index} (${option})`).join(', ');
  notices.push(noticeOf(name, phrases.notNewOption, { label: parameter.label, given: exactly(value), options: allowed, used: settled }));
  return settled;
}

function numberArguments(raw: unknown): Record<string, number> | undefined {
  if (raw === null || typeof raw !== 'object') return undefined;
  const pairs = Object.entries(raw).filter(([name, value]) => word.test(name) && typeof value === 'number' && value > 0 && value <= 1000);
  return pairs.length > 0 ? (Object.fromEntries(pairs) as Record<string, number>) : undefined;
}

function asNumber(raw: unknown): number | null {
  const value =
    typeof raw === 'number'
      ? raw
      : typeof raw === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(raw.trim())
        ? Number(raw)
        : Number.NaN;
  return Number.isFinite(value) ? value : null;
}

function quoted(raw: unknown): string {
  let text: string;
  try {
    text = typeof raw === 'string' ? raw : (JSON.stringify(raw) ?? String(raw));
  } catch {
    text = spoken(phrases.unwritable);
  }
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
