// <Checkpoint> with three to five <Question text="…" …>explained answer</Question>: choices, a computed number, a goal to be
// reached with the page's experiment, or none of these (an open question).

import type { AskedQuestion } from '../../experiments/definition/twin';
import { givenOf } from '../given';
import { type Node, placeOf } from '../nodes';
import type { Page } from '../page';
import { answerOf, answerProperties } from './answers';

export async function expandCheckpoint(node: Node, page: Page): Promise<void> {
  page.needBlock(node);
  givenOf(node, page.problems).refuseRest([]);
  const questions = questionsOf(node, page);
  if (questions.length < 3 || questions.length > 5) {
    page.problems.add(placeOf(node), `<Checkpoint> has ${questions.length} questions; it takes three to five.`);
  }
  const wantsGoal = page.experiments.size > 0 && !questions.some((question) => question.attributes?.some(({ name }) => name === 'goal'));
  if (wantsGoal) {
    page.problems.add(
      placeOf(node),
      '<Checkpoint> has no question with a goal; at least one is answered by running the experiment: <Question text="…" goal={{…}}>.',
    );
  }
  for (const question of questions) await expandQuestion(question, page);
}

/** Its questions; anything else between its tags is a problem. */
function questionsOf(node: Node, page: Page): Node[] {
  return (node.children ?? []).flatMap((child) => {
    if (child.name === 'Question') return [child];
    const harmless =
      (child.type === 'text' && (child.value ?? '').trim() === '') ||
      child.type === 'mdxFlowExpression' ||
      child.type === 'mdxTextExpression';
    if (child.type === 'paragraph') return questionsOf(child, page);
    if (!harmless) page.problems.add(placeOf(child), 'Between <Checkpoint> and </Checkpoint> stand only <Question> tags.');
    return [];
  });
}

async function expandQuestion(node: Node, page: Page): Promise<void> {
  const given = givenOf(node, page.problems);
  page.needBlock(node);
  page.needContent(node, 'the explained answer');
  const text = given.need('text', 'text');
  const answer = await answerOf(given, page);
  given.refuseRest(['text', ...answerProperties]);
  if (text === undefined || !answer) return;
  const asked: AskedQuestion = { key: page.answerKey(`question: ${text}`, given.place), text, answer };
  page.replaceProperties(node, asked);
}
