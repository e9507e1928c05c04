import { roundToInterval } from '@by-the-slice/simulation';
import { describe, expect, it } from 'vitest';
import { stretchesOf } from '../../src/build/curveAnswer';
import { roundedText } from '../../src/build/rounded';
import { claimSeeds } from '../../src/experiments/definition/claimSeeds';
import { readLink } from '../../src/experiments/definition/link';
import { estimatesOf } from '../../src/experiments/definition/replicate';
import { measureExperiment } from '../../src/experiments/definition/run';
import { settle } from '../../src/experiments/definition/settings';
import type { AskedQuestion, ComputedNumber, SketchAnswer, TryLink, Twin } from '../../src/experiments/definition/twin';
import { expand, shop, sums } from './tiny';

async function only<T>(text: string): Promise<T> {
  const { data } = await expand(text);
  return data[data.length - 1] as T;
}

/** Mean and interval of `size` over the 20 seeds. */
function sizeWith(cooks: number) {
  return estimatesOf(claimSeeds.map((seed) => measureExperiment(sums, settle(sums, { values: { cooks }, seed })))).size;
}

describe('<Result>', () => {
  it('is the mean of 20 runs, rounded to its interval', async () => {
    const size = sizeWith(3);
    const number = await only<ComputedNumber>('a <Result experiment="sums" metric="size" cooks={3}/>');
    expect(number.mean).toBe(size.mean);
    expect(number).toMatchObject({ text: size.mean.toFixed(roundToInterval(size.mean, size.halfWidth)), unit: 'ms' });
    expect(number.basis).toBe('mean of 20 runs, ± 2.77\u00a0ms (95 % interval)');
  });

  it('shows percent as percent', async () => {
    expect(await only('a <Result experiment="sums" metric="share" share={0.25}/>')).toMatchObject({ text: '25.10', unit: '%' });
  });

  it('is exact where nothing varies', async () => {
    expect(await only('a <Result experiment="sums" metric="exact"/>')).toMatchObject({
      text: '0.28571',
      basis: 'the same in all of 20 runs',
    });
  });

  it('compares two settings seed by seed', async () => {
    const difference = await only<ComputedNumber>(
      'a <Result experiment="sums" metric="size" cooks={5} against={{cooks: 2}} as="difference"/>',
    );
    expect(difference).toMatchObject({ text: '300', unit: 'ms', halfWidth: 0 });
    const ratio = await only<ComputedNumber>(
      'a <Result experiment="sums" metric="exact" scenario="Busy" against={{cooks: 2}} as="ratio" unit={false}/>',
    );
    expect(ratio).toMatchObject({ text: '2.5', unit: '' });
  });

  it('can be what the formula says', async () => {
    expect(await only('a <Result experiment="sums" metric="size" cooks={4} theory/>')).toMatchObject({
      text: '400',
      basis: 'by the formula s = 100·n',
    });
  });

  it.each([
    [23.3417, 0.2, '23.3'],
    [312.7, 14, '310'],
    [312.7, 3, '313'],
    [-0.04, 0.2, '0.0'],
    [1234567, 100, '1\u202f234\u202f600'],
    [5, 0, '5'],
    [0.5, 0, '0.5'],
    [-3.25, 0.01, '−3.25'],
  ])('%d ± %d is written %s', (mean, halfWidth, text) => {
    expect(roundedText(mean, halfWidth)).toBe(text);
  });
});

describe('<Experiment>', () => {
  it('becomes a twin with everything that the page shows', async () => {
    const twin = await only<Twin>('<Experiment id="sums" cooks={3} seed={4} compare={{cooks: 5}}/>');
    expect(twin).toMatchObject({
      id: 'sums',
      kind: 'calculation',
      setup: { seed: 4, values: { cooks: 3, speeds: [1, 1, 1] }, sideB: { values: { cooks: 5, speeds: [1, 1, 1, 1, 1] } } },
      summary: 'It is 304\u202fms.',
      summaryB: 'It is 504\u202fms.',
      leavesOut: ['Everything else.'],
      scenarios: [{ name: 'Busy', note: 'Many.', fragment: 'x=1;id=sums;cooks=5' }],
    });
    expect(twin.values[0]).toEqual({ name: 'cooks', label: 'Cooks', text: '3\u202fservers', changed: true });
    expect(twin.metrics[0]).toMatchObject({ text: '304\u202fms', textB: '504\u202fms', theory: { text: '300\u202fms' } });
    expect(twin.values.map(({ name }) => name)).not.toContain('boost');
  });

  it('takes interventions of a scenario or its own, and keeps the accounts', async () => {
    const twin = await only<Twin>(
      "<Experiment id=\"shop\" interventions={[{atMs: 5000, untilMs: 8000, verb: 'crash', targets: ['server']}]}/>",
    );
    expect(twin.interventions).toEqual(['crash Server at 5\u202fs to 8\u202fs']);
    expect(twin.horizon).toBe('20\u202fs');
    expect(twin.accounts.requests.opened).toBeGreaterThan(50);
    expect(twin.resultHash).toMatch(/^[0-9a-f]+$/);
  });

  it('reports which experiments a page uses', async () => {
    const { report } = await expand('<Experiment id="sums"/>\n\n<Experiment id="shop"/>');
    expect(report.experiments).toEqual(['sums', 'shop']);
  });
});

