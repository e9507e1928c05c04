// The “?” beside the title: every key of the frame, and how much is told to a screen reader. A dialog of the browser's own: it
// keeps the focus while it is open and gives it back to where it was.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useId, useRef, useState } from 'react';
import bar from '../frame/bar.module.css';
import { useSession } from '../session/useSession';
import { bindingsFor, type KeyBinding } from './keyMap';
import { keyNames } from './keyNames';
import { keySettings, useStored, type Verbosity, verbosities } from './keySettings';
import styles from './keys.module.css';

export function KeysHelp(): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  const titleId = useId();
  const name = translate({ id: 'lab.keys.title', message: 'Keys and spoken messages' });
  const open = (): void => {
    setOpen(true);
    dialog.current?.showModal();
  };
  return (
    <>
      <button type="button" className={`${bar.button} ${bar.dice}`} data-action="keys" aria-label={name} title={name} onClick={open}>
        <span aria-hidden="true">?</span>
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself; this is for a click beside it */}
      <dialog
        ref={dialog}
        className={styles.dialog}
        aria-labelledby={titleId}
        onClose={() => setOpen(false)}
        onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
      >
        {isOpen ? <Help titleId={titleId} title={name} onClose={() => dialog.current?.close()} /> : null}
      </dialog>
    </>
  );
}

function Help({ titleId, title, onClose }: { titleId: string; title: string; onClose: () => void }): ReactNode {
  const bindings = bindingsFor(useSession().definition.kind);
  return (
    <div className={styles.box}>
      <div className={styles.head}>
        <p id={titleId} className={styles.title}>
          {title}
        </p>
        <button type="button" className={bar.button} onClick={onClose}>
          {translate({ id: 'lab.keys.close', message: 'Close' })}
        </button>
      </div>
      <p className={styles.note}>
        {translate({ id: 'lab.keys.where', message: 'They work while the focus is anywhere in this experiment, except where you type.' })}
      </p>
      <div className={styles.groups}>
        {(['player', 'setup', 'frame'] as const).map((group) => (
          <Group key={group} group={group} bindings={bindings.filter((binding) => binding.group === group)} />
        ))}
      </div>
      <Settings />
    </div>
  );
}

function groupWords(group: KeyBinding['group']): string {
  if (group === 'player') return translate({ id: 'lab.keys.player', message: 'The run' });
  if (group === 'setup') return translate({ id: 'lab.keys.setup', message: 'The setup' });
  return translate({ id: 'lab.keys.frame', message: 'Around it' });
}

function Group({ group, bindings }: { group: KeyBinding['group']; bindings: KeyBinding[] }): ReactNode {
  if (bindings.length === 0) return null;
  return (
    <table className={styles.table}>
      <caption>{groupWords(group)}</caption>
      <tbody>
        {bindings.map((binding) => (
          <tr key={binding.id} data-binding={binding.id}>
            <th scope="row">
              {keyNames(binding).map((together, index) => (
                <span key={together.join(' ')}>
                  {index > 0 ? ` ${translate({ id: 'lab.keys.or', message: 'or' })} ` : null}
                  {together.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </span>
              ))}
            </th>
            <td>{binding.words()}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function verbosityWords(verbosity: Verbosity): string {
  if (verbosity === 'everything') return translate({ id: 'lab.keys.everything', message: 'everything' });
  if (verbosity === 'important') return translate({ id: 'lab.keys.important', message: 'only what is important' });
  return translate({ id: 'lab.keys.off', message: 'off' });
}

function Settings(): ReactNode {
  const settings = useStored(keySettings);
  return (
    <div className={styles.settings}>
      <label className={styles.setting}>
        <input
          type="checkbox"
          checked={settings.characters}
          onChange={(event) => keySettings.set({ ...settings, characters: event.currentTarget.checked })}
        />
        {translate({ id: 'lab.keys.characters', message: 'Single characters are shortcuts (? always is)' })}
      </label>
      <label className={styles.setting}>
        {translate({ id: 'lab.keys.verbosity', message: 'Told to screen readers while a run plays:' })}
        <select
          className={styles.select}
          data-setting="verbosity"
          value={settings.verbosity}
          onChange={(event) => keySettings.set({ ...settings, verbosity: event.currentTarget.value as Verbosity })}
        >
          {verbosities.map((verbosity) => (
            <option key={verbosity} value={verbosity}>
              {verbosityWords(verbosity)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
