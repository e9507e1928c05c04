import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { themeOf, themeScript } from '../../../src/lab/embed/embedTheme';

describe('the theme of a frame', () => {
  test.each([
    ['?theme=light', true, 'light'],
    ['?theme=dark', false, 'dark'],
    ['?theme=auto', true, 'dark'],
    ['?theme=auto', false, 'light'],
    ['', true, 'dark'],
    ['?theme=<script>', false, 'light'],
    ['?x=1&theme=dark', false, 'dark'],
  ])('%s, where the system is dark: %s, is %s, in code and in the script before it', (query, isDark, theme) => {
    expect(themeOf(query, isDark)).toBe(theme);
    const set: string[] = [];
    runInNewContext(themeScript, {
      URLSearchParams,
      location: { search: query },
      matchMedia: () => ({ matches: isDark }),
      document: { documentElement: { setAttribute: (_name: string, value: string) => set.push(value) } },
    });
    expect(set).toEqual([theme]);
  });
});
