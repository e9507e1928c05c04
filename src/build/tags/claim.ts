// <Claim experiment="one-server" id="waiting-explodes"/>: the claim's sentence. One that no longer holds stops the build.

import type { CheckedClaim } from '../../experiments/definition/twin';
import { givenOf } from '../given';
import type { Node } from '../nodes';
import type { Page } from '../page';
import { known } from '../problems';
import { verdictOf } from '../runs';

export async function expandClaim(node: Node, page: Page): Promise<void> {
  const { problems } = page;
  const given = givenOf(node, problems);
  const definition = await page.definition(given, 'experiment');
  const id = given.need('id', 'text');
  given.refuseRest(['experiment', 'id']);
  if (!definition || id === undefined) return;
  if (!Object.hasOwn(definition.claims, id)) {
    problems.add(given.at('id'), `${definition.id} has no claim "${id}". ${known(id, Object.keys(definition.claims))}`);
    return;
  }
  const verdict = await verdictOf(page.course, definition, id);
  if (!verdict.holds) {
    problems.add(
      given.place,
      `The claim "${id}" of ${definition.id} no longer holds: “${definition.claims[id].sentence}” ${verdict.detail}`,
    );
    return;
  }
  const claim: CheckedClaim & { block: boolean } = {
    sentence: definition.claims[id].sentence,
    detail: verdict.detail,
    block: node.type === 'mdxJsxFlowElement',
  };
  page.replaceProperties(node, claim);
}
