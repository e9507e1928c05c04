import type { PrismTheme } from 'prism-react-renderer';

/** Code in the colors of the course. The values are custom properties, so one theme serves light and dark. */
export const prismTheme: PrismTheme = {
  plain: { color: 'var(--slice-text)', backgroundColor: 'var(--slice-sunken)' },
  styles: [
    { types: ['comment', 'prolog', 'doctype', 'cdata'], style: { color: 'var(--slice-quiet)', fontStyle: 'italic' } },
    { types: ['punctuation', 'operator'], style: { color: 'var(--slice-quiet)' } },
    { types: ['keyword', 'boolean', 'important', 'atrule', 'tag', 'selector'], style: { color: 'var(--slice-plum)' } },
    { types: ['string', 'char', 'attr-value', 'inserted', 'regex', 'url'], style: { color: 'var(--slice-basil)' } },
    { types: ['number', 'constant', 'symbol', 'builtin', 'variable'], style: { color: 'var(--slice-blueprint)' } },
    { types: ['function', 'class-name', 'deleted'], style: { color: 'var(--slice-tomato)' } },
    { types: ['attr-name', 'property'], style: { color: 'var(--slice-crust)' } },
  ],
};
