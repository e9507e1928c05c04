// <Experiment id="load-balancing" policy="random" servers={6} scenario="…" seed={7} compare={{policy: 'least-connections'}}/>

import { givenOf } from '../given';
import { type Node, placeOf } from '../nodes';
import type { Page, PageExperiment } from '../page';
import { readSetup, reservedNames } from '../setup';
import { findsItsParts } from './try';

export async function expandExperiment(node: Node, page: Page): Promise<void> {
  const { problems, course } = page;
  page.needBlock(node);
  const given = givenOf(node, problems);
  const definition = await page.definition(given, 'id');
  if (!definition) return;
  const { id } = definition;
  const clash = Object.keys(definition.parameters).find((name) => (reservedNames as readonly string[]).includes(name));
  if (clash) {
    problems.add(
      placeOf(node),
      `The experiment ${id} has a parameter called ${clash}, which tags use for something else: it needs another name.`,
    );
    return;
  }
  const other = page.experiments.get(id);
  if (other) {
    problems.add(
      placeOf(node),
      `<Experiment id="${id}"> is already on this page, in line ${other.place.line}: a link could not tell the two apart.`,
    );
    return;
  }
  const entry: PageExperiment = { place: given.place };
  page.experiments.set(id, entry);
  const setup = readSetup(definition, given, problems, { seed: true, compare: true, cursor: true, others: ['id'] });
  if (!setup) return;
  entry.setup = setup;
  if (!(await findsItsParts(definition, setup, given, page))) return;
  page.replaceProperties(node, await course.ask(id, 'twin', setup));
}
