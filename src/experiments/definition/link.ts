// A link that is the whole experiment: id, values, seed, interventions, side B, cursor. It lives in the fragment, which no server sees.
// Readable: #x=1;id=load-balancing;policy=random;seed=7;i=crash:servers/2:12300;b=1;b.policy=round-robin;t=20000;m=1a2b3c4d
// Only what differs from the defaults is written. Version 1 is written while it is short, version 2 (link/migrations.ts) where that
// saves room; both are read for ever. Reading is total: anything at all gives a setting and notices.

import type { ExperimentDefinition } from './defineExperiment';
import { encode, fieldsOf, sideFields } from './link/fields';
import { added, readInterventions, writeIntervention, writeInterventions } from './link/interventions';
import { migrated, newestVersion } from './link/migrations';
import type { Parameter, Values } from './parameters';
import { noticeOf, phrases } from './phrases';
import type { Notice, Setup } from './result';
import { defaultSeed, defaultValues, settle, shownParameters } from './settings';

export { readIntervention } from './link/interventions';
export { newestVersion as linkVersion } from './link/migrations';

export interface LinkState extends Setup {
  sideB?: Pick<Setup, 'values' | 'interventions'>;
  cursorMs?: number;
  /** Hash of the model that the link was made with. */
  modelHash?: string;
}

/** In characters. Above `chat` some programs cut an address; above `hard` this page reads no further. */
export const linkLimits = { chat: 2000, hard: 8000 } as const;
/** Up to here the plainer version is written, even where the other would be shorter. */
const plainUpTo = 500;
const mostNotices = 20;

/** The fragment without `#`. */
export function writeLink(definition: ExperimentDefinition, state: LinkState): string {
  const plain = written(definition, state, 1);
  if (plain.length <= plainUpTo) return plain;
  const compact = written(definition, state, 2);
  return compact.length < plain.length ? compact : plain;
}

function written(definition: ExperimentDefinition, state: LinkState, version: 1 | 2): string {
  const { values, interventions, seed, sideB, cursorMs, modelHash } = state;
  const list = version === 1 ? interventions.map(writeIntervention) : writeInterventions(interventions);
  const fields = [`x=${version}`, `id=${definition.id}`, ...writeValues(definition, values, '')];
  if (seed !== defaultSeed) fields.push(`seed=${seed}`);
  fields.push(...list.map((text) => `i=${text}`));
  if (sideB) fields.push(...(version === 2 ? writeFork(definition, state, sideB) : writeFresh(definition, sideB, '1', false)));
  if (cursorMs !== undefined) fields.push(`t=${Math.round(cursorMs * 1000) / 1000}`);
  if (modelHash) fields.push(`m=${modelHash}`);
  return fields.join(';');
}

type Side = Pick<Setup, 'values' | 'interventions'>;

function writeFresh(definition: ExperimentDefinition, sideB: Side, sign: string, groups: boolean): string[] {
  const list = groups ? writeInterventions(sideB.interventions) : sideB.interventions.map(writeIntervention);
  return [`b=${sign}`, ...writeValues(definition, sideB.values, 'b.'), ...list.map((text) => `b.i=${text}`)];
}

/** Only what sets side B apart from side A, where it does all that side A does. */
function writeFork(definition: ExperimentDefinition, sideA: Side, sideB: Side): string[] {
  const more = added(sideA.interventions, sideB.interventions);
  if (!more) return writeFresh(definition, sideB, 'fresh', true);
  return [
    'b=fork',
    ...writeValues(definition, sideB.values, 'b.', ownValues(definition, sideA.values)),
    ...writeInterventions(more).map((text) => `b.i=${text}`),
  ];
}

/** What a link says of side A, and so what side B starts from: shown values as they are, hidden ones at their defaults. */
export function ownValues(definition: ExperimentDefinition, values: Values): Values {
  const own = { ...defaultValues(definition) };
  for (const name of shownParameters(definition, values)) own[name] = values[name];
  return own;
}

function writeValues(definition: ExperimentDefinition, values: Values, prefix: string, base?: Values): string[] {
  return changedNames(definition, values, base).map((name) => `${prefix}${name}=${encode(String(values[name]))}`);
}

