// /record/: the reader's own answers over the whole course. They never leave the browser.

import { translate } from '@docusaurus/Translate';
import Layout from '@theme/Layout';
import type { ComponentProps, ReactNode } from 'react';
import { RecordView } from '../../lab/record/RecordView';

export default function RecordPage({ pages }: ComponentProps<typeof RecordView>): ReactNode {
  return (
    <Layout
      title={translate({ id: 'pages.record.title', message: 'Your record' })}
      description={translate({
        id: 'pages.record.description',
        message: 'What you predicted on the pages of this course, what came out, and whether you come closer. Kept in your browser only.',
      })}
    >
      <main className="container margin-vert--lg">
        <h1>{translate({ id: 'pages.record.title', message: 'Your record' })}</h1>
        <p>
          {translate({
            id: 'pages.record.lead',
            message:
              'What you predicted, beside what came out. It is kept in this browser and nowhere else; as a file it can move with you.',
          })}
        </p>
        <RecordView pages={pages} />
      </main>
    </Layout>
  );
}
