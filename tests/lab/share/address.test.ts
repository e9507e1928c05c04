import { describe, expect, test } from 'vitest';
import { linkLimits } from '../../../src/experiments/definition/link';
import { sizeOf } from '../../../src/lab/share/address';

describe('the size of a link', () => {
  const page = 'https://example.org/core/load-balancing/#';
  test.each([
    [10, 'short'],
    [linkLimits.chat - page.length, 'short'],
    [linkLimits.chat - page.length + 1, 'long'],
    [linkLimits.hard, 'long'],
    [linkLimits.hard + 1, 'too long'],
  ])('with a fragment of %i characters is %s', (length, size) => {
    const fragment = 'x'.repeat(length);
    expect(sizeOf(page + fragment, fragment)).toBe(size);
  });
});
