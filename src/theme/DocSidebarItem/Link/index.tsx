// Docusaurus starts another watcher each time a link is drawn again, and lets go of the last one only. The links of the sidebar stay
// from page to page: drawn again only when they change, they keep to one.

import { isActiveSidebarItem } from '@docusaurus/plugin-content-docs/client';
import type LinkType from '@theme/DocSidebarItem/Link';
import OriginalLink from '@theme-original/DocSidebarItem/Link';
import { type ComponentProps, memo } from 'react';

type Props = ComponentProps<typeof LinkType>;

function isSame({ activePath: pathBefore, ...before }: Props, { activePath, ...after }: Props): boolean {
  const names = Object.keys(after) as (keyof typeof after)[];
  return (
    names.length === Object.keys(before).length &&
    names.every((name) => before[name] === after[name]) &&
    isActiveSidebarItem(before.item, pathBefore) === isActiveSidebarItem(after.item, activePath)
  );
}

export default memo(OriginalLink, isSame);
