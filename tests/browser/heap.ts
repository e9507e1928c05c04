// What scripts hold on a page's heap, by kind of thing. Compiled code is left out: the engine goes on compiling what runs often, and
// throws it away when it likes. So is what the browser keeps of its own (caches of styles, logs of timings): elements and listeners
// are counted apart.

import type { CDPSession } from 'playwright';

interface Snapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[], ...unknown[]] } };
  nodes: number[];
  strings: string[];
}

/** Bytes by kind and name: "object Result", "closure onChange". */
export async function bytesByKind(session: CDPSession): Promise<Map<string, number>> {
  const chunks: string[] = [];
  const onChunk = ({ chunk }: { chunk: string }): void => void chunks.push(chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', onChunk);
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  session.off('HeapProfiler.addHeapSnapshotChunk', onChunk);
  const { snapshot, nodes, strings } = JSON.parse(chunks.join('')) as Snapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, name, size] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field));
  const found = new Map<string, number>();
  for (let at = 0; at < nodes.length; at += fields.length) {
    const kind = types[0][nodes[at + type]];
    if (kind === 'code' || kind === 'native') continue;
    // The texts of strings are their names: too many.
    const key = kind.includes('string') ? kind : `${kind} ${strings[nodes[at + name]].slice(0, 60)}`;
    found.set(key, (found.get(key) ?? 0) + nodes[at + size]);
  }
  return found;
}

export function total(bytes: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const size of bytes.values()) sum += size;
  return sum;
}

/** For the message of a test that fails: what grew most. */
export function grown(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): string {
  return [...after]
    .map(([key, size]): [string, number] => [key, size - (before.get(key) ?? 0)])
    .sort(([, a], [, b]) => b - a)
    .slice(0, 12)
    .map(([key, size]) => `${key} +${size}`)
    .join('\n');
}
