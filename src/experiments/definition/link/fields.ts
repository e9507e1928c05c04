// The text of a link as fields (`name=value`, apart by semicolons), and fields by what they are about: side A, side B, all else.

export interface Field {
  name: string;
  value: string;
}

interface SideFields {
  values: Record<string, unknown>;
  /** As written, in their order. */
  interventions: string[];
}

const aboutAll = new Set(['x', 'id', 'seed', 'b', 't', 'm']);

export function fieldsOf(text: string): Field[] {
  const fields: Field[] = [];
  for (const piece of text.split(';')) {
    const cut = piece.indexOf('=');
    if (cut > 0) fields.push({ name: piece.slice(0, cut), value: decode(piece.slice(cut + 1)) });
  }
  return fields;
}

export function sideFields(fields: readonly Field[]): { a: SideFields; b: SideFields; rest: Map<string, string>; twice: Set<string> } {
  const a: SideFields = { values: {}, interventions: [] };
  const b: SideFields = { values: {}, interventions: [] };
  const rest = new Map<string, string>();
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { name, value } of fields) {
    const isB = name.startsWith('b.');
    const side = isB ? b : a;
    const own = isB ? name.slice(2) : name;
    if (own === 'i') {
      side.interventions.push(value);
      continue;
    }
    if (seen.has(name)) twice.add(name);
    seen.add(name);
    if (!isB && aboutAll.has(own)) rest.set(own, value);
    // Not by assignment: a field may be called __proto__.
    else Object.defineProperty(side.values, own, { value, enumerable: true, configurable: true, writable: true });
  }
  return { a, b, rest, twice };
}

/** Keeps what reads well in a fragment; everything else is percent-encoded. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(/%(2F|3A|2C|3D|2B)/g, (escaped) => decodeURIComponent(escaped));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
