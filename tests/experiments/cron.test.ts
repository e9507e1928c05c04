// Experiments turn cron expressions into instants with croner; the simulation only ever gets the instants.
// So what croner says is what a page says: where the libraries agree, and which rule it follows where they do not.

import { Cron } from 'croner';
import { describe, expect, test } from 'vitest';
import { readVector } from '../vectors/read';

const nextRuns = (expression: string, timezone: string, from: string, count: number): string[] =>
  new Cron(expression, { timezone, paused: true }).nextRuns(count, new Date(from)).map((at) => at.toISOString().replace('.000Z', 'Z'));

interface Agreed {
  expr: string;
  tz: string;
  from_: string;
  next: string[];
}

describe('croner, where three libraries agree', () => {
  test.each(readVector<Agreed[]>('cron.agree').map((each) => [each.expr, each.tz, each] as const))(
    '%s in %s',
    (expr, tz, { from_, next }) => {
      expect(nextRuns(expr, tz, from_, next.length)).toEqual(next);
    },
  );
});

interface Disputed {
  expr: string;
  tz: string;
  from: string;
  croner: string[];
  cronparser: string[];
  cronosjs: string[];
}

describe('croner, where they disagree: in the hour that is skipped, and in the hour that is repeated', () => {
  test.each(readVector<Disputed[]>('cron.disagree').map((each) => [each.expr, each.tz, each] as const))(
    '%s in %s',
    (expr, tz, { from, croner }) => {
      expect(nextRuns(expr, tz, from, croner.length)).toEqual(croner);
    },
  );

  test('a time that does not exist runs in the hour after it, once', () => {
    expect(nextRuns('30 2 * * *', 'America/New_York', '2024-03-09T12:00:00Z', 2)).toEqual(['2024-03-10T07:00:00Z', '2024-03-11T06:30:00Z']);
  });
});

test.each(['', '60 * * * *', '* * * *  x', '@never'])('"%s" is refused', (expression) => {
  expect(() => new Cron(expression, { paused: true })).toThrow();
});
