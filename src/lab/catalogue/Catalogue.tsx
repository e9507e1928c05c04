// All experiments of the course: what each answers, where it stands, how long it takes to watch. The filter by topic is a row of radio
// buttons and style rules, so that it works before (and without) any code.

import Link from '@docusaurus/Link';
import { translate } from '@docusaurus/Translate';
import { type ReactNode, useState } from 'react';
import type { CatalogueEntry } from '../../experiments/definition/catalogue';
import styles from './catalogue.module.css';
import { hiding, isShown, topicsOf } from './topics';

/** Topics in sight; the rarer ones are behind a button. */
const atOnce = 8;

export function Catalogue({ entries }: { entries: readonly CatalogueEntry[] }): ReactNode {
  const topics = topicsOf(entries);
  return (
    <div>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: rules made of numbers; no text of a topic is in them */}
      <style dangerouslySetInnerHTML={{ __html: hiding(topics.length) }} />
      <Topics topics={topics} entries={entries} />
      <ul className={styles.list}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} topics={topics} />
        ))}
      </ul>
    </div>
  );
}

function Topics({ topics, entries }: { topics: readonly string[]; entries: readonly CatalogueEntry[] }): ReactNode {
  const [chosen, setChosen] = useState<string | null>(null);
  const count = entries.filter((entry) => chosen === null || isShown(entry, chosen)).length;
  const choiceOf = (topic: string, index: number): ReactNode => (
    <Choice key={topic} index={index + 1} label={topic} onChoose={() => setChosen(topic)} />
  );
  return (
    <fieldset className={styles.topics}>
      <legend>{translate({ id: 'lab.catalogue.topic', message: 'Topic' })}</legend>
      <Choice index={0} label={translate({ id: 'lab.catalogue.all', message: 'all' })} isFirst onChoose={() => setChosen(null)} />
      {topics.slice(0, atOnce).map(choiceOf)}
      {topics.length > atOnce ? (
        <details className={styles.more}>
          <summary>{translate({ id: 'lab.catalogue.moreTopics', message: 'More topics' })}</summary>
          <div className={styles.moreTopics}>{topics.slice(atOnce).map((topic, index) => choiceOf(topic, index + atOnce))}</div>
        </details>
      ) : null}
      <p className={styles.hidden} role="status">
        {chosen === null
          ? ''
          : translate(
              { id: 'lab.catalogue.count', message: '{count} of {all} experiments shown.' },
              { count: String(count), all: String(entries.length) },
            )}
      </p>
    </fieldset>
  );
}

function Choice(props: { index: number; label: string; isFirst?: boolean; onChoose: () => void }): ReactNode {
  return (
    <label className={styles.topic}>
      <input
        type="radio"
        name="topic"
        id={`topic-${props.index}`}
        defaultChecked={props.isFirst}
        // A browser may restore another choice than the page was made with.
        autoComplete="off"
        onChange={props.onChoose}
      />
      <span>{props.label}</span>
    </label>
  );
}

function Entry({ entry, topics }: { entry: CatalogueEntry; topics: readonly string[] }): ReactNode {
  const { id, title, question, picture, page, embed } = entry;
  const numbers = entry.topics.map((topic) => topics.indexOf(topic) + 1);
  return (
    <li className={styles.entry} data-experiment-entry={id} data-topics={numbers.join(' ')}>
      {picture ? (
        // biome-ignore lint/security/noDangerouslySetInnerHtml: the build made this SVG from shapes; texts in it are escaped there
        <div className={styles.picture} dangerouslySetInnerHTML={{ __html: picture.svg }} />
      ) : null}
      <div className={styles.words}>
        <h2 className={styles.title}>
          <Link to={page.path}>{title}</Link>
        </h2>
        <p className={styles.question}>{question}</p>
        <dl className={styles.facts}>
          <div>
            <dt>{translate({ id: 'lab.catalogue.stands', message: 'On the page' })}</dt>
            <dd>{page.title}</dd>
          </div>
          <div>
            <dt>{translate({ id: 'lab.catalogue.toWatch', message: 'To watch' })}</dt>
            <dd>{watchText(entry)}</dd>
          </div>
          <div>
            <dt>{translate({ id: 'lab.catalogue.topics', message: 'Topics' })}</dt>
            <dd>{entry.topics.join(', ')}</dd>
          </div>
        </dl>
        <p className={styles.ways}>
          <Link
            to={page.path}
            className={styles.way}
            aria-label={translate({ id: 'lab.catalogue.openNamed', message: 'Open the page with “{title}”' }, { title })}
          >
            {translate({ id: 'lab.catalogue.open', message: 'Open the page' })}
          </Link>
          <a
            href={embed}
            className={styles.way}
            aria-label={translate({ id: 'lab.catalogue.aloneNamed', message: 'Show “{title}” alone' }, { title })}
          >
            {translate({ id: 'lab.catalogue.alone', message: 'The experiment alone' })}
          </a>
        </p>
      </div>
    </li>
  );
}

function watchText({ playSeconds }: CatalogueEntry): string {
  if (playSeconds === undefined) return translate({ id: 'lab.catalogue.noClock', message: 'nothing moves: it answers at once' });
  return translate({ id: 'lab.catalogue.seconds', message: '{seconds} s' }, { seconds: String(playSeconds) });
}
