// Where a link leads: the page that the reader is on. A frame in somebody else's site names its page of the course, because a link to the
// bare frame would lead out of everything. And whether the link is short enough to be sent.

import { linkLimits } from '../../experiments/definition/link';

/** Without a fragment. `within`: anything inside of the experiment. */
export function pageAddress(within: Element | null): string {
  const named = within?.closest<HTMLElement>('[data-course-page]')?.dataset.coursePage;
  const address = new URL(named ?? window.location.href, window.location.href);
  address.hash = '';
  return address.href.replace(/#$/, '');
}

export type LinkSize = 'short' | 'long' | 'too long';

/** long: some chat programs cut it. too long: this page itself would not read all of it. */
export function sizeOf(address: string, fragment: string): LinkSize {
  if (fragment.length > linkLimits.hard) return 'too long';
  return address.length > linkLimits.chat ? 'long' : 'short';
}
