// Stands in for Docusaurus' translations where tests run without a site: every message in its own words.

export interface Message {
  id?: string;
  message: string;
  description?: string;
}

let brackets: readonly [string, string] = ['', ''];

/** As in a language that puts everything between ⟦ and ⟧. */
export function speakInBrackets(on: boolean): void {
  brackets = on ? ['⟦', '⟧'] : ['', ''];
}

export function translate({ message }: Message, values: Record<string, string | number> = {}): string {
  const [before, after] = brackets;
  return `${before}${message}${after}`.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
