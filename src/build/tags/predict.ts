// <Predict id="p99-at-90" question="…" answer={{experiment: 'one-server', metric: 'responseMsP99', arrivalsPerSecond: 9}}>why</Predict>
// <Predict id="who-waits" question="…" choices={['a', 'b']} answer="b" proof="claim-id">why</Predict>
// <Predict id="the-curve" question="…" sketch={{experiment: 'one-server', metric: 'waitMs', over: 'arrivalsPerSecond', at: […]}}>why</Predict>

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
  if (answer && (answer.type === 'open' || answer.type === 'goal')) {
    page.problems.add(
      given.place,
      '<Predict> asks for a number (answer={{experiment, metric, …}}), a choice (choices={[…]} answer="…" proof="…") or a sketch (sketch={{…}}); it has none.',
    );
  }
  if (answer?.type === 'choice' && !answer.proof) {
    page.problems.add(
      given.at('answer'),
      'The right choice of <Predict> is typed, not proven: add proof="…", the id of a claim of this page’s experiment that makes it the right one.',
    );
  }
  if (id === undefined || text === undefined || !answer) return;
  const asked: AskedQuestion = { key: page.answerKey(id, given.place), text, answer };
  page.replaceProperties(node, asked);
}
