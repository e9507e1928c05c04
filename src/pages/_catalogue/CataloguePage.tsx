import { translate } from '@docusaurus/Translate';
import Layout from '@theme/Layout';
import type { ReactNode } from 'react';
import { Catalogue } from '../../lab/catalogue/Catalogue';
import type { CatalogueEntry } from '../../lab/catalogue/types';
import styles from './catalogue.module.css';

export default function CataloguePage({ entries }: { entries: CatalogueEntry[] }): ReactNode {
  return (
    <Layout
      title={translate({ id: 'pages.catalogue.title', message: 'Experiments' })}
      description={translate({
        id: 'pages.catalogue.description',
        message: 'Every experiment of the course: the question that it answers, a picture of a run, and the page that it stands on.',
      })}
    >
      <main className={styles.page}>
        <h1>{translate({ id: 'pages.catalogue.title', message: 'Experiments' })}</h1>
        <p className={styles.lead}>
          {translate({
            id: 'pages.catalogue.lead',
            message:
              'Every experiment of the course, in its order. Each runs in your browser; each can be shown alone, for a lesson, or stand as a frame in a page of your own.',
          })}
        </p>
        <Catalogue entries={entries} />
      </main>
    </Layout>
  );
}
