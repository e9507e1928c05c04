// Reads the text exposition format as Prometheus 2.42 does (common/expfmt 0.39): what it accepts, and what it says when it does not.
// Every line stands for itself, and the last one must end.

export type ExpositionType = 'counter' | 'gauge' | 'summary' | 'untyped' | 'histogram' | 'gauge_histogram';

export interface ExpositionSample {
  /** With its suffix, for parts of a histogram or summary. */
  readonly name: string;
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly value: number;
  readonly timestampMs: bigint | undefined;
}

export interface MetricFamily {
  readonly name: string;
  readonly help: string | undefined;
  readonly type: ExpositionType;
  readonly samples: readonly ExpositionSample[];
}

/** Text that is not in the format; the message names the line. */
export class ExpositionError extends Error {
  override readonly name = 'ExpositionError';
}

interface OpenFamily {
  name: string;
  help: string | undefined;
  type: ExpositionType | undefined;
  samples: ExpositionSample[];
}

const types = ['counter', 'gauge', 'summary', 'untyped', 'histogram', 'gauge_histogram'];
const metricName = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const labelName = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const blanks = /[ \t]*/y;
const untilBlank = /[^ \t\n]*/y;
const untilNewline = /[^\n]*/y;
const float = /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[+-]?inf(?:inity)?|nan)$/i;
const leastTimestamp = -(1n << 63n);

/** The families in the text that have samples. Throws ExpositionError at the first fault. */
export function parseExposition(text: string): MetricFamily[] {
  return new ExpositionParser(text).parse();
}

class ExpositionParser {
  private readonly families = new Map<string, OpenFamily>();
  private at = 0;
  private line = 0;

  constructor(private readonly text: string) {}

  parse(): MetricFamily[] {
    while (this.at < this.text.length) {
      this.line++;
      this.take(blanks);
      if (this.at === this.text.length) break;
      if (this.peek() === '#') this.comment();
      else if (this.peek() !== '\n') this.sample();
      this.at++;
    }
    const families: MetricFamily[] = [];
    for (const { name, help, type, samples } of this.families.values()) {
      if (type !== undefined && samples.length > 0) families.push({ name, help, type, samples });
    }
    return families;
  }

