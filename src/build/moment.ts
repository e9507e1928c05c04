// The decisive moment of the run of seed 1, as a page shows it: "look there", and a link that sets the experiment to it.

import { spoken } from '@by-the-slice/simulation';
import type { ExperimentDefinition } from '../experiments/definition/defineExperiment';
import type { Moment, TwinSetup } from '../experiments/definition/twin';
import type { Course } from './answers';
import { buildSentences } from './sentences';
import { tryLink } from './tags/try';

export async function momentOf(course: Course, definition: ExperimentDefinition, setup: TwinSetup): Promise<Moment> {
  const { values, interventions, seed } = setup;
  const found = await course.ask(definition.id, 'moment', { values, interventions, seed });
  if (!found) return { sentence: spoken(buildSentences.showsRun), link: tryLink(definition, setup) };
  return { sentence: found.sentence, link: tryLink(definition, { ...setup, cursorMs: found.atMs }) };
}
