// A sentence that the build has checked, with a mark that opens what it found.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useId } from 'react';
import type { CheckedClaim } from '../../experiments/definition/twin';
import styles from './tags.module.css';

export function Claim({ data }: { data: CheckedClaim & { block: boolean } }): ReactNode {
  const id = useId();
  const claim = (
    <span>
      {data.sentence}{' '}
      <button type="button" className={styles.mark} popoverTarget={id}>
        {translate({ id: 'lab.tags.checked', message: 'checked by 20 runs' })}
      </button>
      <span id={id} popover="auto" className={styles.detail}>
        <b>{translate({ id: 'lab.tags.howChecked', message: 'How this was checked.' })}</b>{' '}
        {translate({
          id: 'lab.tags.checkedHow',
          message: 'Whenever this site is built, the experiment is run under 20 seeds, and a sentence that does not hold stops the build.',
        })}{' '}
        {data.detail}
      </span>
    </span>
  );
  return data.block ? <p>{claim}</p> : claim;
}