describe('<Try>', () => {
  it('is a link that reads back as the same setting', async () => {
    const link = await only<TryLink>(
      '<Experiment id="sums" cooks={4}/>\n\n- <Try experiment="sums" fast boost={2} seed={9} compare={{policy: \'round-robin\'}}>go</Try>',
    );
    expect(link.fragment).toBe('x=1;id=sums;fast=true;boost=2;seed=9;b=1;b.policy=round-robin;b.fast=true;b.boost=2');
    const { state, notices } = readLink(sums, link.fragment);
    expect(notices).toEqual([]);
    expect(state).toEqual(link.setup);
    expect(link.sets).toEqual(['Fast: on', 'Boost: 2×', 'seed 9', 'side B, Policy: in turn']);
  });

  it('keeps interventions and the clock', async () => {
    const link = await only<TryLink>(
      '<Experiment id="shop"/>\n\n- <Try experiment="shop" cursorMs={6000} interventions={[{atMs: 5000, verb: \'slow\', targets: [\'server\'], arguments: {factor: 0.5}}]}>go</Try>',
    );
    expect(readLink(shop, link.fragment).state).toEqual(link.setup);
    expect(link.sets).toEqual(['slow server at 5\u202fs', 'the clock at 6\u202fs']);
  });
});

describe('<Claim>', () => {
  it('is its sentence with what was found', async () => {
    expect(await only('<Claim experiment="sums" id="grows"/>')).toMatchObject({ sentence: 'More cooks, more size.', block: true });
    expect(await only('So: <Claim experiment="sums" id="grows"/>')).toMatchObject({ block: false });
  });
});

describe('<Predict> and <Checkpoint>', () => {
  it('computes the answer of a prediction', async () => {
    const asked = await only<AskedQuestion>(
      '<Predict id="size" question="How large?" unit="ms" answer={{experiment: \'sums\', metric: \'size\', scenario: \'Busy\'}}>Because **so**.</Predict>',
    );
    expect(asked).toMatchObject({
      key: 'core/page#size',
      text: 'How large?',
      answer: { type: 'number', label: 'Size', right: { text: '511' } },
    });
  });

  it('accepts values in an object of their own', async () => {
    const asked = await only<AskedQuestion>(
      '<Predict id="size" question="q" answer={{experiment: \'sums\', metric: \'size\', values: {cooks: 5}}}>x</Predict>',
    );
    expect(asked).toMatchObject({ answer: { right: { text: '511' } } });
  });

  it('takes a choice by its text or its number', async () => {
    for (const answer of ['"b"', '{1}']) {
      const page = `<Experiment id="sums"/>\n\n<Predict id="x" question="q" choices={['a', 'b']} answer=${answer} proof="grows">x</Predict>`;
      expect(await only(page)).toMatchObject({
        answer: { type: 'choice', right: 1, proof: { sentence: 'More cooks, more size.' }, moment: { link: { experiment: 'sums' } } },
      });
    }
  });

  it('knows four kinds of question', async () => {
    const { data } = await expand(`<Experiment id="sums"/>

<Checkpoint>
<Question text="One?" choices={['a', 'b']} answer="a">x</Question>
<Question text="Two?" answer={{experiment: 'sums', metric: 'size'}}>x</Question>
<Question text="Three?">

Some *prose*.

</Question>
<Question text="Four?" goal={{experiment: 'sums', metric: 'size', above: 300, with: {cooks: {atMost: 5}, policy: 'random', share: {atMost: 0.9}}, solution: {scenario: 'Busy'}}}>x</Question>
</Checkpoint>`);
    const questions = data.slice(1) as AskedQuestion[];
    expect(questions.map(({ answer }) => answer.type)).toEqual(['choice', 'number', 'open', 'goal']);
    const goal = questions[3].answer;
    if (goal.type !== 'goal') throw new Error('no goal');
    expect(goal.goal.conditions.map(({ text }) => text)).toEqual([
      'Size above 300\u202fms',
      'Cooks at most 5\u202fservers',
      'Policy: at random',
      'Share at most 90\u202f%',
    ]);
    expect(goal.solution.fragment).toBe('x=1;id=sums;cooks=5');
  });
});

