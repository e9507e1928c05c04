// How to cite a run: who, what, which version, where, and the two numbers with which anybody can make it again.

import { translate } from '@docusaurus/Translate';
import type { Taken } from './taken';

export const authors = 'The contributors of Distributed Systems by the Slice';

export function citation({ definition, sides, seed }: Taken, version: string, address: string): string {
  const runs = sides.map(({ result }) => result.traceHash.slice(0, 8)).join(' / ');
  return translate(
    {
      id: 'lab.take.citation',
      message:
        '{authors}. “{title}”. Experiment in: Distributed Systems by the Slice, version {version}. {address} (seed {seed}, model {model}, run {runs}).',
    },
    { authors, title: definition.title, version, address, seed: String(seed), model: sides[0].result.modelHash, runs },
  );
}
