// How long a page takes: its words at a reader's pace, and a time for each thing that it asks to do. Counted at every build, and
// said under the title and in the page's metadata. Diagrams and sources are not read line by line, so they do not count.

import { spoken } from '@by-the-slice/simulation';
import type { Node } from './nodes';
import { plainText } from './plainText';
import { buildSentences } from './sentences';

/** A slow pace for prose: a page has formulas, tables and numbers in it. */
const wordsPerMinute = 200;
/** A prediction, a run to look at, a question. */
const minutesPerExercise = 0.5;

export interface ReadingTime {
  words: number;
  /** Whole, 1 or more. */
  readMinutes: number;
  /** Whole; 0 where there is nothing to do. */
  doMinutes: number;
}

export function readingTimeOf(tree: Node, exercises: number, dataOf: ReadonlyMap<Node, unknown>): ReadingTime {
  const children = tree.children ?? [];
  const sources = children.findIndex((node) => node.type === 'heading' && plainText(node, dataOf) === 'Sources');
  const prose = sources < 0 ? children : children.slice(0, sources);
  const words = prose.reduce((sum, node) => sum + wordsUnder(node, dataOf), 0);
  return {
    words,
    readMinutes: Math.max(1, Math.round(words / wordsPerMinute)),
    doMinutes: Math.ceil(exercises * minutesPerExercise),
  };
}

function wordsUnder(node: Node, dataOf: ReadonlyMap<Node, unknown>): number {
  if (node.type === 'text' || node.type === 'inlineCode') return wordsIn(node.value ?? '');
  if (node.name === 'Result' || node.name === 'Claim') return wordsIn(plainText(node, dataOf));
  return (node.children ?? []).reduce((sum, child) => sum + wordsUnder(child, dataOf), 0);
}

/** Signs that stand alone, as a dash or a multiplication sign does, are no words. */
function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** "About 9 minutes to read, and 7 to predict, run and answer." */
export function readingTimeInWords({ readMinutes, doMinutes }: ReadingTime): string {
  const { readMinute, readMinutes: several, readMinuteAndDo, readMinutesAndDo } = buildSentences;
  const [sentence, withTasks] = readMinutes === 1 ? [readMinute, readMinuteAndDo] : [several, readMinutesAndDo];
  return spoken(doMinutes === 0 ? sentence : withTasks, { read: readMinutes, tasks: doMinutes });
}

/** Under the title: one quiet line, and the same for whoever shows a link to the page. */
export function addReadingTime(tree: Node, time: ReadingTime): void {
  const line: Node = {
    type: 'paragraph',
    children: [{ type: 'text', value: readingTimeInWords(time) }],
    data: { hProperties: { className: ['reading-time'] } },
  };
  const head: Node = {
    type: 'mdxJsxFlowElement',
    name: 'Head',
    attributes: [],
    children: [
      meta('twitter:label1', spoken(buildSentences.readingTime)),
      meta('twitter:data1', spoken(buildSentences.minutes, { minutes: time.readMinutes })),
    ],
  };
  const first = (tree.children ?? []).findIndex(({ type }) => type !== 'yaml' && type !== 'mdxjsEsm');
  tree.children?.splice(Math.max(0, first), 0, head, line);
}

function meta(name: string, content: string): Node {
  return {
    type: 'mdxJsxFlowElement',
    name: 'meta',
    attributes: [
      { type: 'mdxJsxAttribute', name: 'name', value: name },
      { type: 'mdxJsxAttribute', name: 'content', value: content },
    ],
    children: [],
  };
}