  /** The character that comes next; a text that ends before its line does is an error. */
  private peek(): string {
    if (this.at >= this.text.length) this.refuse('unexpected end of input stream');
    return this.text[this.at];
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private refuse(message: string): never {
    throw new ExpositionError(`text format parsing error in line ${this.line}: ${message}`);
  }

  private skipBlanks(): void {
    this.take(blanks);
    void this.peek();
  }

  private takeLine(): string {
    const rest = this.take(untilNewline);
    void this.peek();
    return rest;
  }

  /** HELP and TYPE mean something when a name and a text follow; anything else is passed over. */
  private comment(): void {
    this.at++;
    this.skipBlanks();
    const keyword = this.take(untilBlank);
    if (this.peek() === '\n') return;
    if (keyword !== 'HELP' && keyword !== 'TYPE') {
      this.takeLine();
      return;
    }
    this.skipBlanks();
    const name = this.take(metricName);
    if (this.peek() === '\n') return;
    if (this.peek() !== ' ' && this.peek() !== '\t') this.refuse('invalid metric name in comment');
    const family = this.familyOf(name);
    this.skipBlanks();
    if (this.peek() === '\n') return;
    if (keyword === 'HELP') this.help(family);
    else this.type(family);
  }

  private help(family: OpenFamily): void {
    if (family.help !== undefined) this.refuse(`second HELP line for metric name ${quote(family.name)}`);
    let help = '';
    for (; this.peek() !== '\n'; this.at++) help += this.peek() === '\\' ? this.escaped(false) : this.peek();
    family.help = help;
  }

  private type(family: OpenFamily): void {
    if (family.type !== undefined) this.refuse(`second TYPE line for metric name ${quote(family.name)}, or TYPE reported after samples`);
    const found = this.takeLine().replaceAll('\\', '');
    if (!types.includes(found.toLowerCase())) this.refuse(`unknown metric type ${quote(found)}`);
    family.type = found.toLowerCase() as ExpositionType;
  }

  /** After a backslash: the character meant. Leaves it as the current one. */
  private escaped(isInLabel: boolean): string {
    this.at++;
    const current = this.peek();
    if (current === 'n') return '\n';
    if (current === '\\' || (isInLabel && current === '"')) return current;
    return this.refuse(`invalid escape sequence '\\${current}'`);
  }

  private sample(): void {
    const name = this.take(metricName);
    void this.peek();
    if (name === '') this.refuse('invalid metric name');
    const family = this.familyOf(name);
    family.type ??= 'untyped';
    this.skipBlanks();
    const labels = this.peek() === '{' ? this.labels(family) : [];
    const text = this.take(untilBlank);
    const next = this.peek();
    const value = toFloat(text);
    if (value === undefined) this.refuse(`expected float as value, got ${quote(text)}`);
    family.samples.push({ name, labels, value, timestampMs: next === '\n' ? undefined : this.timestamp() });
  }

  private labels(family: OpenFamily): [string, string][] {
    const labels: [string, string][] = [];
    const special = family.type === 'summary' ? 'quantile' : family.type === 'histogram' ? 'le' : undefined;
    this.at++;
    for (;;) {
      this.skipBlanks();
      if (this.peek() === '}') break;
      const name = this.labelName(family);
      // Real Prometheus keeps `le` and `quantile` apart, so they may come twice.
      if (name !== special && labels.some(([other]) => other === name))
        this.refuse(`duplicate label names for metric ${quote(family.name)}`);
      const value = this.labelValue();
      if (name === special && toFloat(value) === undefined)
        this.refuse(`expected float as value for '${special}' label, got ${quote(value)}`);
      labels.push([name, value]);
      this.skipBlanks();
      if (this.peek() === '}') break;
      if (this.peek() !== ',') this.refuse(`unexpected end of label value ${quote(value)}`);
      this.at++;
    }
    this.at++;
    this.skipBlanks();
    return labels;
  }

  private labelName(family: OpenFamily): string {
    const name = this.take(labelName);
    void this.peek();
    if (name === '') this.refuse(`invalid label name for metric ${quote(family.name)}`);
    if (name === '__name__') this.refuse('label name "__name__" is reserved');
    this.skipBlanks();
    if (this.peek() !== '=') this.refuse(`expected '=' after label name, found ${quote(this.peek(), "'")}`);
    return name;
  }

  private labelValue(): string {
    this.at++;
    this.skipBlanks();
    if (this.peek() !== '"') this.refuse(`expected '"' at start of label value, found ${quote(this.peek(), "'")}`);
    let value = '';
    for (this.at++; this.peek() !== '"'; this.at++) {
      if (this.peek() === '\n') this.refuse(`label value ${quote(value)} contains unescaped new-line`);
      value += this.peek() === '\\' ? this.escaped(true) : this.peek();
    }
    this.at++;
    // A lone surrogate is what is left of bytes that are no UTF-8.
    if (/\p{Surrogate}/u.test(value)) this.refuse(`invalid label value ${quote(value)}`);
    return value;
  }

  private timestamp(): bigint {
    this.skipBlanks();
    const text = this.take(untilBlank);
    void this.peek();
    const value = /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined;
    if (value === undefined || value < leastTimestamp || value >= -leastTimestamp) {
      this.refuse(`expected integer as timestamp, got ${quote(text)}`);
    }
    const rest = this.takeLine().replaceAll('\\', '');
    if (rest !== '') this.refuse(`spurious string after timestamp: ${quote(rest)}`);
    return value;
  }

  /** By name, or by the name without its suffix where that is a summary or histogram. */
  private familyOf(name: string): OpenFamily {
    const own = this.families.get(name);
    if (own) return own;
    const ofSummary = this.families.get(name.replace(/(?<=.)_(?:count|sum)$/, ''));
    if (ofSummary?.type === 'summary') return ofSummary;
    const ofHistogram = this.families.get(name.replace(/(?<=.)_(?:count|sum|bucket)$/, ''));
    if (ofHistogram?.type === 'histogram') return ofHistogram;
    const family: OpenFamily = { name, help: undefined, type: undefined, samples: [] };
    this.families.set(name, family);
    return family;
  }
}

function toFloat(text: string): number | undefined {
  if (!float.test(text)) return undefined;
  if (/inf/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/nan/i.test(text)) return Number.NaN;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

const namedEscapes: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

/** As Go's %q writes it. */
function quote(text: string, mark = '"'): string {
  const inside = text.replace(/[\\"'\p{Cc}]/gu, (character) => {
    if (character === '"' || character === "'") return character === mark ? `\\${character}` : character;
    const code = character.charCodeAt(0);
    return (
      namedEscapes[character] ?? (code < 128 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`)
    );
  });
  return `${mark}${inside}${mark}`;
}
