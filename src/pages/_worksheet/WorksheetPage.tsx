// /worksheets/<page>/: what a page asks its reader to do, on paper. The build makes one for every page that asks something.

import { translate } from '@docusaurus/Translate';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import Layout from '@theme/Layout';
import type { ComponentProps, ReactNode } from 'react';
import { Worksheet, worksheetTitle } from '../../lab/worksheet/Worksheet';

export default function WorksheetPage({ page }: Pick<ComponentProps<typeof Worksheet>, 'page'>): ReactNode {
  const { siteConfig } = useDocusaurusContext();
  const description = translate(
    {
      id: 'pages.worksheet.description',
      message: 'To print: the predictions, runs and questions of the page {title}, with an answer key.',
    },
    { title: page.title },
  );
  return (
    <Layout title={worksheetTitle(page)} description={description}>
      <main className="container margin-vert--lg">
        <Worksheet page={page} course={siteConfig.title} site={siteConfig.url} />
      </main>
    </Layout>
  );
}
