import Link from '@docusaurus/Link';
import { useDoc } from '@docusaurus/plugin-content-docs/client';
import { translate } from '@docusaurus/Translate';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import { usePluginData } from '@docusaurus/useGlobalData';
import EditThisPage from '@theme-original/EditThisPage';
import type { ReactNode } from 'react';

interface Props {
  editUrl: string;
}

/** What the build's plugin tells all pages. */
interface CourseData {
  worksheets: string[];
}

/** "Edit this page", and beside it a prefilled report that already says which page it is about, and the page's worksheet. */
export default function EditThisPageWrapper(props: Props): ReactNode {
  const { metadata } = useDoc();
  const { siteConfig } = useDocusaurusContext();
  const newIssueUrl = String(siteConfig.customFields?.newIssueUrl);
  const { worksheets } = usePluginData('course') as CourseData;
  return (
    <div className="page-actions">
      <EditThisPage {...props} />
      <Link to={reportAddress(newIssueUrl, metadata.title, metadata.permalink, metadata.source)} className="report-error">
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M5 21V4h9l.5 2H20v10h-6l-.5-2H7v7zM7 6v6h8l.5 2H18V8h-5l-.5-2z" />
        </svg>
        Report an error on this page
      </Link>
      {worksheets.includes(metadata.id) ? (
        <Link to={`/worksheets/${metadata.id}/`} className="worksheet-link">
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M5 3h10l4 4v14H5zm2 2v14h10V8h-3V5zm2 5h6v2H9zm0 4h6v2H9z" />
          </svg>
          {translate({ id: 'theme.worksheet', message: 'Worksheet' })}
        </Link>
      ) : null}
    </div>
  );
}

function reportAddress(newIssueUrl: string, title: string, path: string, source: string): string {
  const body = [
    `Page: ${title}`,
    `Path: ${path}`,
    `Source: ${source.replace('@site/', '')}`,
    '',
    'What the page says:',
    '',
    'What it should say, and how you know:',
    '',
  ].join('\n');
  return `${newIssueUrl}?${new URLSearchParams({ title: `Error on “${title}”`, body }).toString()}`;
}