/** Shown parameters that differ from `base`; without one, from the defaults, to which lists are filled up. */
export function changedNames(definition: ExperimentDefinition, values: Values, base?: Values): string[] {
  const from = base ?? defaultValues(definition);
  return shownParameters(definition, values)
    .filter((name) => String(values[name]) !== String(from[name]))
    .filter((name) => base !== undefined || !isDefaultList(definition.parameters[name], values[name]));
}

function isDefaultList(parameter: Parameter, value: Values[string]): boolean {
  if (parameter.type !== 'list' || !Array.isArray(value)) return false;
  return value.every((element, index) => element === (parameter.default[index] ?? parameter.element.default));
}

/** The experiment that a fragment is about, or null when it is not a link of ours. */
export function experimentOfLink(fragment: string): string | null {
  const text = fragment.slice(0, linkLimits.hard).replace(/^#/, '');
  if (!text.startsWith('x=')) return null;
  const id = /(?:^|;)id=([a-z0-9-]{1,60})(?:;|$)/.exec(text);
  return id ? id[1] : null;
}

export function readLink(definition: ExperimentDefinition, fragment: string): { state: LinkState; notices: Notice[] } {
  const notices: Notice[] = [];
  if (fragment.length > linkLimits.hard) notices.push(noticeOf('link', phrases.longLink, { most: linkLimits.hard }));
  const { fields, version } = migrated(fieldsOf(fragment.slice(0, linkLimits.hard).replace(/^#/, '')));
  if (version !== undefined) notices.push(noticeOf('link', phrases.otherVersion, { version: version.slice(0, 20), newest: newestVersion }));
  const { a, b, rest, twice } = sideFields(fields);
  for (const name of twice) notices.push(noticeOf(name, phrases.twice, { name: name.slice(0, 40) }));
  const { notices: notesA, ...setup } = settle(definition, {
    values: a.values,
    interventions: readInterventions(a.interventions),
    seed: rest.get('seed'),
  });
  notices.push(...notesA);
  const state: LinkState = setup;
  const sideB = readSideB(definition, setup, b, rest.get('b'), notices);
  if (sideB) state.sideB = sideB;
  const cursorMs = readCursor(rest.get('t'), notices);
  if (cursorMs !== undefined) state.cursorMs = cursorMs;
  const modelHash = rest.get('m');
  if (modelHash) state.modelHash = modelHash.slice(0, 16);
  return { state, notices: fewOf(notices) };
}

function readCursor(text: string | undefined, notices: Notice[]): number | undefined {
  if (text === undefined) return undefined;
  const cursorMs = text.trim() === '' ? Number.NaN : Number(text);
  if (cursorMs >= 0 && cursorMs < Infinity) return cursorMs;
  notices.push(noticeOf('t', phrases.noTime, { given: text.slice(0, 20) }));
  return undefined;
}

function readSideB(
  definition: ExperimentDefinition,
  sideA: Side,
  given: ReturnType<typeof sideFields>['b'],
  sign: string | undefined,
  notices: Notice[],
): Side | undefined {
  if (sign === undefined) {
    if (given.interventions.length > 0 || Object.keys(given.values).length > 0) notices.push(noticeOf('b', phrases.noSideB));
    return undefined;
  }
  if (sign !== 'fresh' && sign !== 'fork') {
    notices.push(noticeOf('b', phrases.otherSideB, { kind: sign.slice(0, 20) }));
    return undefined;
  }
  const own = readInterventions(given.interventions);
  const raw =
    sign === 'fork'
      ? { values: { ...sideA.values, ...given.values }, interventions: [...sideA.interventions, ...own] }
      : { values: given.values, interventions: own };
  const { notices: notes, values, interventions } = settle(definition, raw);
  notices.push(...notes.map(({ about, text }) => noticeOf(about, phrases.onSideB, { notice: text })));
  return { values, interventions };
}

/** A link of nothing but mistakes must not fill the screen. */
function fewOf(notices: Notice[]): Notice[] {
  if (notices.length <= mostNotices) return notices;
  const more = notices.length - mostNotices + 1;
  return [...notices.slice(0, mostNotices - 1), noticeOf('link', phrases.moreNotices, { count: more })];
}
