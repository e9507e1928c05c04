// The seed: the same one gives the same run; another is another day in the same shop.

import { translate } from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import bar from '../frame/bar.module.css';
import { useSession, useSessionState } from '../session/useSession';
import { NumberField } from './NumberField';

export function Seed(): ReactNode {
  const session = useSession();
  const seed = useSessionState((state) => state.seed);
  return (
    <span className={bar.seed}>
      <span>{translate({ id: 'lab.controls.seed', message: 'seed' })}</span>
      <NumberField
        label={translate({ id: 'lab.controls.seedLabel', message: 'Seed' })}
        name="seed"
        value={seed}
        min={0}
        max={4294967295}
        whole
        width={4}
        onValue={(next) => session.setSeed(next)}
      />
      <button
        type="button"
        className={`${bar.button} ${bar.dice}`}
        aria-label={translate({ id: 'lab.controls.newSeed', message: 'New seed' })}
        title={translate({ id: 'lab.controls.newSeedHelp', message: 'New seed: the same setup, another day' })}
        onClick={() => session.newSeed()}
      >
        <span aria-hidden="true">⚄</span>
      </button>
    </span>
  );
}
