// <Try experiment="one-server" arrivalsPerSecond={9.5}>Let more orders come</Try>: a link that is the whole setting. Whatever is
// not given is the experiment's default.

import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import { writeLink } from '../../experiments/definition/link';
import type { TryLink, TwinSetup } from '../../experiments/definition/twin';
import { type Given, givenOf } from '../given';
import type { Node } from '../nodes';
import type { Page } from '../page';
import { missedParts } from '../runs';
import { readSetup } from '../setup';
import { settingsInWords } from '../words';

export async function expandTry(node: Node, page: Page): Promise<void> {
  const given = givenOf(node, page.problems);
  page.needContent(node, 'the text of the link');
  const definition = await page.definition(given, 'experiment');
  if (!definition || !page.needOnPage(definition, given)) return;
  const setup = readSetup(definition, given, page.problems, { seed: true, compare: true, cursor: true, others: ['experiment'] });
  if (!setup || !(await findsItsParts(definition, setup, given, page))) return;
  page.replaceProperties(node, tryLink(definition, setup));
}

export function tryLink(definition: ExperimentDefinition, setup: TwinSetup): TryLink {
  return { experiment: definition.id, fragment: writeLink(definition, setup), setup, sets: settingsInWords(definition, setup) };
}

/** An intervention that finds nothing to act on shows the reader nothing. */
export async function findsItsParts(definition: ExperimentDefinition, setup: TwinSetup, given: Given, page: Page): Promise<boolean> {
  const sides = [setup, ...(setup.sideB ? [{ ...setup.sideB, seed: setup.seed }] : [])];
  for (const side of sides) {
    const missed = await missedParts(page.course, definition, side);
    if (missed) {
      page.problems.add(given.at('interventions'), `An intervention of ${given.owner}: ${missed}`);
      return false;
    }
  }
  return true;
}
