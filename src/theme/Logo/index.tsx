// A link that stays from page to page, as those of NavbarItem/NavbarNavLink: drawn again only when it changes.

import OriginalLogo from '@theme-original/Logo';
import { memo } from 'react';

export default memo(OriginalLogo);
