// <SourceNotes note="b"/>: the sections of one of the source notes, each with its points and the heading that covers them, or
// "planned". <SourceNotes show="sum"/>: how many sections are covered. And, at the foot of a page, which of them it covers.

import { spoken } from '@by-the-slice/simulation';
import { type CoveredSection, collectCoverage, type Extent, extentOf, type Place } from '../coverage';
import { readEntry, sectionOf } from '../covers';
import { givenOf } from '../given';
import type { Node } from '../nodes';
import type { Page } from '../page';
import { known } from '../problems';
import { buildSentences } from '../sentences';

export async function expandSourceNotes(tag: Node, page: Page): Promise<void> {
  page.needBlock(tag);
  const given = givenOf(tag, page.problems);
  const show = given.take('show', 'text');
  const note = show === undefined ? given.need('note', 'text') : undefined;
  given.refuseRest(show === undefined ? ['note', 'show'] : ['show']);
  if (show === undefined && note === undefined) return;
  const { sections, missing } = collectCoverage(process.cwd());
  for (const claim of missing) page.problems.add(given.place, `${claim}, but that page has no such heading.`);
  const notes = sections.map((section) => section.note);
  if (show !== undefined && show !== 'sum')
    page.problems.add(given.at('show'), `show of <SourceNotes> is "${show}". ${known(show, ['sum'])}`);
  else if (note !== undefined && !notes.includes(note))
    page.problems.add(given.at('note'), `note of <SourceNotes> is "${note}". ${known(note, notes)}`);
  else {
    // Without a name it is a fragment, and needs no component.
    tag.name = null;
    tag.attributes = [];
    tag.children = note === undefined ? [node('paragraph', [text(sumOf(sections))])] : noteOf(sections.filter((one) => one.note === note));
  }
}

/** "12 of 77 sections are covered, 2 more in part." */
export function sumOf(sections: readonly CoveredSection[]): string {
  const count = (extent: Extent): number => sections.filter((section) => extentOf(section) === extent).length;
  const inPart = count('in part');
  const more = inPart === 0 ? '' : `, ${inPart} more in part`;
  return `${count('covered')} of ${sections.length} sections are covered${more}.`;
}

function noteOf(sections: readonly CoveredSection[]): Node[] {
  return [node('paragraph', [text(sumOf(sections))]), ...sections.flatMap(sectionNodes)];
}

function sectionNodes(section: CoveredSection): Node[] {
  const { id, heading, points, places } = section;
  const name = node('heading', [text(heading)], { depth: 3, data: { hProperties: { id } } });
  const items = points.map((point, index) =>
    node('listItem', [node('paragraph', [text(`${point}: `), ...whereNodes(places[index])])], { spread: false }),
  );
  return [name, node('list', items, { ordered: false, spread: false })];
}

function whereNodes(places: readonly Place[]): Node[] {
  if (places.length === 0) return [node('emphasis', [text('planned')])];
  return places.flatMap(({ title, address, heading }, index) => [
    ...(index > 0 ? [text('; ')] : []),
    link(address, heading === undefined ? title : `${title}, “${heading}”`),
  ]);
}

/** At the end of a page: the sections that its front matter names, each leading to its place among the source notes. */
export function addCovered(tree: Node, frontMatter: Record<string, unknown>): void {
  const { covers } = frontMatter;
  if (!Array.isArray(covers)) return;
  const ids = [...new Set(covers.map((entry) => readEntry(String(entry)).id))];
  const links = ids.flatMap((id, index) => {
    const name = sectionOf(id)?.heading;
    return name === undefined ? [] : [...(index > 0 ? [text(' · ')] : []), link(`/reference/source-notes#${id}`, name)];
  });
  if (links.length === 0) return;
  const small = node('coveredSections', [text(`${spoken(buildSentences.covers)} `), ...links], { data: { hName: 'small' } });
  tree.children?.push(node('paragraph', [small]));
}

// ---- Nodes ----------------------------------------------------------------------------------------------------------

/** What Markdown's nodes have besides. */
interface Rest {
  depth?: number;
  url?: string;
  ordered?: boolean;
  spread?: boolean;
  data?: Node['data'] & { hName?: string };
}

function node(type: string, children: Node[], rest: Rest = {}): Node {
  return { type, children, ...rest };
}

function text(value: string): Node {
  return { type: 'text', value };
}

function link(url: string, words: string): Node {
  return node('link', [text(words)], { url });
}
