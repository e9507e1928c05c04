import type * as Preset from '@docusaurus/preset-classic';
import type { Config } from '@docusaurus/types';
import { version } from './package.json';
import { apiPages, apiRoute } from './src/build/apiPages';
import apiPlugin from './src/build/apiPlugin';
import { courseTags } from './src/build/courseTags';
import { coursePlugin } from './src/build/plugin';
import { diagramOptions } from './src/css/diagrams';
import { prismTheme } from './src/css/prism';
import { site } from './src/site';

const config: Config = {
  title: site.title,
  tagline: site.tagline,
  url: site.url,
  baseUrl: site.basePath,
  favicon: 'favicon.svg',
  // Every page is a folder with an index.html, which any static host serves as it is.
  trailingSlash: true,
  onBrokenLinks: 'throw',
  onBrokenAnchors: 'throw',
  onDuplicateRoutes: 'throw',

  future: {
    v4: true,
    faster: {
      swcJsLoader: true,
      swcJsMinimizer: true,
      swcHtmlMinimizer: true,
      lightningCssMinimizer: true,
      mdxCrossCompilerCache: true,
      rspackBundler: true,
      // The course's own plugin turns it on, for exactly the sources that the pages' numbers were computed from.
      rspackPersistentCache: false,
      ssgWorkerThreads: true,
      gitEagerVcs: false,
    },
    // No page shows a date from the history, so a build needs no repository.
    experimental_vcs: 'disabled',
  },

  markdown: {
    // .mdx are the course's pages; .md are plain Markdown.
    format: 'detect',
    mermaid: true,
    emoji: false,
    hooks: {
      onBrokenMarkdownLinks: 'throw',
      onBrokenMarkdownImages: 'throw',
    },
  },

  i18n: { defaultLocale: 'en', locales: ['en'] },

  customFields: { repository: site.repository, newIssueUrl: site.newIssueUrl, version },

  // Part of the page as it arrives: as `metadata` it would be taken out and put in again, and the browser would style the page twice more.
  headTags: [{ tagName: 'meta', attributes: { name: 'color-scheme', content: 'light dark' } }],

  presets: [
    [
      'classic',
      {
        docs: {
          routeBasePath: '/',
          sidebarPath: './sidebars.ts',
          editUrl: site.editUrl,
          remarkPlugins: [courseTags],
        },
        blog: false,
        theme: {
          customCss: ['./src/css/fonts.css', './src/css/tokens.css', './src/css/site.css', './src/css/print.css'],
        },
        sitemap: { ignorePatterns: ['/search/**'] },
      } satisfies Preset.Options,
    ],
  ],

  plugins: [
    coursePlugin,
    // The pages of the simulation package, from its docstrings: made by the build, into a folder that git does not see.
    apiPlugin,
    [
      '@docusaurus/plugin-content-docs',
      { id: 'simulation', path: apiPages.out, routeBasePath: apiRoute, sidebarPath: './src/build/apiSidebar.ts' },
    ],
  ],

  themes: [
    '@docusaurus/theme-mermaid',
    [
      '@easyops-cn/docusaurus-search-local',
      {
        hashed: true,
        indexDocs: true,
        indexBlog: false,
        indexPages: false,
        docsDir: 'docs',
        docsRouteBasePath: '/',
        // Readers search the course: the many pages of the package's reference would make up most of its index.
        ignoreFiles: [new RegExp(`^${apiRoute}/`)],
        searchBarShortcutHint: false,
        searchResultContextMaxLength: 80,
      },
    ],
  ],

  themeConfig: {
    image: 'img/social-card.png',
    colorMode: { defaultMode: 'light', respectPrefersColorScheme: true },
    docs: { sidebar: { hideable: true, autoCollapseCategories: false } },
    tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 2 },
    navbar: {
      title: site.title,
      logo: { alt: '', src: 'favicon.svg', width: 30, height: 30 },
      items: [
        { type: 'docSidebar', sidebarId: 'course', label: 'Course', position: 'left' },
        { to: '/experiments/', label: 'Experiments', position: 'left' },
        { to: '/record/', label: 'Your record', position: 'left' },
        { to: '/contributing/', label: 'Contribute', position: 'left' },
        { href: site.repository, label: 'Source', position: 'right' },
      ],
    },
    footer: {
      links: [
        { label: 'Start with opening night', to: '/start/opening-night/' },
        { label: 'Contribute', to: '/contributing/' },
        { label: 'Source code', href: site.repository },
        { label: 'Report an error', href: site.newIssueUrl },
      ],
      copyright: `The code is under the MIT License; the text and pictures are under <a href="https://creativecommons.org/licenses/by/4.0/">Creative Commons Attribution 4.0 International</a>. No account, no tracking: everything runs in your browser.`,
    },
    prism: { theme: prismTheme, darkTheme: prismTheme, additionalLanguages: ['bash', 'json'] },
    mermaid: { theme: { light: 'base', dark: 'base' }, options: diagramOptions },
  } satisfies Preset.ThemeConfig,
};

export default config;
