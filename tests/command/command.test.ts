// The command line, called as a person calls it. It must give what the page gives, and say in one sentence what is wrong.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runExperiment } from '../../src/experiments/definition/run';
import { settle } from '../../src/experiments/definition/settings';
import { experimentLoaders, loadExperiment } from '../../src/experiments/registry';

function experiment(...words: string[]): { code: number | null; out: string; error: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'src/command/main.ts', ...words], {
    encoding: 'utf8',
  });
  return { code: status, out: stdout, error: stderr };
}

describe('experiment list --json', () => {
  test('names every experiment of the registry with its kind and parameters', () => {
    const { code, out } = experiment('list', '--json');
    expect(code).toBe(0);
    const listed = JSON.parse(out) as { id: string; kind: string; parameters: Record<string, { label: string }> }[];
    expect(listed.map(({ id }) => id)).toEqual(Object.keys(experimentLoaders));
    for (const { kind, parameters } of listed) {
      expect(['simulation', 'calculation', 'session']).toContain(kind);
      for (const { label } of Object.values(parameters)) expect(label).toBeTruthy();
    }
  });
});

describe('experiment run', () => {
  test('is the function that the page runs', async () => {
    const { code, out } = experiment('run', 'load-balancing', 'policy=random', 'servers=6', '--seed', '7', '--json');
    expect(code).toBe(0);
    const printed = JSON.parse(out);
    const definition = await loadExperiment('load-balancing');
    const result = runExperiment(definition, settle(definition, { values: { policy: 'random', servers: 6 }, seed: 7 }));
    expect(printed.traceHash).toBe(result.traceHash);
    expect(printed.modelHash).toBe(result.modelHash);
    expect(printed.metrics).toEqual(JSON.parse(JSON.stringify(result.metrics)));
    expect(printed.accounts.requests).toEqual(result.accounts.requests);
    expect(printed.values).toMatchObject({ policy: 'random', servers: 6 });
    expect(printed).toMatchObject({ id: 'load-balancing', seed: 7, notices: [] });
  });

  test('with --replications gives each metric a mean and a 95 % interval around it', () => {
    const { out } = experiment('run', 'one-server', '--replications', '5', '--json');
    const { waitMs } = JSON.parse(out).metrics;
    expect(waitMs.replications).toBe(5);
    expect(waitMs.interval[0]).toBeLessThan(waitMs.mean);
    expect(waitMs.interval[1]).toBeGreaterThan(waitMs.mean);
  });

  test('with --do intervenes', () => {
    const { out } = experiment('run', 'load-balancing', 'healthCheck=off', '--do', 'crash:servers/2:30000', '--json');
    expect(JSON.parse(out).accounts.requests.failed).toBeGreaterThan(0);
  });

  test('with --trace writes the run as JSON lines in order of time', () => {
    const folder = mkdtempSync(join(tmpdir(), 'by-the-slice-'));
    const file = join(folder, 'trace.jsonl');
    const { code } = experiment('run', 'one-server', 'seconds=30', '--trace', file, '--json');
    const [head, ...lines] = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    rmSync(folder, { recursive: true });
    expect(code).toBe(0);
    expect(head.parts.map(({ name }: { name: string }) => name)).toContain('server');
    expect(lines.length).toBeGreaterThan(100);
    for (let index = 1; index < lines.length; index++) expect(lines[index].atMs).toBeGreaterThanOrEqual(lines[index - 1].atMs);
  });

  test('with --sweep prints a JSON line for each point, with the means that --replications gives', () => {
    const { code, out } = experiment('run', 'one-server', 'seconds=60', '--sweep', 'arrivalsPerSecond=2:8:3', '--seeds', '3');
    expect(code).toBe(0);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ parameter, value, seeds }) => [parameter, value, seeds])).toEqual(
      [2, 5, 8].map((value) => ['arrivalsPerSecond', value, 3]),
    );
    const one = experiment('run', 'one-server', 'seconds=60', 'arrivalsPerSecond=5', '--replications', '3', '--json');
    const { waitMs } = JSON.parse(one.out).metrics;
    expect(lines[1].metrics.waitMs).toMatchObject({ mean: waitMs.mean, interval: waitMs.interval, runs: 3, unit: 'ms' });
    expect(lines[1].theory.waitMs).toBeCloseTo(100, 6);
  });

  test('with --sweep of a choice tries each option; what a constraint takes back is left out with the reason', () => {
    const options = experiment('run', 'sharding', 'keyCount=100', '--sweep', 'change', '--seeds', '1').out.trim().split('\n');
    expect(options.map((line) => JSON.parse(line).value)).toEqual(['none', 'add', 'remove', 'crash']);
    const { out } = experiment('run', 'chaos', 'seconds=30', 'servers=1', '--sweep', 'blastRadius=1:2:2', '--seeds', '1');
    const [possible, impossible] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(possible.metrics.goodShare.runs).toBe(1);
    expect(impossible).toMatchObject({ value: 2, leftOut: true });
    expect(impossible.changes[0]).toContain('1 servers');
  });

  test.each([
    [['run', 'one-server', '--sweep', 'color=1:2'], 'arrivalsPerSecond'],
    [['run', 'one-server', '--sweep', 'arrivalsPerSecond=9:1:5'], 'from 0.5 to 20'],
    [['run', 'one-server', '--sweep', 'arrivalsPerSecond=fast'], 'from:to:points'],
    [['run', 'one-server', '--sweep', 'arrivalsPerSecond=1:9:1'], 'from 2 to 1000'],
    [['run', 'one-server', '--sweep', 'arrivals=1:2'], 'random, even'],
    [['run', 'load-balancing', '--sweep', 'speeds'], 'servers'],
    [['run', 'one-server', '--sweep', 'seconds', '--seeds', '0'], '--seeds'],
    [['run', 'one-server', '--sweep', 'seconds', '--replications', '5'], '--seeds'],
    [['run', 'one-server', '--seeds', '5'], '--sweep'],
    [['run', 'nothing'], 'one-server'],
    [['run', 'one-server', 'color=red'], 'arrivalsPerSecond'],
    [['run', 'load-balancing', 'servers=600'], 'from 1 to 64'],
    [['run', 'load-balancing', 'policy=magic'], 'round-robin'],
    [['run', 'one-server', '--seed', '-1'], 'whole number'],
    [['run', 'one-server', '--replications', 'many'], '--replications'],
    [['run', 'one-server', '--scenario', 'Monday'], 'Slow Tuesday'],
    [['run', 'one-server', '--fast'], '--replications'],
    [['run', 'sharding', '--trace', 'x'], 'calculation'],
    [['run'], 'id of an experiment'],
    [['walk'], 'list and run'],
  ])('%j is refused in one sentence that says what is allowed, with exit code 2', (words, allowed) => {
    const { code, out, error } = experiment(...words);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(error).toContain(allowed);
    expect(error.trim().split('\n')).toHaveLength(1);
  });
});
