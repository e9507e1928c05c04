// One page of the course: its tags are checked, what they ask for is run, and each is given its data. What is wrong with the page
// is reported together, with line and column.

import type { Exercise } from '../experiments/definition/twin';
import type { Course } from './answers';
import { exercisesOf } from './exercises';
import { checkFrontMatter, isCoursePage } from './frontMatter';
import { dataStatement, type Node, placeOf, walk } from './nodes';
import { dataName, Page } from './page';
import { known, Problems } from './problems';
import { addReadingTime, type ReadingTime, readingTimeOf } from './readingTime';
import { expandCheckpoint } from './tags/checkpoint';
import { expandClaim } from './tags/claim';
import { expandExperiment } from './tags/experiment';
import { expandFidelity } from './tags/fidelity';
import { expandPredict } from './tags/predict';
import { expandResult } from './tags/result';
import { addCovered, expandSourceNotes } from './tags/sourceNotes';
import { expandTry } from './tags/try';

export { experimentLoaders, loadExperiment } from '../experiments/registry';
export { answerTo, makers } from './answers';
export { defaultTwin } from './defaultTwin';
export { allMessages, speakAs, speakingOf } from './language';

const tags: Record<string, (node: Node, page: Page) => Promise<void>> = {
  Experiment: expandExperiment,
  Result: expandResult,
  Claim: expandClaim,
  Try: expandTry,
  Predict: expandPredict,
  Checkpoint: expandCheckpoint,
  Fidelity: expandFidelity,
  SourceNotes: expandSourceNotes,
};

/** Expanded together with what they stand in. */
const innerTags = ['Question'];

/** Tags that Docusaurus itself puts into a page or offers to it. */
const frameworkTags = ['Head', 'Details'];

interface PageSource {
  /** docs/core/load-balancing.mdx */
  path: string;
  frontMatter?: Record<string, unknown>;
}

export interface PageReport {
  /** Ids of the experiments on the page. */
  experiments: string[];
  /** What it asks its reader to do. */
  exercises: Exercise[];
  time: ReadingTime;
}

export async function expandPage(tree: Node, source: PageSource, course: Course): Promise<PageReport> {
  const problems = new Problems(source.path);
  const page = new Page(course, problems, source.path);
  if (source.frontMatter) checkFrontMatter(tree, source.frontMatter, problems);
  const found: Node[] = [];
  walk(tree, (node, parent) => {
    refuseCode(node, problems);
    if (!isTag(node)) return;
    if (node.name === 'Question' && !isInCheckpoint(node, tree)) {
      problems.add(placeOf(node), '<Question> stands outside of a <Checkpoint>.');
    } else if (Object.hasOwn(tags, node.name)) found.push(node);
    else if (![...innerTags, ...frameworkTags].includes(node.name) && parent) {
      problems.add(placeOf(node), `<${node.name}> is no tag of the course. ${known(node.name, [...Object.keys(tags), ...innerTags])}`);
    }
  });
  // Experiments first: links and goals refer to them, wherever they stand.
  const inOrder = [...found.filter(({ name }) => name === 'Experiment'), ...found.filter(({ name }) => name !== 'Experiment')];
  for (const node of inOrder) {
    try {
      await tags[node.name as string](node, page);
    } catch (error) {
      problems.add(placeOf(node), `<${node.name}> could not be run: ${error instanceof Error ? error.message : error}`);
    }
  }
  problems.throwIfAny();
  const exercises = exercisesOf(tree, page);
  const time = readingTimeOf(tree, exercises.length, page.dataOf);
  const report = { experiments: [...page.experiments.keys()], exercises, time };
  if (source.frontMatter && isCoursePage(source.path)) addReadingTime(tree, time);
  if (source.frontMatter) addCovered(tree, source.frontMatter);
  if (page.data.length > 0) tree.children?.unshift(dataStatement(dataName, page.data));
  return report;
}

function isTag(node: Node): node is Node & { name: string } {
  return (
    (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') && typeof node.name === 'string' && /^[A-Z]|\./.test(node.name)
  );
}

function isInCheckpoint(question: Node, tree: Node): boolean {
  let inside = false;
  walk(tree, (node) => {
    if (node.name === 'Checkpoint') walk(node, (inner) => (inside ||= inner === question));
  });
  return inside;
}

/** A page is prose and tags. What Docusaurus itself adds to the tree has no position. */
function refuseCode(node: Node, problems: Problems): void {
  if (!node.position) return;
  if (node.type === 'mdxjsEsm') {
    problems.add(
      placeOf(node),
      `Pages have no import or export lines: ${firstLine(node.value ?? '')}. The tags of the course are there by themselves.`,
    );
  }
  if (node.type === 'mdxFlowExpression' || node.type === 'mdxTextExpression') {
    const [statement] = node.data?.estree?.body ?? [];
    const isText =
      statement?.type === 'ExpressionStatement' &&
      statement.expression?.type === 'Literal' &&
      typeof statement.expression.value === 'string';
    if (statement && !isText)
      problems.add(
        placeOf(node),
        `Pages hold no code: {${firstLine(node.value ?? '')}}. A number comes from <Result>; a brace as text is written \\{.`,
      );
  }
}

function firstLine(code: string): string {
  const line = code.trim().split('\n')[0];
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
