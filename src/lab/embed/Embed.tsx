// An experiment alone, for a frame in somebody else's page: no navigation, only the way into the course. It takes its theme from
// ?theme=light|dark|auto and its setting from the fragment, and tells the page around it how high it is.

import { translate } from '@docusaurus/Translate';
import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
import type { ExperimentPage } from '../../experiments/definition/catalogue';
import type { Twin } from '../../experiments/definition/twin';
import { frameOf } from '../page/frames';
import { fragmentOf } from '../share/shareLink';
import { Experiment } from '../tags/Experiment';
import styles from './embed.module.css';
import { followSystemTheme, themeScript } from './embedTheme';
import { tellHeight } from './tellHeight';

export function Embed({ twin, page }: { twin: Twin; page: ExperimentPage }): ReactNode {
  const root = useRef<HTMLElement>(null);
  const { id } = twin;
  useEffect(() => followSystemTheme(), []);
  useEffect(() => (root.current ? tellHeight(root.current, id) : undefined), [id]);
  return (
    <main ref={root} className={styles.embed} data-course-page={page.path} data-embed={id}>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours; it runs before anything is painted */}
      <script dangerouslySetInnerHTML={{ __html: themeScript }} />
      <h1 className={styles.hidden}>
        {translate({ id: 'lab.embed.title', message: '{title}: an experiment of Distributed Systems by the Slice' }, { title: twin.title })}
      </h1>
      <Experiment data={twin} alone />
      <p className={styles.foot}>
        <span>Distributed Systems by the Slice</span>
        <a href={page.path} target="_blank" rel="noopener" data-action="open-in-course" onClick={(event) => takeSettingAlong(event, id)}>
          {translate({ id: 'lab.embed.openInCourse', message: 'Open in the course: {page}' }, { page: page.title })}{' '}
          <span aria-hidden="true">↗</span>
        </a>
      </p>
    </main>
  );
}

/** The page in the course then shows what stands here. In a frame that may open nothing beside it, it opens here. */
function takeSettingAlong(event: MouseEvent<HTMLAnchorElement>, id: string): void {
  const link = event.currentTarget;
  const frame = frameOf(id);
  if (frame) link.hash = fragmentOf(frame.session);
  if (window.origin === 'null') link.target = '_self';
}
