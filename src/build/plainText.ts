// Prose without its marks, for paper: paragraphs and list items as texts. Tags inside of it say what they show on the page.

import type { Node } from './nodes';
import { withUnit } from './rounded';

type DataOf = ReadonlyMap<Node, unknown>;

const blocks = new Set(['paragraph', 'heading', 'listItem', 'blockquote', 'code']);

/** One text for each paragraph or list item under a node. */
export function plainTexts(node: Node, dataOf: DataOf): string[] {
  const children = node.children ?? [];
  if (!children.some(hasBlock)) {
    const text = plainText(node, dataOf);
    return text === '' ? [] : [text];
  }
  return children.flatMap((child) => plainTexts(child, dataOf));
}

function hasBlock(node: Node): boolean {
  return blocks.has(node.type) || (node.children ?? []).some(hasBlock);
}

/** What stands in a node, in one line. */
export function plainText(node: Node, dataOf: DataOf): string {
  return textIn(node, dataOf).replace(/\s+/g, ' ').trim();
}

function textIn(node: Node, dataOf: DataOf): string {
  const data = dataOf.get(node);
  if (node.name === 'Result' && isNumber(data)) return withUnit(data.text, data.unit);
  if (node.name === 'Claim' && isClaim(data)) return data.sentence;
  if (node.type === 'text' || node.type === 'inlineCode' || node.type === 'code') return node.value ?? '';
  if (node.type === 'break') return ' ';
  return (node.children ?? []).map((child) => textIn(child, dataOf)).join('');
}

function isNumber(data: unknown): data is { text: string; unit: string } {
  return typeof data === 'object' && data !== null && 'text' in data && 'unit' in data;
}

function isClaim(data: unknown): data is { sentence: string } {
  return typeof data === 'object' && data !== null && 'sentence' in data;
}
