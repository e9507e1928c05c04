// An experiment as a file, for what is too long for a link: the same settings as JSON. A file may come from anywhere: it is read
// as data, judged by `settle` like a link, and refused in a sentence when it is none of ours.

import { translate } from '@docusaurus/Translate';
import type { ExperimentDefinition } from '../../experiments/definition/defineExperiment';
import type { LinkState } from '../../experiments/definition/link';
import type { Notice } from '../../experiments/definition/result';
import { shownParameters } from '../../experiments/definition/settings';
import type { RawArrangement } from '../session/state';

const format = 'distributed-systems-by-the-slice/experiment';
const version = 1;
/** Ours stay below 1 MB; nobody waits for more. */
export const longestFile = 10_000_000;

/** What every file of ours begins with. */
export function experimentFile(definition: ExperimentDefinition, { sideB, values, ...state }: LinkState) {
  const shown = (all: LinkState['values']): LinkState['values'] =>
    Object.fromEntries(shownParameters(definition, all).map((name) => [name, all[name]]));
  return {
    format,
    version,
    experiment: definition.id,
    setup: {
      ...state,
      values: shown(values),
      ...(sideB ? { sideB: { values: shown(sideB.values), interventions: sideB.interventions } } : {}),
    },
  };
}

type FileReading = { raw: RawArrangement; notices: Notice[] } | { refusal: string };

export function readExperimentFile(definition: ExperimentDefinition, text: string, modelHash: string | undefined): FileReading {
  if (text.length > longestFile) return { refusal: words.tooLong() };
  const file = recordOf(parsed(text));
  if (!file || file.format !== format) return { refusal: words.notOurs() };
  const setup = recordOf(file.setup);
  if (typeof file.experiment !== 'string' || !setup) return { refusal: words.notOurs() };
  if (file.experiment !== definition.id) return { refusal: words.another(file.experiment.slice(0, 60), definition.id) };
  const notices: Notice[] = [];
  if (file.version !== version) notices.push({ about: 'file', text: words.otherVersion() });
  if (typeof setup.modelHash === 'string' && modelHash !== undefined && setup.modelHash !== modelHash)
    notices.push({ about: 'file', text: words.otherModel() });
  const sideB = recordOf(setup.sideB);
  const { values, seed, interventions, cursorMs } = setup;
  return {
    raw: {
      values,
      seed,
      interventions,
      sideB: sideB ? { values: sideB.values, interventions: sideB.interventions } : null,
      ...(typeof cursorMs === 'number' && cursorMs >= 0 && Number.isFinite(cursorMs) ? { cursorMs } : {}),
    },
    notices,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function recordOf(value: unknown): Record<string, unknown> | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

const words = {
  tooLong: () =>
    translate({
      id: 'lab.share.fileTooLong',
      message: 'The file is larger than 10 MB: it is no experiment of this course. Nothing was changed.',
    }),
  notOurs: () =>
    translate({
      id: 'lab.share.fileNotOurs',
      message:
        'This file is no experiment of this course, or it is damaged. Nothing was changed. Take one that was saved from the menu “Take along”.',
    }),
  another: (theirs: string, ours: string) =>
    translate(
      {
        id: 'lab.share.fileOfAnother',
        message:
          'This file is of the experiment “{theirs}”, and this is “{ours}”. Nothing was changed. Open it where that experiment stands.',
      },
      { theirs, ours },
    ),
  otherVersion: () =>
    translate({ id: 'lab.share.fileOtherVersion', message: 'The file is of another version. What could be read is used.' }),
  otherModel: () =>
    translate({
      id: 'lab.share.fileOtherModel',
      message: 'The model has changed since this file was made, so the results can differ from those in it.',
    }),
};
