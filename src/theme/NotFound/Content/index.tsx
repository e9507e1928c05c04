// Whoever followed a dead link is led on, and can tell us of it.

import Link from '@docusaurus/Link';
import { translate } from '@docusaurus/Translate';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import type { ReactNode } from 'react';

export default function NotFoundContent(): ReactNode {
  const { siteConfig } = useDocusaurusContext();
  return (
    <main className="not-found">
      <h1>{translate({ id: 'theme.notFound.heading', message: 'There is no such slice' })}</h1>
      <p>
        {translate({
          id: 'theme.notFound.why',
          message: 'No page of the course has this address. The link may be old, or a letter of it wrong.',
        })}
      </p>
      <ul>
        <li>
          <Link to="/">{translate({ id: 'theme.notFound.home', message: 'The course from its beginning' })}</Link>
        </li>
        <li>
          <Link to="/experiments/">{translate({ id: 'theme.notFound.experiments', message: 'All experiments' })}</Link>
        </li>
        <li>
          <Link to="/reference/glossary/">{translate({ id: 'theme.notFound.glossary', message: 'The glossary' })}</Link>
        </li>
        <li>
          <Link to={String(siteConfig.customFields?.newIssueUrl)}>
            {translate({ id: 'theme.notFound.report', message: 'Report the dead link' })}
          </Link>
        </li>
      </ul>
    </main>
  );
}
