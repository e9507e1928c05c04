// What axe finds on a page, one line a rule: as the page is, or in both themes.

import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright';

interface Where {
  /** Only within elements of this selector. */
  within?: string;
  /** Not in these, which have a test of their own. */
  without?: string;
}

/** Those of the levels A and AA. */
const colorRules = ['color-contrast', 'link-in-text-block'];

export async function axeFindings(page: Page, where: Where = {}): Promise<string[]> {
  return sentences(await builder(page, where).analyze());
}

/** All rules in the theme that the page has, and those about color in the other one: the rest does not depend on colors. */
export async function axeFindingsInBothThemes(page: Page, where: Where = {}): Promise<string[]> {
  const found = await axeFindings(page, where);
  const isDark = (await page.locator('html').getAttribute('data-theme')) === 'dark';
  const other = isDark ? 'light' : 'dark';
  await page.emulateMedia({ colorScheme: other });
  await page.locator(`html[data-theme="${other}"]`).waitFor({ state: 'attached' });
  // Colors may be on their way from one theme to the other.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  const inOther = sentences(await builder(page, where).withRules(colorRules).analyze());
  return [...found, ...inOther.map((sentence) => `${other}: ${sentence}`)];
}

function builder(page: Page, { within, without }: Where): AxeBuilder {
  const all = new AxeBuilder({ page });
  const inside = within === undefined ? all : all.include(within);
  return without === undefined ? inside : inside.exclude(without);
}

function sentences({ violations }: Awaited<ReturnType<AxeBuilder['analyze']>>): string[] {
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}
