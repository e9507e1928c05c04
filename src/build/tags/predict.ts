// <Predict id="p99-at-90" question="…" answer={{experiment: 'one-server', metric: 'responseMsP99', arrivalsPerSecond: 9}}>why</Predict>
// <Predict id="who-waits" question="…" choices={['a', 'b']} answer="b">why</Predict>

import type { AskedQuestion } from '../../experiments/definition/twin';
import { givenOf } from '../given';
import type { Node } from '../nodes';
import type { Page } from '../page';
import { answerOf, answerProperties } from './answers';

export async function expandPredict(node: Node, page: Page): Promise<void> {
  const given = givenOf(node, page.problems);
  page.needBlock(node);
  page.needContent(node, 'the explanation');
  const id = given.need('id', 'text');
  const text = given.need('question', 'text');
  const answer = await answerOf(given, page);
  given.refuseRest(['id', 'question', ...answerProperties.filter((name) => name !== 'goal')]);
  if (id !== undefined && !/^[a-z0-9-]+$/.test(id)) {
    page.problems.add(given.at('id'), `id of <Predict> is "${id}"; it takes small letters, digits and hyphens.`);
  }
  if (answer && answer.type !== 'number' && answer.type !== 'choice') {
    page.problems.add(
      given.place,
      `<Predict> asks for a number (answer={{experiment, metric, …}}) or a choice (choices={[…]} answer="…"); it has neither.`,
    );
  }
  if (id === undefined || text === undefined || !answer) return;
  const asked: AskedQuestion = { key: page.answerKey(id, given.place), text, answer };
  page.replaceProperties(node, asked);
}
