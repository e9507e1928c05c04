// Two experiments small enough to know by heart, and a page of the course made with them.

import { deterministic, poissonArrivals, Server, Source } from '@by-the-slice/simulation';
import { createProcessor } from '@mdx-js/mdx';
import { answerTo, type Course } from '../../src/build/answers';
import { expandPage, type PageReport } from '../../src/build/expandPage';
import type { Node } from '../../src/build/nodes';
import { defineExperiment, type ExperimentDefinition } from '../../src/experiments/definition/defineExperiment';
import { choice, integer, list, number, toggle } from '../../src/experiments/definition/parameters';

/** `size` = 100 × cooks + seed; side effects: none. */
export const sums = defineExperiment({
  id: 'sums',
  title: 'Sums',
  question: 'How much is it?',
  kind: 'calculation',
  topics: [],
  parameters: {
    cooks: integer({ label: 'Cooks', unit: 'servers', min: 1, max: 8, default: 2 }),
    share: number({ label: 'Share', unit: '', min: 0, max: 1, default: 0.5 }),
    policy: choice({ label: 'Policy', options: { random: 'at random', 'round-robin': 'in turn' }, default: 'random' }),
    fast: toggle({ label: 'Fast', default: false }),
    boost: number({
      label: 'Boost',
      unit: '×',
      min: 1,
      max: 3,
      default: 1,
      shownWhen: (values: { fast?: boolean }) => values.fast === true,
    }),
    speeds: list(number({ label: 'Speed', unit: '×', min: 0.5, max: 4, default: 1 }), {
      label: 'Speeds',
      default: [1, 1],
      length: (values: { cooks?: number }) => values.cooks ?? 2,
    }),
  },
  constrain(values) {
    if (values.policy !== 'random' || values.cooks < 7) return { values, notices: [] };
    return { values: { ...values, cooks: 6 }, notices: [{ about: 'cooks', text: 'Random works with up to 6 cooks.' }] };
  },
  run: (values, { seed }) => ({
    metrics: {
      size: 100 * values.cooks + seed,
      exact: values.cooks / 7,
      share: values.share + seed / 10_000,
      rare: seed === 7 ? null : 1,
    },
  }),
  metrics: {
    size: { label: 'Size', short: 'size', unit: 'ms', main: true },
    exact: { label: 'Exact', short: 'exact', unit: '' },
    share: { label: 'Share', short: 'share', unit: '%' },
    rare: { label: 'Rare', short: 'rare', unit: '' },
  },
  charts: {},
  theory: (values) => ({
    size: { value: 100 * values.cooks, formula: 's = 100·n', source: 'here' },
    exact: { value: null, formula: '', source: '', reason: 'Nobody knows one.' },
  }),
  scenarios: { Busy: { values: { cooks: 5 }, note: 'Many.' } },
  claims: {
    grows: {
      sentence: 'More cooks, more size.',
      a: { values: { cooks: 5 } },
      b: {},
      measure: (result) => result.metrics.size.value ?? 0,
      expect: 'a above b',
    },
    shrinks: {
      sentence: 'More cooks, less size.',
      a: { values: { cooks: 5 } },
      b: {},
      measure: (result) => result.metrics.size.value ?? 0,
      expect: 'a below b',
    },
  },
  summary: (say) => `It is ${say('size')}.`,
  leavesOut: ['Everything else.'],
});

/** One server, so that there is something to crash. */
export const shop = defineExperiment({
  id: 'shop',
  title: 'Shop',
  question: 'Who is served?',
  kind: 'simulation',
  topics: [],
  clock: { unit: 's', horizon: 20, playSeconds: 10 },
  parameters: { rate: number({ label: 'Arrival rate', unit: '/s', min: 1, max: 50, default: 5 }) },
  run(values, { system, simulate }) {
    const server = new Server(system, { name: 'server', label: 'Server' });
    const source = new Source(system, {
      arrivals: poissonArrivals(values.rate, system.simulation.random.stream('arrivals')),
      workMs: (u) => deterministic(u, 50),
    }).to(server);
    simulate();
    return { metrics: { completed: source.response.count }, accounts: { requests: source.accounts() } };
  },
  metrics: { completed: { label: 'Completed', short: 'completed', unit: 'requests', main: true } },
  charts: {},
  scenarios: {},
  claims: {},
  summary: (say) => `${say('completed')} were served.`,
  leavesOut: [],
});

const definitions: Record<string, ExperimentDefinition> = { sums, shop };

export function tinyCourse(): Course {
  return {
    ids: Object.keys(definitions),
    load: async (id) => definitions[id],
    ask: async (id, name, question) => JSON.parse(JSON.stringify(answerTo(definitions[id], name, question))),
  };
}

export interface Expanded {
  /** What the tags were given, in the order in which they were expanded. */
  data: unknown[];
  code: string;
  report: PageReport;
}

export async function expand(text: string, course: Course = tinyCourse(), frontMatter?: Record<string, unknown>): Promise<Expanded> {
  let report: PageReport = { experiments: [], exercises: [], time: { words: 0, readMinutes: 1, doMinutes: 0 } };
  const plugin = () => async (tree: unknown) => {
    report = await expandPage(tree as Node, { path: 'docs/core/page.mdx', frontMatter }, course);
  };
  const code = String(await createProcessor({ remarkPlugins: [plugin] }).process(text));
  const json = /const courseData = JSON\.parse\((".*")\);/.exec(code);
  return { data: json ? JSON.parse(JSON.parse(json[1])) : [], code, report };
}

/** The lines of the message that stops the build; none when it does not. */
export async function problemsOf(text: string, frontMatter?: Record<string, unknown>): Promise<string[]> {
  try {
    await expand(text, tinyCourse(), frontMatter);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
}
