// The links of the navbar stay from page to page. Docusaurus starts another watcher whenever one of them is drawn again, and lets go of
// the last one only: drawn again only when they change, they keep to one. Which page is open they learn from the router themselves.

import OriginalLink from '@theme-original/NavbarItem/NavbarNavLink';
import { type ComponentProps, memo } from 'react';

type Props = ComponentProps<typeof OriginalLink>;

type IsActive = (() => boolean) | undefined;

/** A link to a sidebar is given a new `isActive` at each page, which needs no more than it knows: what counts is its answer. */
function isSame({ isActive: activeBefore, ...before }: Props, { isActive: activeAfter, ...after }: Props): boolean {
  const names = Object.keys(after) as (keyof typeof after)[];
  return (
    (activeBefore as IsActive)?.() === (activeAfter as IsActive)?.() &&
    names.length === Object.keys(before).length &&
    names.every((name) => before[name] === after[name])
  );
}

export default memo(OriginalLink, isSame);
