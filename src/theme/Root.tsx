import Head from '@docusaurus/Head';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import titleFont from '@fontsource/fraunces/files/fraunces-latin-600-normal.woff2';
import textFont from '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2';
import { type ReactNode, useEffect } from 'react';
import { loadNumberFontAtFirstSign } from '../lab/page/numberFont';
import { writeNumbersOf } from '../lab/words/numbers';

/**
 * Titles and text are needed for the first paint: their fonts are asked for before the style sheet has been read. That of figures
 * comes later.
 */
export default function Root({ children }: { children: ReactNode }): ReactNode {
  writeNumbersOf(useDocusaurusContext().i18n.currentLocale);
  useEffect(loadNumberFontAtFirstSign, []);
  return (
    <>
      <Head>
        <link rel="preload" as="font" type="font/woff2" href={titleFont} crossOrigin="anonymous" />
        <link rel="preload" as="font" type="font/woff2" href={textFont} crossOrigin="anonymous" />
      </Head>
      {children}
    </>
  );
}
