// How large a diagram will be, before the library that draws it is here: so its box has the right size from the start.
// Knows as much of the language as the course uses: nodes with labels, arrows, `&`. An estimate; the drawing is fitted in.

interface Size {
  width: number;
  height: number;
}

/** What of a diagram's look changes where there is little width. */
interface Manner {
  direction: 'across' | 'down';
  padding: number;
  /** Longer labels are broken into lines. */
  wrappingWidth: number;
  rankSpacing: number;
  nodeSpacing: number;
}

/** The options of the site (src/css/diagrams.ts). */
export const wideManner: Manner = { direction: 'across', padding: 14, wrappingWidth: 200, rankSpacing: 32, nodeSpacing: 24 };
const denseManner: Manner = { direction: 'across', padding: 8, wrappingWidth: 80, rankSpacing: 24, nodeSpacing: 16 };
const downManner: Manner = { ...wideManner, direction: 'down' };

const characterWidth = 6.9;
const lineHeight = 24;
const margin = 8;

interface Node {
  label: string;
  shape: 'box' | 'circle' | 'cylinder';
}

interface Graph {
  nodes: Map<string, Node>;
  arrows: [from: string, to: string][];
}

/** Text in another language of the library, such as a sequence: as high as it has lines. */
export function diagramSize(source: string, manner: Manner): Size {
  if (!isFlowchart(source)) return { width: 640, height: Math.min(560, 60 + linesOf(source).length * 40) };
  const ranks = ranksOf(graphOf(source));
  const across = manner.direction === 'across';
  const sizes = ranks.map((nodes) => nodes.map((node) => nodeSize(node, manner)));
  const along = sum(sizes.map((rank) => Math.max(...rank.map((size) => (across ? size.width : size.height)))));
  const aside = Math.max(
    ...sizes.map((rank) => sum(rank.map((size) => (across ? size.height : size.width))) + manner.nodeSpacing * (rank.length - 1)),
  );
  const length = Math.round(along + manner.rankSpacing * (ranks.length - 1) + 2 * margin);
  const breadth = Math.round(aside + 2 * margin);
  return across ? { width: length, height: breadth } : { width: breadth, height: length };
}

/** On a phone a diagram that leads from left to right is turned, or set closer, whichever is narrower. */
export function narrowManner(source: string): Manner {
  if (!isFlowchart(source) || !leadsAcross(source)) return wideManner;
  return diagramSize(source, downManner).width < diagramSize(source, denseManner).width ? downManner : denseManner;
}

/** The source with the manner written into it. */
export function inManner(source: string, manner: Manner): string {
  if (manner === wideManner || !isFlowchart(source)) return source;
  const { direction, ...flowchart } = manner;
  const turned = direction === 'down' ? source.replace(header, (_, word: string) => `${word} TB`) : source;
  return `%%{init: ${JSON.stringify({ flowchart })}}%%\n${turned}`;
}

// ---- within ----

const header = /^\s*(flowchart|graph)\s+(LR|RL|TB|TD|BT)\b/;

function isFlowchart(source: string): boolean {
  return header.test(source);
}

function leadsAcross(source: string): boolean {
  return /LR|RL/.test(header.exec(source)?.[2] ?? '');
}

function linesOf(source: string): string[] {
  return source.split('\n').filter((line) => line.trim() !== '' && !/^\s*acc(Title|Descr)/.test(line));
}

function graphOf(source: string): Graph {
  const graph: Graph = { nodes: new Map(), arrows: [] };
  for (const line of linesOf(source).slice(1)) {
    const groups = line
      .trim()
      .split(/\s*(?:-->|==>|-\.+->)\s*/)
      .map((group) => group.split(/\s*&\s*/).map((text) => take(graph, text)));
    for (let step = 1; step < groups.length; step++)
      for (const from of groups[step - 1]) for (const to of groups[step]) graph.arrows.push([from, to]);
  }
  return graph;
}

/** Notes a node as it is written, "Q[queue]" or "Q" alone, and gives its name. */
function take({ nodes }: Graph, text: string): string {
  const [, name = text, open, label] = /^(\w+)\s*(\(\(|\[\(|\[|\(|\{)?(.*?)[)\]}]*$/.exec(text) ?? [];
  if (open !== undefined) nodes.set(name, { label, shape: open === '((' ? 'circle' : open === '[(' ? 'cylinder' : 'box' });
  else if (!nodes.has(name)) nodes.set(name, { label: name, shape: 'box' });
  return name;
}

/** Nodes by how many arrows they are away from the beginning. */
function ranksOf({ nodes, arrows }: Graph): Node[][] {
  const ranks = new Map([...nodes.keys()].map((name) => [name, 0]));
  for (let round = 0; round < nodes.size; round++) {
    for (const [from, to] of arrows) {
      const next = (ranks.get(from) ?? 0) + 1;
      if (next > (ranks.get(to) ?? 0) && next < nodes.size) ranks.set(to, next);
    }
  }
  const rows: Node[][] = [];
  for (const [name, node] of nodes) {
    const rank = ranks.get(name) ?? 0;
    rows[rank] ??= [];
    rows[rank].push(node);
  }
  return rows.filter(Boolean);
}

function nodeSize({ label, shape }: Node, { padding, wrappingWidth }: Manner): Size {
  const whole = label.length * characterWidth;
  const text = { width: Math.min(whole, wrappingWidth), height: lineHeight * Math.ceil(whole / wrappingWidth) };
  if (shape === 'circle') {
    const side = Math.max(text.width, text.height) + 2 * padding;
    return { width: side, height: side };
  }
  const height = text.height + 2 * padding + (shape === 'cylinder' ? lineHeight : 0);
  return { width: text.width + 4 * padding, height };
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
