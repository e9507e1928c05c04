// One page while it is being expanded: its experiments, its problems, and the data that its tags will show.

import type { ExperimentDefinition } from '../experiments/definition/defineExperiment';
import type { TwinSetup } from '../experiments/definition/twin';
import type { Course } from './answers';
import type { Given } from './given';
import { dataAttribute, type Node, type Point, placeOf } from './nodes';
import { known, type Problems } from './problems';

/** Name of the page's data in its compiled code. */
export const dataName = 'courseData';

export interface PageExperiment {
  place: Point;
  /** Absent when its properties are wrong. */
  setup?: TwinSetup;
}

export class Page {
  /** The `<Experiment>` tags of the page, by id. */
  readonly experiments = new Map<string, PageExperiment>();
  readonly data: unknown[] = [];
  /** The same by tag, for what is made of a page besides the page itself. */
  readonly dataOf = new Map<Node, unknown>();
  private readonly answerIds = new Map<string, Point>();

  constructor(
    readonly course: Course,
    readonly problems: Problems,
    /** docs/core/load-balancing.mdx */
    readonly path: string,
  ) {}

  /** The experiment that a property names; a problem when there is none. */
  async definition(given: Given, property: string): Promise<ExperimentDefinition | undefined> {
    const id = given.need(property, 'text');
    if (id === undefined) return undefined;
    if (this.course.ids.includes(id)) return this.course.load(id);
    this.problems.add(
      given.at(property),
      `${given.owner} names the experiment "${id}", which does not exist. ${known(id, this.course.ids)}`,
    );
    return undefined;
  }

  metric(definition: ExperimentDefinition, given: Given): string | undefined {
    const metric = given.need('metric', 'text');
    if (metric === undefined || Object.hasOwn(definition.metrics, metric)) return metric;
    this.problems.add(given.at('metric'), `${definition.id} has no metric "${metric}". ${known(metric, Object.keys(definition.metrics))}`);
    return undefined;
  }

  /** A link or a goal is about an experiment that the reader has in front of them. */
  needOnPage(definition: ExperimentDefinition, given: Given): boolean {
    if (this.experiments.has(definition.id)) return true;
    const here = [...this.experiments.keys()];
    this.problems.add(
      given.at('experiment'),
      `${given.owner} is about "${definition.id}", but this page has no <Experiment id="${definition.id}"/>. ${here.length === 0 ? 'It has none at all.' : `On this page: ${here.join(', ')}.`}`,
    );
    return false;
  }

  /** Where a reader's answer is kept. */
  answerKey(id: string, place: Point): string {
    const first = this.answerIds.get(id);
    if (first) this.problems.add(place, `"${id}" is already used on this page, in line ${first.line}; each answer is kept under its own.`);
    else this.answerIds.set(id, place);
    return `${this.path.replace(/^docs\//, '').replace(/\.mdx?$/, '')}#${id}`;
  }

  /** Replaces the author's properties by one: what the build has made of them. */
  replaceProperties(node: Node, data: unknown): void {
    this.dataOf.set(node, data);
    node.attributes = [dataAttribute('data', dataName, this.data.push(data) - 1)];
  }

  needBlock(node: Node): void {
    if (node.type === 'mdxJsxFlowElement') return;
    this.problems.add(placeOf(node), `<${node.name}> stands in the middle of a sentence; it takes lines of its own.`);
  }

  needContent(node: Node, what: string): void {
    const empty = (node.children ?? []).every((child) => child.type === 'text' && (child.value ?? '').trim() === '');
    if (empty) this.problems.add(placeOf(node), `<${node.name}> is empty; between its tags goes ${what}.`);
  }
}
