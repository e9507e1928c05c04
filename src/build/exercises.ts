// What a page asks its reader to do, in its order: predictions, proposed runs, questions. Worksheets and the reader's record are
// made of it. Runs inside an explanation are hints, and are left out.

import type { AskedQuestion, Exercise, TryLink, Twin } from '../experiments/definition/twin';
import type { Node } from './nodes';
import type { Page } from './page';
import { plainText, plainTexts } from './plainText';

export function exercisesOf(tree: Node, page: Page): Exercise[] {
  const twins = new Map<string, Twin>();
  for (const [node, data] of page.dataOf) if (node.name === 'Experiment') twins.set((data as Twin).id, data as Twin);
  const found: Exercise[] = [];
  const visit = (node: Node): void => {
    const data = page.dataOf.get(node);
    if (data !== undefined && (node.name === 'Predict' || node.name === 'Question')) {
      const why = plainTexts(node, page.dataOf);
      found.push({ what: node.name === 'Predict' ? 'predict' : 'question', asked: data as AskedQuestion, why });
      return;
    }
    if (data !== undefined && node.name === 'Try') {
      const link = data as TryLink;
      const measures = (twins.get(link.experiment)?.metrics ?? []).filter(({ main }) => main).map(({ short }) => short);
      found.push({
        what: 'run',
        text: plainText(node, page.dataOf),
        experiment: twins.get(link.experiment)?.title ?? link.experiment,
        sets: link.sets,
        compares: link.setup.sideB !== undefined,
        fragment: link.fragment,
        measures,
      });
    }
    for (const child of node.children ?? []) visit(child);
  };
  visit(tree);
  return found;
}
