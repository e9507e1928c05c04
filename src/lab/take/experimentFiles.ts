// Saves the experiment on screen as a file, and opens one: what is in it is set up like a link, with what had to be changed in it.

import { translate } from '@docusaurus/Translate';
import type { Session } from '../session/session';
import { experimentFile, longestFile, readExperimentFile } from '../share/experimentFile';
import { saved, type Told } from './handing';
import { fileName, stateOf, takenFrom } from './taken';

export function saveExperiment(session: Session): Told {
  const taken = takenFrom(session);
  if (!taken) return { text: translate({ id: 'lab.take.noRunYet', message: 'The first run is not finished yet. Try again when it is.' }) };
  const text = `${JSON.stringify(experimentFile(taken.definition, stateOf(taken)), null, 1)}\n`;
  return saved(fileName(taken, 'experiment', 'json'), text, 'application/json');
}

/** Null when it was opened; else why not, in a sentence. */
export async function openFile(session: Session, file: Pick<File, 'size' | 'name' | 'text'>): Promise<string | null> {
  // One that is far too large is not even read.
  const text = file.size > longestFile ? ' '.repeat(longestFile + 1) : await file.text().catch(() => null);
  if (text === null)
    return translate({
      id: 'lab.take.unreadable',
      message: 'The file could not be read. It may have been moved or changed since you chose it: choose it again.',
    });
  const reading = readExperimentFile(session.definition, text, session.store.getState().resultA?.modelHash);
  if ('refusal' in reading) return reading.refusal;
  const message = translate({ id: 'lab.take.opened', message: 'Opened “{name}”.' }, { name: file.name });
  session.apply(reading.raw, { over: 'defaults', notices: reading.notices, message });
  return null;
}
