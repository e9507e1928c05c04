// /embed/<id>/: no navigation and not for search engines, which are sent to the page of the course.

import Head from '@docusaurus/Head';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import type { ReactNode } from 'react';
import type { EmbedData } from '../../lab/catalogue/types';
import { Embed } from '../../lab/embed/Embed';

export default function EmbedPage({ data: { twin, page } }: { data: EmbedData }): ReactNode {
  const { siteConfig } = useDocusaurusContext();
  const title = `${twin.title} | ${siteConfig.title}`;
  return (
    <>
      <Head>
        <title>{title}</title>
        <meta property="og:title" content={title} />
        <meta name="description" content={twin.question} />
        <meta name="robots" content="noindex" />
        <link rel="canonical" href={siteConfig.url + page.path} />
      </Head>
      <Embed twin={twin} page={page} />
    </>
  );
}
