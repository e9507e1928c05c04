// The state of a frame for somebody who comes to it by ear: what stands on the stage, how it is set, what came out, what was
// changed last, and what can be done here.

import type { PartDescription } from '@by-the-slice/simulation';
import { translate } from '@docusaurus/Translate';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import type { Result } from '../../experiments/definition/result';
import { clockText } from '../player/clockText';
import type { SessionState } from '../session/state';
import { interventionText, listed, valuesInWords } from '../words/valueText';
import { mainResults } from './resultSentence';

interface Moment {
  cursorMs: number;
  horizonMs: number;
  isPlaying: boolean;
}

/** One sentence or two each. */
export interface StateSummary {
  stage: string;
  setup: string;
  results: string;
  lastChange: string;
  ways: string;
}

type Told = Pick<SessionState, 'a' | 'b' | 'seed' | 'resultA' | 'resultB'>;

export function stateSummary(definition: ExperimentDefinition, state: Told, moment: Moment, lastChange: string | null): StateSummary {
  const { a, b, seed, resultA, resultB } = state;
  const values = valuesInWords(definition, a.values).map(({ label, text }) => `${label} ${text}`);
  const interventions = a.interventions.map((one) => interventionText(definition, one, moment.horizonMs, resultA?.trace?.partList));
  return {
    stage: stageSentence(definition, resultA, b !== null, moment),
    setup:
      translate({ id: 'lab.announce.setup', message: 'Setup: {values}; seed {seed}.' }, { values: values.join('; '), seed }) +
      (interventions.length === 0
        ? ''
        : ` ${translate({ id: 'lab.announce.interventions', message: 'Interventions: {list}.' }, { list: interventions.join('; ') })}`),
    results: resultA
      ? translate({ id: 'lab.announce.results', message: 'Results: {results}.' }, { results: mainResults(definition, resultA, resultB) })
      : translate({ id: 'lab.announce.noResult', message: 'There is no result yet.' }),
    lastChange: lastChange ?? translate({ id: 'lab.announce.noChange', message: 'Nothing has been changed yet.' }),
    ways:
      definition.kind === 'simulation'
        ? translate({
            id: 'lab.announce.waysSimulation',
            message:
              'Below: the parts of the system as buttons, the player, the controls, and the results. Space plays; the question mark lists all keys.',
          })
        : translate({
            id: 'lab.announce.waysCalculation',
            message: 'Below: the picture, the controls, and the results. The question mark lists all keys.',
          }),
  };
}

function stageSentence(definition: ExperimentDefinition, result: Result | null, compares: boolean, moment: Moment): string {
  const parts = result?.trace ? partsInWords(result.trace.partList) : '';
  const sentences = [
    ...(parts === '' ? [] : [translate({ id: 'lab.announce.onStage', message: 'On stage: {parts}.' }, { parts })]),
    ...(compares ? [translate({ id: 'lab.announce.twice', message: 'It stands there twice, as side A and side B.' })] : []),
  ];
  if (definition.clock && moment.horizonMs > 0) {
    const unit = definition.clock.unit;
    const words = {
      now: clockText(moment.cursorMs, moment.horizonMs, unit),
      end: clockText(moment.horizonMs, moment.horizonMs, unit),
    };
    sentences.push(
      moment.isPlaying
        ? translate({ id: 'lab.announce.playing', message: 'The run plays: {now} of {end}.' }, words)
        : translate({ id: 'lab.announce.paused', message: 'The run stands at {now} of {end}.' }, words),
    );
  }
  return sentences.join(' ');
}

/** As requests meet them, the customers first. Members of a fleet are counted by the word before their number: "4 × Server". */
function partsInWords(parts: readonly PartDescription[]): string {
  const counts = new Map<string, number>();
  for (const { label } of [...parts].reverse()) {
    const stem = label.replace(/ \d+$/, '');
    counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  return listed([...counts].map(([stem, count]) => (count === 1 ? stem : `${count} × ${stem}`)));
}