describe('a sketch', () => {
  const sketchOf = async (settings: string): Promise<SketchAnswer> => {
    const asked = await only<AskedQuestion>(`<Experiment id="sums"/>\n\n<Predict id="x" question="q" sketch={{${settings}}}>x</Predict>`);
    if (asked.answer.type !== 'sketch') throw new Error('no sketch');
    return asked.answer;
  };

  it('is the mean of 20 runs at each value, never typed', async () => {
    const answer = await sketchOf("experiment: 'sums', metric: 'size', over: 'cooks', at: [1, 2, 3, 4, 6]");
    for (const { x, y } of answer.points) expect(y).toBe(sizeWith(x).mean);
    expect(answer).toMatchObject({ x: { label: 'Cooks', unit: 'servers' }, y: { label: 'Size', unit: 'ms', top: 1000 } });
  });

  it('shows shares as percent', async () => {
    const answer = await sketchOf("experiment: 'sums', metric: 'share', over: 'share', at: [0, 0.2, 0.4, 0.6, 0.8]");
    expect(answer.points[1].y).toBeCloseTo(20.1);
    expect(answer.y.top).toBe(100);
  });

  it('leads to the run behind each of its points', async () => {
    const answer = await sketchOf("experiment: 'sums', metric: 'size', over: 'cooks', at: [1, 2, 3, 4, 5]");
    expect(answer.points[4].moment?.link.fragment).toBe('x=1;id=sums;cooks=5');
  });

  it('takes another end of the scale, with room above the curve', async () => {
    const answer = await sketchOf("experiment: 'sums', metric: 'size', over: 'cooks', at: [1, 2, 3, 4, 5], top: 2000");
    expect(answer.y.top).toBe(2000);
  });
});

describe('the moment that explains an outcome', () => {
  const momentOfShop = async (settings: string): Promise<string | undefined> => {
    const asked = await only<AskedQuestion>(
      `<Experiment id="shop"/>\n\n<Predict id="x" question="q" answer={{experiment: 'shop', metric: 'completed'${settings}}}>x</Predict>`,
    );
    return asked.answer.type === 'number' ? asked.answer.moment?.sentence : undefined;
  };

  it('is the crash, with the line that it made', async () => {
    const crash = ", rate: 10, interventions: [{atMs: 5000, untilMs: 8000, verb: 'slow', targets: ['server'], arguments: {factor: 0.01}}]";
    expect(await momentOfShop(crash)).toMatch(
      /^At 5\u202fs: Server .+\. At [\d.]+\u202fs the longest line of this run: \d+ requests at Server\.$/,
    );
  });

  it('is the longest line where nothing breaks, at the time when it is longest', async () => {
    expect(await momentOfShop(', rate: 30')).toMatch(/^At [\d.]+\u202fs the longest line of this run: \d+ requests at Server\.$/);
  });

  it('is the run itself where nobody waits', async () => {
    expect(await momentOfShop(', rate: 1')).toBe('The experiment shows the run behind this.');
  });
});

describe('a line of a chart', () => {
  it('is cut into stretches of equal length, each its mean', () => {
    const line = { type: 'lines' as const, x: [0, 1, 2, 3, 4, 5, 6], lines: [{ key: 'a', values: [1, 3, null, 5, 7, null, null] }] };
    expect(stretchesOf(line, 'a', 3)).toEqual([
      { x: 1, y: 2 },
      { x: 3, y: 5 },
      { x: 5, y: 7 },
    ]);
    expect(stretchesOf(line, 'b', 2)).toEqual([
      { x: 1.5, y: undefined },
      { x: 4.5, y: undefined },
    ]);
  });
});
