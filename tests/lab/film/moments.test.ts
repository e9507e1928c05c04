import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../../src/experiments/definition/result';
import { runExperiment } from '../../../src/experiments/definition/run';
import { settle } from '../../../src/experiments/definition/settings';
import { loadExperiment } from '../../../src/experiments/registry';
import { captionOf } from '../../../src/lab/film/caption';
import { type Moment, momentsOf, mostMoments } from '../../../src/lab/film/moments';
import { stillsOf } from '../../../src/lab/film/still';
import type { MarkKind } from '../../../src/simulation/index';
import { createReplay } from '../../../src/simulation/index';
import { cases } from '../../cases';
import { tiny } from '../tiny';

const chaos = await loadExperiment('chaos');
const oneServer = await loadExperiment('one-server');
const run = (definition: typeof chaos, raw: object = {}): Result =>
  runExperiment(definition, settle(definition, raw), { record: { detail: 'all' } });

describe('decisive moments', () => {
  it('begin with the start, end with the end, and stand in order', () => {
    const moments = momentsOf(run(chaos));
    expect([moments[0].kind, moments[moments.length - 1].kind]).toEqual(['start', 'end']);
    const times = moments.map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(moments.some(({ kind }) => kind === 'crash')).toBe(true);
  });

  it('tell where a line is longest: nowhere else in the run do more wait in one place', () => {
    const result = run(oneServer);
    const longest = momentsOf(result).find(({ kind }) => kind === 'longestLine') as Moment;
    expect(longest.waiting).toBe(result.metrics.longestLine.value);
    if (!result.trace) throw new Error('no trace');
    const { parts } = createReplay(result.trace).stateAt(longest.atMs);
    expect(Math.max(...parts.map(({ waiting }) => waiting.length))).toBe(longest.waiting);
  });

  it('tell when a line first forms: before it nobody waits', () => {
    const result = run(oneServer, { values: { arrivalsPerSecond: 5 } });
    const first = momentsOf(result).find(({ kind }) => kind === 'firstLine');
    if (!result.trace || !first) throw new Error('no line');
    const replay = createReplay(result.trace);
    const waiting = (atMs: number): number => Math.max(...replay.stateAt(atMs).parts.map((part) => part.waiting.length));
    expect([waiting(first.atMs - 1e-6), waiting(first.atMs)]).toEqual([0, 1]);
  });

  it('have no line where nobody waits, and none at all without a recording', () => {
    const calm = run(oneServer, { values: { arrivals: 'even', variability: 'fixed', arrivalsPerSecond: 5 } });
    expect(momentsOf(calm).map(({ kind }) => kind)).toEqual(['start', 'end']);
    expect(momentsOf(runExperiment(tiny, settle(tiny, {})))).toEqual([]);
  });

  it('are eight at the most, far enough apart, with the weightiest kept, whatever the marks', () => {
    const base = run(tiny);
    const kinds: MarkKind[] = ['crash', 'restore', 'slow', 'rejection', 'saturation', 'health', 'flush', 'hypothesis', 'note'];
    const mark = fc.record({
      atMs: fc.double({ min: 0, max: base.horizonMs, noNaN: true }),
      kind: fc.constantFrom(...kinds),
      part: fc.integer({ min: -1, max: 1 }),
      text: fc.constantFrom('server crashed', 'x'),
    });
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 60 }), (marks) => {
        const inOrder = [...marks].sort((a, b) => a.atMs - b.atMs);
        const moments = momentsOf({ ...base, marks: inOrder });
        expect(moments.length).toBeLessThanOrEqual(mostMoments);
        expect(new Set(moments.map(({ atMs }) => atMs)).size).toBe(moments.length);
        const hasCrash = inOrder.some(({ kind }) => kind === 'crash');
        const isTold = moments.some(({ kind, texts }) => kind === 'crash' || texts.some((text) => text !== ''));
        if (hasCrash) expect(isTold).toBe(true);
      }),
      {
        // The second is so close to the first that both are one still, and that is the start.
        examples: [[[0, 5e-324].map((atMs) => ({ atMs, kind: 'crash' as const, part: 0, text: 'server crashed' as const }))]],
        numRuns: cases,
      },
    );
  });

  it('tell at the start and at the end what happens in that instant', () => {
    const base = run(tiny);
    const crash = (atMs: number) => ({ atMs, kind: 'crash' as const, part: 0, text: 'server crashed' as const });
    const moments = momentsOf({ ...base, marks: [crash(0), crash(base.horizonMs)] });
    expect(moments.filter(({ texts }) => texts.length > 0).map(({ kind }) => kind)).toEqual(['start', 'end']);
  });
});

describe('a still', () => {
  it('has a caption in words, with names that the picture uses', () => {
    const captions = momentsOf(run(chaos)).map((moment) => captionOf(moment, 'orders'));
    for (const caption of captions) expect(caption).toMatch(/^[A-Z]/);
    expect(captions.join('\n')).not.toMatch(/servers\/\d/);
    expect(captions[0]).toBe('The start');
  });

  it('is the picture of its moment, the same each time, without words too small to read', () => {
    const result = run(chaos);
    const stills = stillsOf(result, chaos.scene);
    const [first, second] = [10_000, 60_000].map((atMs) => stills?.pictureAt(atMs, 'x') ?? '');
    expect(first).toMatch(/^<svg /);
    expect(first).not.toContain('<text');
    expect(second).not.toBe(first);
    expect(stillsOf(result, chaos.scene)?.pictureAt(10_000, 'x')).toBe(first);
    expect(stillsOf(runExperiment(chaos, settle(chaos, {})), chaos.scene)).toBe(null);
  });
});
