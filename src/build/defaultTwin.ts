// An experiment as it starts by default: the still of the catalogue, and of its frame for other sites. The same that a page shows
// whose tag names nothing but the experiment, so it is run once for all of them.

import type { ExperimentDefinition } from '../experiments/definition/defineExperiment';
import { settle } from '../experiments/definition/settings';
import type { Twin } from '../experiments/definition/twin';
import type { Course } from './answers';

export function defaultTwin(course: Course, definition: ExperimentDefinition): Promise<Twin> {
  const { notices: _, ...setup } = settle(definition, {});
  return course.ask(definition.id, 'twin', setup);
}
