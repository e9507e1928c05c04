import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SidebarsConfig } from '@docusaurus/plugin-content-docs';
import { apiSource } from './apiPages';

/** The layers of the package, from the ground up. */
const layers = ['kernel', 'workload', 'parts', 'measure', 'record', 'theory'];

const sidebars: SidebarsConfig = {
  simulation: [
    { type: 'link', label: '← The course', href: '/start/opening-night/' },
    { type: 'doc', id: 'index', label: 'The simulation package' },
    ...layers.map(pageOfLayer),
  ],
};

/** A layer with rooms of its own is a category, whose page it is. */
function pageOfLayer(layer: string) {
  const rooms = readdirSync(join(apiSource, layer), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const items = rooms.map(({ name }) => ({ type: 'doc' as const, id: `${layer}/${name}`, label: name }));
  const page = { type: 'doc' as const, id: layer };
  if (items.length === 0) return { ...page, label: layer };
  return { type: 'category' as const, label: layer, link: page, items };
}

export default sidebars;
