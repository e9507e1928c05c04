// What an author wrote: the properties of a tag, or of an object inside one. Each is taken once, by name and type; what nobody
// took is unknown, and is reported with what is known.

import { evaluate, type Literal, NotLiteral, type Places } from './literals';
import { type Node, type Point, placeOf } from './nodes';
import { kindOf, known, type Problems, written } from './problems';

interface Entry {
  value: Literal;
  place: Point;
}

interface Types {
  text: string;
  number: number;
  switch: boolean;
  list: Literal[];
  object: { [key: string]: Literal };
}

const typeWords: Record<keyof Types, string> = {
  text: 'a text in quotes',
  number: 'a number in braces, like {5}',
  switch: '{true} or {false}',
  list: "a list in braces, like {['a', 'b']}",
  object: 'settings in two pairs of braces, like {{servers: 5}}',
};

export class Given {
  private readonly taken = new Set<string>();

  constructor(
    /** As messages name it: `<Result>`, or `answer of <Predict>`. */
    readonly owner: string,
    readonly place: Point,
    private readonly entries: Map<string, Entry>,
    private readonly places: Places,
    private readonly problems: Problems,
  ) {}

  has(name: string): boolean {
    return this.entries.has(name);
  }

  at(name: string): Point {
    return this.entries.get(name)?.place ?? this.place;
  }

  /** Of any type; undefined when it is not there. */
  raw(name: string): Literal | undefined {
    this.taken.add(name);
    return this.entries.get(name)?.value;
  }

  take<T extends keyof Types>(name: string, type: T): Types[T] | undefined {
    const value = this.raw(name);
    if (value === undefined || isOf(value, type)) return value as Types[T] | undefined;
    this.problems.add(this.at(name), `${name} of ${this.owner} is ${written(value)}, ${kindOf(value)}; it takes ${typeWords[type]}.`);
    return undefined;
  }

  need<T extends keyof Types>(name: string, type: T): Types[T] | undefined {
    if (!this.has(name)) this.problems.add(this.place, `${this.owner} lacks ${name}: ${typeWords[type]}.`);
    return this.take(name, type);
  }

  texts(name: string): string[] | undefined {
    const list = this.take(name, 'list');
    if (list === undefined || list.every((element): element is string => typeof element === 'string')) return list;
    this.problems.add(this.at(name), `${name} of ${this.owner} takes a list of texts only: {['a', 'b']}.`);
    return undefined;
  }

  /** The entries of an object, to be taken in their turn. */
  inside(name: string): Given | undefined {
    const value = this.take(name, 'object');
    return value && this.within(name, value, this.at(name));
  }

  /** Takes an object's entries as if they stood here: `values: {servers: 5}` is the same as `servers: 5`. */
  absorb(name: string): void {
    const value = this.take(name, 'object');
    for (const [key, entry] of value ? this.entriesOf(value, this.at(name)) : []) this.entries.set(key, entry);
  }

  /** Every element of a list of objects. */
  insideEach(name: string): Given[] {
    const list = this.take(name, 'list') ?? [];
    const places = this.places.get(list);
    return list.flatMap((element, index) => {
      const place = places?.get(String(index)) ?? this.at(name);
      if (isOf(element, 'object')) return [this.within(`${name}[${index}]`, element as Types['object'], place)];
      this.problems.add(this.at(name), `${name} of ${this.owner} takes a list of objects: {[{…}, {…}]}.`);
      return [];
    });
  }

  /** Names that nobody has taken so far. */
  rest(): string[] {
    return [...this.entries.keys()].filter((name) => !this.taken.has(name));
  }

  refuseRest(knownNames: readonly string[]): void {
    for (const name of this.rest()) {
      this.problems.add(this.at(name), `${this.owner} has no property ${name}. ${known(name, knownNames)}`);
    }
  }

  private within(name: string, value: Types['object'], place: Point): Given {
    return new Given(`${name} of ${this.owner}`, place, this.entriesOf(value, place), this.places, this.problems);
  }

  private entriesOf(value: Types['object'], place: Point): Map<string, Entry> {
    const where = this.places.get(value);
    return new Map(Object.entries(value).map(([key, inner]) => [key, { value: inner, place: where?.get(key) ?? place }]));
  }
}

function isOf(value: Literal, type: keyof Types): boolean {
  if (type === 'list') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === { text: 'string', number: 'number', switch: 'boolean' }[type];
}

/** The properties of a tag as literals. What is none is a problem, and is left out. */
export function givenOf(node: Node, problems: Problems): Given {
  const owner = `<${node.name}>`;
  const entries = new Map<string, Entry>();
  const places: Places = new WeakMap();
  for (const attribute of node.attributes ?? []) {
    const place = attribute.position ? placeOf(attribute) : placeOf(node);
    if (attribute.type !== 'mdxJsxAttribute' || attribute.name === undefined) {
      problems.add(place, `${owner} has a spread ({...}); each property is written out, as name={value}.`);
      continue;
    }
    if (entries.has(attribute.name)) {
      problems.add(place, `${owner} has ${attribute.name} twice.`);
      continue;
    }
    const value = literalOf(attribute.value, attribute.name, owner, place, places, problems);
    if (value !== undefined) entries.set(attribute.name, { value, place });
  }
  return new Given(owner, placeOf(node), entries, places, problems);
}

type AttributeContent = NonNullable<Node['attributes']>[number]['value'];

function literalOf(
  value: AttributeContent,
  name: string,
  owner: string,
  place: Point,
  places: Places,
  problems: Problems,
): Literal | undefined {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value;
  const statement = value.data?.estree?.body[0];
  try {
    if (statement?.type !== 'ExpressionStatement' || !statement.expression) throw new NotLiteral('nothing', undefined);
    return evaluate(statement.expression, places);
  } catch (error) {
    if (!(error instanceof NotLiteral)) throw error;
    problems.add(
      error.place ?? place,
      `${name} of ${owner} is ${error.found}; a property is a literal: "text", {5}, {true}, {['a', 'b']} or {{name: 5}}. Pages hold no code.`,
    );
    return undefined;
  }
}
