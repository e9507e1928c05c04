// A link that is the whole experiment: id, values, seed, interventions, side B, cursor. It lives in the fragment, which no server sees.
// Readable: #x=1;id=load-balancing;policy=random;seed=7;i=crash:servers/2:12300;b=1;b.policy=round-robin;t=20000;m=1a2b3c4d
// Version 1. Only what differs from the defaults is written. Reading is total: anything at all gives a setting and notices.

import type { Intervention } from '@by-the-slice/simulation';
import type { ExperimentDefinition } from './defineExperiment';
import type { Parameter, Values } from './parameters';
import type { Notice, Setup } from './result';
import { defaultSeed, defaultValues, settle, shownParameters } from './settings';

export interface LinkState extends Setup {
  sideB?: Pick<Setup, 'values' | 'interventions'>;
  cursorMs?: number;
  /** Hash of the model that the link was made with. */
  modelHash?: string;
}

export const linkVersion = 1;
const reserved = new Set(['id', 'seed', 'i', 'b', 't', 'm']);
const longest = 8000;

/** The fragment without `#`. */
export function writeLink(definition: ExperimentDefinition, state: LinkState): string {
  const fields = [`x=${linkVersion}`, `id=${definition.id}`, ...writeValues(definition, state.values, '')];
  if (state.seed !== defaultSeed) fields.push(`seed=${state.seed}`);
  fields.push(...state.interventions.map((intervention) => `i=${writeIntervention(intervention)}`));
  if (state.sideB) {
    fields.push('b=1', ...writeValues(definition, state.sideB.values, 'b.'));
    fields.push(...state.sideB.interventions.map((intervention) => `b.i=${writeIntervention(intervention)}`));
  }
  if (state.cursorMs !== undefined) fields.push(`t=${Math.round(state.cursorMs * 1000) / 1000}`);
  if (state.modelHash) fields.push(`m=${state.modelHash}`);
  return fields.join(';');
}

/** The experiment that a fragment is about, or null when it is not a link of ours. */
export function experimentOfLink(fragment: string): string | null {
  const text = fragment.replace(/^#/, '');
  if (!text.startsWith('x=')) return null;
  const id = /(?:^|;)id=([a-z0-9-]{1,60})(?:;|$)/.exec(text.slice(0, longest));
  return id ? id[1] : null;
}

export function readLink(definition: ExperimentDefinition, fragment: string): { state: LinkState; notices: Notice[] } {
  const notices: Notice[] = [];
  const text = fragment.replace(/^#/, '');
  if (text.length > longest) notices.push({ about: 'link', text: `The link is longer than ${longest} characters; the rest is left out.` });
  const raw = { values: {} as Record<string, unknown>, interventions: [] as unknown[] };
  const rawB = { values: {} as Record<string, unknown>, interventions: [] as unknown[] };
  const rest: Record<string, string> = {};
  for (const field of text.slice(0, longest).split(';')) {
    const cut = field.indexOf('=');
    if (cut < 1) continue;
    const key = field.slice(0, cut);
    const value = decode(field.slice(cut + 1));
    const side = key.startsWith('b.') ? rawB : raw;
    const name = key.startsWith('b.') ? key.slice(2) : key;
    if (name === 'i') side.interventions.push(readIntervention(value));
    else if (side === raw && (reserved.has(name) || name === 'x')) rest[name] = value;
    else Object.defineProperty(side.values, name, { value, enumerable: true, configurable: true, writable: true });
  }
  if (rest.x !== undefined && rest.x !== String(linkVersion)) {
    notices.push({
      about: 'link',
      text: `The link is of version ${rest.x.slice(0, 20)}; this page reads version ${linkVersion}. What it could read is used.`,
    });
  }
  const { notices: notesA, ...setup } = settle(definition, { ...raw, seed: rest.seed });
  notices.push(...notesA);
  const state: LinkState = setup;
  if (rest.b === '1') {
    const { notices: notesB, values, interventions } = settle(definition, rawB);
    notices.push(...notesB.map((notice) => ({ ...notice, text: `Side B: ${notice.text}` })));
    state.sideB = { values, interventions };
  }
  const cursorMs = rest.t === undefined ? Number.NaN : Number(rest.t);
  if (cursorMs >= 0 && cursorMs < Infinity) state.cursorMs = cursorMs;
  if (rest.m) state.modelHash = rest.m.slice(0, 16);
  return { state, notices };
}

function writeValues(definition: ExperimentDefinition, values: Values, prefix: string): string[] {
  const defaults = defaultValues(definition);
  return shownParameters(definition, values)
    .filter((name) => definition.parameters[name].type === 'list' || String(values[name]) !== String(defaults[name]))
    .filter((name) => !isDefaultList(definition.parameters[name], values[name]))
    .map((name) => `${prefix}${name}=${encode(String(values[name]))}`);
}

function isDefaultList(parameter: Parameter, value: Values[string]): boolean {
  if (parameter.type !== 'list' || !Array.isArray(value)) return false;
  return value.every((element, index) => element === (parameter.default[index] ?? parameter.element.default));
}

function writeIntervention({ verb, targets, atMs, untilMs, arguments: given }: Intervention): string {
  const times = untilMs === undefined ? String(atMs) : `${atMs}-${untilMs}`;
  const numbers = Object.entries(given ?? {}).map(([name, value]) => `:${name}=${value}`);
  return encode(`${verb}:${targets.join('+')}:${times}${numbers.join('')}`);
}

export function readIntervention(text: string): unknown {
  const [verb, targets = '', times = '', ...numbers] = text.split(':');
  const [atMs, untilMs] = times.split('-');
  const pairs = numbers.map((pair) => pair.split('='));
  return {
    verb,
    targets: targets.split('+'),
    atMs,
    ...(untilMs === undefined ? {} : { untilMs }),
    ...(pairs.length > 0 ? { arguments: Object.fromEntries(pairs.map(([name, value]) => [name, Number(value)])) } : {}),
  };
}

/** Keeps what reads well in a fragment; everything else is percent-encoded. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/%(2F|3A|2C|3D|2B)/g, (escaped) => decodeURIComponent(escaped));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
