// Every question that a page asks of the code of an experiment, by name and plain data: so that any thread can answer it, and
// the answer can be kept. Everything else that a page says is made of these answers.

import type { ExperimentDefinition } from '../experiments/definition/defineExperiment';
import { curveAnswer } from './curveAnswer';
import { decisiveAnswer } from './decisiveMoment';
import { claimAnswer, metricsAnswer, partsMissedAnswer, samplesAnswer } from './runAnswers';
import { twinOf } from './twinOf';

const answers = {
  samples: samplesAnswer,
  metrics: metricsAnswer,
  claim: claimAnswer,
  partsMissed: partsMissedAnswer,
  curve: curveAnswer,
  moment: decisiveAnswer,
  twin: twinOf,
};

/** The file of src/build whose code, with all that it imports, makes the answer. */
export const makers: Record<QuestionName, string> = {
  samples: 'runAnswers',
  metrics: 'runAnswers',
  claim: 'runAnswers',
  partsMissed: 'runAnswers',
  curve: 'curveAnswer',
  moment: 'decisiveMoment',
  twin: 'twinOf',
};

type Answers = typeof answers;
export type QuestionName = keyof Answers;
type Question<Name extends QuestionName> = Parameters<Answers[Name]>[1];
type Answer<Name extends QuestionName> = ReturnType<Answers[Name]>;

export function answerTo<Name extends QuestionName>(definition: ExperimentDefinition, name: Name, question: Question<Name>): Answer<Name> {
  const answer = answers[name] as (definition: ExperimentDefinition, question: Question<Name>) => Answer<Name>;
  return answer(definition, question);
}

/** Where the build looks experiments up and has its questions answered. */
export interface Course {
  ids: string[];
  load(id: string): Promise<ExperimentDefinition>;
  /** The answer as JSON gives it back. It is computed again when the experiment, or the code that answers, has changed. */
  ask<Name extends QuestionName>(id: string, name: Name, question: Question<Name>): Promise<Answer<Name>>;
}
