import { describe, expect, test } from 'vitest';
import { differences } from '../../scripts/engines';

const line = (id: string, number: number, traceHash: string): string => JSON.stringify({ id, number, traceHash, result: '{}' });

describe('comparing what two engines printed', () => {
  const here = [line('sharding', 0, 'aa'), line('sharding', 1, 'bb')];

  test('finds nothing where every digit is the same', () => {
    expect(differences(here, [...here])).toEqual([]);
  });

  test('names the setting that came out otherwise', () => {
    expect(differences(here, [here[0], line('sharding', 1, 'bc')])).toEqual(['sharding 1']);
  });

  test('notices a setting that is missing', () => {
    expect(differences(here, here.slice(0, 1))).toEqual(['sharding 1', '1 settings in place of 2']);
  });
});
