import { describe, expect, it } from 'vitest';
import { expand, problemsOf } from './tiny';

const page = '<Experiment id="sums"/>\n\n';
const three = '<Question text="a">x</Question>\n\n<Question text="b">x</Question>\n\n';
const goalWith = (goal: string) => `${page}<Checkpoint>\n\n${three}<Question text="c" goal={{${goal}}}>x</Question>\n\n</Checkpoint>`;

describe('what stops the build, with file, line and column', () => {
  it.each([
    [
      'an unknown tag',
      'text\n\n<Experimnt/>',
      '3:1: <Experimnt> is no tag of the course. Known: Checkpoint, Claim, Experiment, Fidelity, Predict, Question, Result, SourceNotes, Try. Did you mean "Experiment"?',
    ],
    [
      'a tag inside of something',
      'a <b.C/>',
      '1:3: <b.C> is no tag of the course. Known: Checkpoint, Claim, Experiment, Fidelity, Predict, Question, Result, SourceNotes, Try.',
    ],
    [
      'an import',
      "import a from 'b'\n\nx",
      "1:1: Pages have no import or export lines: import a from 'b'. The tags of the course are there by themselves.",
    ],
    [
      'an export',
      'x\n\nexport const a = 1',
      '3:1: Pages have no import or export lines: export const a = 1. The tags of the course are there by themselves.',
    ],
    ['code', 'It is {1 + 1}.', '1:7: Pages hold no code: {1 + 1}. A number comes from <Result>; a brace as text is written \\{.'],
    [
      'an unknown id',
      '<Experiment id="sum"/>',
      '1:13: <Experiment> names the experiment "sum", which does not exist. Known: shop, sums. Did you mean "sums"?',
    ],
    ['a missing id', '\n<Experiment/>', '2:1: <Experiment> lacks id: a text in quotes.'],
    ['an id of the wrong type', '<Experiment id={5}/>', '1:13: id of <Experiment> is 5, a number; it takes a text in quotes.'],
    [
      'the same experiment twice',
      `${page}<Experiment id="sums"/>`,
      '3:1: <Experiment id="sums"> is already on this page, in line 1: a link could not tell the two apart.',
    ],
    [
      'an experiment in a sentence',
      'a <Experiment id="sums"/> b',
      '1:3: <Experiment> stands in the middle of a sentence; it takes lines of its own.',
    ],
    [
      'an unknown property',
      '<Experiment id="sums"\n  coks={3}/>',
      '2:3: <Experiment> has no property coks. Known: boost, compare, cooks, cursorMs, fast, id, interventions, policy, scenario, seed, share, speeds. Did you mean "cooks"?',
    ],
    [
      'a text for a number',
      '<Experiment id="sums" cooks="3"/>',
      '1:23: cooks of <Experiment> is "3", a text; "Cooks" takes a whole number from 1 to 8, like {2}.',
    ],
    [
      'a fraction for a whole number',
      '<Experiment id="sums" cooks={2.5}/>',
      '1:23: cooks of <Experiment> is 2.5; "Cooks" takes a whole number from 1 to 8.',
    ],
    [
      'a number out of range',
      '<Experiment id="sums" cooks={9}/>',
      '1:23: cooks of <Experiment> is 9; "Cooks" takes a whole number from 1 to 8.',
    ],
    ['a negative number', '<Experiment id="sums" share={-1}/>', '1:23: share of <Experiment> is -1; "Share" takes a number from 0 to 1.'],
    [
      'an unknown option',
      '<Experiment id="sums" policy="randon"/>',
      '1:23: policy of <Experiment> is "randon", which is no option of "Policy". Known: random, round-robin. Did you mean "random"?',
    ],
    [
      'a number for a switch',
      '<Experiment id="sums" fast={1}/>',
      '1:23: fast of <Experiment> is 1, a number; "Fast" takes {true} or {false}.',
    ],
    [
      'a number for a list',
      '<Experiment id="sums" speeds={1}/>',
      '1:23: speeds of <Experiment> is 1, a number; "Speeds" takes a list of numbers, like {[1, 2]}.',
    ],
    [
      'a list with something else in it',
      '<Experiment id="sums" speeds={[1, 9]}/>',
      '1:23: speeds of <Experiment>, number 2, is 9; "Speeds" takes a number from 0.5 to 4.',
    ],
    [
      'a list that is too long',
      '<Experiment id="sums" speeds={[1, 1, 1]}/>',
      '1:23: speeds of <Experiment> has 3 numbers; with the other values given, "Speeds" has 2.',
    ],
    [
      'a parameter that has no effect',
      '<Experiment id="sums" boost={2}/>',
      '1:23: boost of <Experiment> has no effect: "Boost" is not used with the other values given.',
    ],
    [
      'values that do not fit together',
      '<Experiment id="sums" cooks={7}/>',
      '1:23: <Experiment> asks for something that does not fit: Random works with up to 6 cooks.',
    ],
    [
      'an unknown scenario',
      '<Experiment id="sums" scenario="Bussy"/>',
      '1:23: sums has no scenario "Bussy". Known: Busy. Did you mean "Busy"?',
    ],
    [
      'a seed that is none',
      '<Experiment id="sums" seed={-1}/>',
      '1:23: <Experiment> asks for something that does not fit: The seed "-1" is not a whole number from 0 to 4294967295; seed 1 is used.',
    ],
    [
      'a wrong value in side B',
      '<Experiment id="sums"\n  compare={{cooks: 3,\n    policy: \'x\'}}/>',
      '3:5: policy of compare of <Experiment> is "x", which is no option of "Policy". Known: random, round-robin.',
    ],
    ['a property twice', '<Experiment id="sums" cooks={3} cooks={4}/>', '1:33: <Experiment> has cooks twice.'],
    [
      'a spread',
      '<Experiment id="sums" {...a}/>',
      '1:23: <Experiment> has a spread ({...}); each property is written out, as name={value}.',
    ],
    [
      'a name as a value',
      '<Experiment id="sums" cooks={many}/>',
      "1:30: cooks of <Experiment> is a name (many); a property is a literal: \"text\", {5}, {true}, {['a', 'b']} or {{name: 5}}. Pages hold no code.",
    ],
    [
      'an intervention without its time',
      "<Experiment id=\"shop\" interventions={[{verb: 'crash', targets: ['server']}]}/>",
      '1:39: interventions[0] of <Experiment> lacks atMs: a number in braces, like {5}.',
    ],
    [
      'an intervention after the end',
      "<Experiment id=\"shop\" interventions={[{atMs: 30000, verb: 'crash', targets: ['server']}]}/>",
      '1:23: <Experiment> asks for something that does not fit: An intervention is left out: it needs a time within the run, a verb and a target ("{"atMs":30000,"verb":"crash","targets":["server"]}").',
    ],
    [
      'an intervention on nothing',
      "<Experiment id=\"shop\" interventions={[{atMs: 3000, verb: 'crash', targets: ['oven']}]}/>",
      '1:23: An intervention of <Experiment>: crash oven finds no such part at that time, or one that cannot do that. Parts: server, customers.',
    ],

    [
      'an unknown metric',
      '<Result experiment="sums" metric="sise"/>',
      '1:27: sums has no metric "sise". Known: exact, rare, share, size. Did you mean "size"?',
    ],
    [
      'a metric without a value',
      '<Result experiment="sums" metric="rare"/>',
      '1:27: rare of sums has no value in 1 of 20 runs with these values (too few samples, or nothing to measure).',
    ],
    [
      'a formula that does not hold',
      '<Result experiment="sums" metric="exact" theory/>',
      '1:42: sums has no formula for exact with these values. Nobody knows one.',
    ],
    [
      'half a comparison',
      '<Result experiment="sums" metric="size" as="ratio"/>',
      '1:41: <Result> compares with against={{…}} and as="ratio" or as="difference": it needs both.',
    ],
    [
      'a seed on a result',
      '<Result experiment="sums" metric="size" seed={3}/>',
      '1:41: <Result> has no property seed. Known: against, as, boost, cooks, experiment, fast, interventions, metric, policy, scenario, share, speeds, theory, unit. Did you mean "speeds"?',
    ],

    [
      'an unknown claim',
      '<Claim experiment="sums" id="grow"/>',
      '1:26: sums has no claim "grow". Known: grows, shrinks. Did you mean "grows"?',
    ],
    [
      'a claim that does not hold',
      'a\n\n<Claim experiment="sums" id="shrinks"/>',
      '3:1: The claim "shrinks" of sums no longer holds: “More cooks, less size.” Over 20 seeds, each run under both settings, the difference is 300 ± 0 (95 %). The claim expects a below b.',
    ],

    [
      'a link to an experiment elsewhere',
      `${page}<Try experiment="shop">x</Try>`,
      '3:6: <Try> is about "shop", but this page has no <Experiment id="shop"/>. On this page: sums.',
    ],
    ['a link without text', `${page}a <Try experiment="sums"/>`, '3:3: <Try> is empty; between its tags goes the text of the link.'],
    [
      'a link with a wrong value',
      `${page}<Try experiment="sums" cooks={0}>x</Try>`,
      '3:24: cooks of <Try> is 0; "Cooks" takes a whole number from 1 to 8.',
    ],

    [
      'a typed prediction',
      '<Predict id="a" question="q" answer={5}>x</Predict>',
      "1:30: answer of <Predict> is typed; a number is computed: answer={{experiment: '…', metric: '…'}}. With choices it would be the number of one.",
    ],
    [
      'a prediction of nothing',
      '<Predict id="a" question="q">x</Predict>',
      '1:1: <Predict> asks for a number (answer={{experiment, metric, …}}), a choice (choices={[…]} answer="…" proof="…") or a sketch (sketch={{…}}); it has none.',
    ],
    [
      'a prediction without explanation',
      '<Predict id="a" question="q" answer={{experiment: \'sums\', metric: \'size\'}}/>',
      '1:1: <Predict> is empty; between its tags goes the explanation.',
    ],
    [
      'an answer that is no choice',
      '<Predict id="a" question="q" choices={[\'ab\', \'cd\']} answer="ac">x</Predict>',
      '1:53: answer of <Predict> is "ac". It is the text of one of the choices, or its number counted from 0 (to 1). Known: ab, cd. Did you mean "ab"?',
    ],
    [
      'a choice that nothing proves',
      `${page}<Predict id="a" question="q" choices={['a', 'b']} answer="b">x</Predict>`,
      '3:51: The right choice of <Predict> is typed, not proven: add proof="…", the id of a claim of this page’s experiment that makes it the right one.',
    ],
    [
      'a proof that is no claim',
      `${page}<Predict id="a" question="q" choices={['a', 'b']} answer="b" proof="growz">x</Predict>`,
      '3:62: proof of <Predict> is "growz", which is no claim of this page’s experiments. Known: grows, shrinks. Did you mean "grows"?',
    ],
    [
      'a proof that no longer holds',
      `${page}<Predict id="a" question="q" choices={['a', 'b']} answer="b" proof="shrinks">x</Predict>`,
      '3:62: The claim "shrinks" of sums no longer holds: “More cooks, less size.” Over 20 seeds, each run under both settings, the difference is 300 ± 0 (95 %). The claim expects a below b.',
    ],
    [
      'a sketch of an unknown metric',
      "<Predict id=\"a\" question=\"q\" sketch={{experiment: 'sums', metric: 'sise', over: 'cooks', at: [1, 2, 3, 4, 5]}}>x</Predict>",
      '1:59: sums has no metric "sise". Known: exact, rare, share, size. Did you mean "size"?',
    ],
    [
      'a sketch over something that is no number',
      "<Predict id=\"a\" question=\"q\" sketch={{experiment: 'sums', metric: 'size', over: 'policy', at: [1, 2, 3, 4, 5]}}>x</Predict>",
      '1:75: sums has no number "policy" to vary. Known: boost, cooks, share.',
    ],
    [
      'a sketch with too few columns',
      "<Predict id=\"a\" question=\"q\" sketch={{experiment: 'sums', metric: 'size', over: 'cooks', at: [1, 2]}}>x</Predict>",
      '1:90: at of sketch of <Predict> is [1,2]; it takes 5 to 12 numbers, each larger than the one before.',
    ],
    [
      'a sketch out of range',
      "<Predict id=\"a\" question=\"q\" sketch={{experiment: 'sums', metric: 'size', over: 'cooks', at: [1, 2, 3, 4, 9]}}>x</Predict>",
      '1:90: at of sketch of <Predict>, number 5, is 9; "Cooks" takes a whole number from 1 to 8.',
    ],
    [
      'a sketch of what is not always measured',
      "<Predict id=\"a\" question=\"q\" sketch={{experiment: 'sums', metric: 'rare', over: 'cooks', at: [1, 2, 3, 4, 5]}}>x</Predict>",
      '1:59: sketch of <Predict> has no value at 1 in 1 of 20 runs (too few samples, or nothing to measure).',
    ],
    [
      'a sketch of an unknown chart',
      "<Predict id=\"a\" question=\"q\" sketch={{experiment: 'sums', chart: 'line', series: 'a'}}>x</Predict>",
      '1:59: sums has no chart "line". Known: none.',
    ],
    [
      'a single choice',
      '<Predict id="a" question="q" choices={[\'a\']} answer={0}>x</Predict>',
      '1:30: choices of <Predict> needs two or more different texts.',
    ],
    [
      'another unit',
      '<Predict id="a" question="q" unit="s" answer={{experiment: \'sums\', metric: \'size\'}}>x</Predict>',
      '1:30: unit of <Predict> is "s"; the metric is measured in "ms". Leave unit out: it is taken from the metric.',
    ],
    [
      'a wrong value in an answer',
      '<Predict id="a" question="q" answer={{experiment: \'sums\', metric: \'size\', cooks: 99}}>x</Predict>',
      '1:75: cooks of answer of <Predict> is 99; "Cooks" takes a whole number from 1 to 8.',
    ],

    ['a question outside', '<Question text="a">x</Question>', '1:1: <Question> stands outside of a <Checkpoint>.'],
    [
      'too few questions',
      '<Checkpoint>\n\n<Question text="a">x</Question>\n\n</Checkpoint>',
      '1:1: <Checkpoint> has 1 questions; it takes three to five.',
    ],
    [
      'prose between questions',
      `<Checkpoint>\n\nHello\n\n${three}<Question text="c">x</Question>\n\n</Checkpoint>`,
      '3:1: Between <Checkpoint> and </Checkpoint> stand only <Question> tags.',
    ],
    [
      'no goal',
      `${page}<Checkpoint>\n\n${three}<Question text="c">x</Question>\n\n</Checkpoint>`,
      '3:1: <Checkpoint> has no question with a goal; at least one is answered by running the experiment: <Question text="…" goal={{…}}>.',
    ],
    [
      'the same question twice',
      `<Checkpoint>\n\n${three}<Question text="a">x</Question>\n\n</Checkpoint>`,
      '7:1: "question: a" is already used on this page, in line 3; each answer is kept under its own.',
    ],
    [
      'a goal without its solution',
      goalWith("experiment: 'sums', metric: 'size', above: 300"),
      '9:20: goal of <Question> lacks solution: values that reach it, like {{servers: 5}}. The build proves that it can be done.',
    ],
    [
      'a goal that is met already',
      goalWith("experiment: 'sums', metric: 'size', above: 100, solution: {cooks: 5}"),
      '9:20: goal of <Question> is already met by the <Experiment id="sums"> of this page: there is nothing to do.',
    ],
    [
      'a solution that is none',
      goalWith("experiment: 'sums', metric: 'size', above: 700, solution: {cooks: 5}"),
      '9:75: The solution of goal of <Question> does not reach it: Size above 700\u202fms is wanted, 501\u202fms is found.',
    ],
    [
      'a solution by luck',
      goalWith("experiment: 'sums', metric: 'size', below: 202, with: {cooks: {atLeast: 2}, fast: true}, solution: {fast: true}"),
      '9:116: The solution of goal of <Question> does not reach it: Size below 202\u202fms is wanted, 211\u202fms is the mean of 20 runs.',
    ],
    [
      'two comparisons',
      goalWith("experiment: 'sums', metric: 'size', below: 305, above: 0, solution: {cooks: 3}"),
      '9:20: goal of <Question> needs one of below, above, atMost, atLeast, is, like below: 250; it has below and above.',
    ],
    [
      'an unknown name in a goal',
      goalWith("experiment: 'sums', metric: 'size', above: 300, with: {cook: {atMost: 5}}, solution: {cooks: 5}"),
      '9:82: with of goal of <Question> names cook. Known: boost, cooks, exact, fast, policy, rare, share, size, speeds. Did you mean "cooks"?',
    ],
  ])('%s', async (_what, text, message) => {
    expect(await problemsOf(text)).toEqual([`docs/core/page.mdx:${message}`]);
  });

  it('reports all of a page at once, by line', async () => {
    expect(await problemsOf('<Foo/>\n\n<Experiment id="sums" cooks={9}/>\n\n{x}')).toEqual([
      expect.stringMatching(/^docs\/core\/page\.mdx:1:1: <Foo>/),
      expect.stringMatching(/^docs\/core\/page\.mdx:3:23: cooks/),
      expect.stringMatching(/^docs\/core\/page\.mdx:5:1: Pages hold no code/),
    ]);
  });

  it('lets pass comments, plain elements and what the framework adds', async () => {
    await expect(expand('{/* a comment */}\n\n<div>{"{"}</div>\n\n<Details>x</Details>')).resolves.toMatchObject({ data: [] });
  });
});
