// What is copied must work where it is pasted: the command line in a shell, the tag in a page, the frame in HTML.

import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerTo, type Course } from '../../../src/build/answers';
import { readRunArguments } from '../../../src/command/arguments';
import { readIntervention, readLink } from '../../../src/experiments/definition/link';
import { runExperiment } from '../../../src/experiments/definition/run';
import { settle } from '../../../src/experiments/definition/settings';
import type { TwinSetup } from '../../../src/experiments/definition/twin';
import { citation } from '../../../src/lab/take/citation';
import { commandLine, commandWords } from '../../../src/lab/take/commandLine';
import { embedCode } from '../../../src/lab/take/embedCode';
import { experimentTag } from '../../../src/lab/take/experimentTag';
import { fileName, linkOf } from '../../../src/lab/take/taken';
import { expand } from '../../build/tiny';
import { busy, experiments, taken } from './taking';
import '../../cases';

const named = experiments.map((definition) => [definition.id, definition] as const);

/** As the command line settles what it is given. */
function hashOfCommand(words: string[]): string {
  const asked = readRunArguments(words.slice(1));
  const definition = experiments.find(({ id }) => id === asked.id);
  if (!definition) throw new Error(`No experiment ${asked.id}.`);
  const { notices, ...setup } = settle(definition, {
    values: asked.values,
    seed: asked.seed,
    interventions: asked.interventions.map(readIntervention),
  });
  expect(notices).toEqual([]);
  return runExperiment(definition, setup).traceHash;
}

describe('the command line', () => {
  test.each(named)('of %s gives the same events, for both sides', (_id, definition) => {
    for (const run of [taken(definition), busy(definition)]) {
      for (const { result } of run.sides) expect(hashOfCommand(commandWords(definition, result))).toBe(result.traceHash);
    }
  });

  test('runs in a shell as it was copied', () => {
    const definition = experiments.find(({ id }) => id === 'load-balancing') ?? experiments[0];
    const { result } = busy(definition).sides[0];
    const line = commandLine(definition, result);
    expect(line.startsWith('npm run experiment -- run load-balancing ')).toBe(true);
    const { status, stdout } = spawnSync(line.replace('npm run', 'npm run --silent'), { shell: true, encoding: 'utf8' });
    expect(status).toBe(0);
    const printed = JSON.parse(stdout);
    expect(printed.traceHash).toBe(result.traceHash);
    expect(printed.modelHash).toBe(result.modelHash);
  }, 60_000);

  test('puts part names with spaces into quotes', () => {
    const setup = { values: {}, seed: 1, interventions: [{ atMs: 5, verb: 'crash', targets: ['order book/1'] }] };
    expect(commandLine({ ...experiments[0], parameters: {} }, setup)).toContain('--do "crash:order book/1:5"');
  });
});

describe('the tag', () => {
  const find = (id: string) => experiments.find((one) => one.id === id) ?? experiments[0];
  const course: Course = {
    ids: experiments.map(({ id }) => id),
    load: async (id) => find(id),
    ask: async (id, name, question) => JSON.parse(JSON.stringify(answerTo(find(id), name, question))),
  };
  const setupOf = async (tag: string | null): Promise<TwinSetup> => {
    const { data } = await expand(tag ?? '', course);
    return (data[0] as { setup: TwinSetup }).setup;
  };

  test.each(named)('of %s passes the check of the build, and sets up the same run', async (_id, definition) => {
    for (const run of [taken(definition), busy(definition)]) {
      const setup = await setupOf(experimentTag(run));
      const [a, b] = run.sides.map(({ result }) => result.traceHash);
      expect(runExperiment(definition, setup).traceHash).toBe(a);
      if (b) expect(setup.sideB && runExperiment(definition, { ...setup.sideB, seed: setup.seed }).traceHash).toBe(b);
    }
  });

  test('leaves out interventions that found no such part, which a page may not have', async () => {
    const definition = experiments.find(({ id }) => id === 'one-server') ?? experiments[0];
    const run = taken(definition, {
      interventions: [
        { atMs: 1000, verb: 'crash', targets: ['nobody/9'] },
        { atMs: 2000, untilMs: 3000, verb: 'crash', targets: ['nobody/9', 'server'] },
      ],
    });
    const setup = await setupOf(experimentTag(run));
    expect(setup.interventions).toEqual([{ atMs: 2000, untilMs: 3000, verb: 'crash', targets: ['server'] }]);
    expect(runExperiment(definition, setup).metrics).toEqual(run.sides[0].result.metrics);
  });

  test('is nothing for a run that is cut short, which the build would refuse', () => {
    const definition = experiments.find(({ id }) => id === 'one-server') ?? experiments[0];
    const run = taken(definition);
    const [{ result }] = run.sides;
    const cut = { ...definition, expectedEvents: () => 3_000_000 };
    expect(experimentTag({ ...run, definition: cut, sides: [{ side: 'a', result }] })).toBeNull();
  });
});

describe('the frame for another site', () => {
  test('leads to the same run, whatever the title holds', () => {
    const run = busy(experiments[1]);
    const html = embedCode({ address: 'https://example.org/embed/x/', fragment: linkOf(run), title: '"<One> & only"', heightPx: 900.4 });
    const attribute = (name: string): string =>
      (new RegExp(` ${name}="([^"]*)"`).exec(html)?.[1] ?? '')
        .replace(/&quot;/g, '"')
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&amp;/g, '&');
    expect(attribute('title')).toBe('"<One> & only"');
    expect(attribute('height')).toBe('900');
    const address = new URL(attribute('src'));
    expect(address.searchParams.get('theme')).toBe('auto');
    const { state, notices } = readLink(run.definition, address.hash);
    expect(notices).toEqual([]);
    expect(runExperiment(run.definition, state).traceHash).toBe(run.sides[0].result.traceHash);
  });

  test('is one well-formed tag for any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (title, fragment) => {
        const html = embedCode({ address: 'https://example.org/', fragment, title, heightPx: 1 });
        expect(html.match(/[<>]/g)).toHaveLength(4);
      }),
    );
  });
});

test('a citation names version, address, seed, model and both runs', () => {
  const run = busy(experiments[1]);
  const text = citation(run, '0.1.0', 'https://example.org/x#y');
  for (const part of [
    'version 0.1.0',
    'https://example.org/x#y',
    'seed 7',
    run.sides[0].result.modelHash,
    run.sides[1].result.traceHash.slice(0, 8),
  ])
    expect(text).toContain(part);
});

test('file names carry experiment, seed and hashes, and nothing that a file system refuses', () => {
  for (const definition of experiments) {
    const run = busy(definition);
    const name = fileName(run, 'run', 'csv');
    expect(name).toMatch(/^[a-z0-9.-]+\.csv$/);
    for (const part of [definition.id, 'seed-7', ...run.sides.map(({ result }) => result.traceHash.slice(0, 8))])
      expect(name).toContain(part);
  }
});
