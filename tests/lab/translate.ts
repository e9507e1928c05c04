// Stands in for Docusaurus' translations where tests run without a site: every message in its own words.

export interface Message {
  id?: string;
  message: string;
  description?: string;
}

export function translate({ message }: Message, values: Record<string, string | number> = {}): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
