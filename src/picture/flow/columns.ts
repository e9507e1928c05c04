// Which parts stand side by side: by how many links they are away from where requests come from.

import type { LinkDescription, PartDescription } from '@by-the-slice/simulation';

/** `stack`: single parts that share a column to save room, one above the other. */
export interface Column {
  parts: PartDescription[];
  isStack: boolean;
}

const mostColumns = 4;

export function columnsOf(parts: readonly PartDescription[], links: readonly LinkDescription[]): Column[] {
  const shown = parts.filter(
    ({ id, kind }) => kind !== 'monkey' && (kind === 'source' || links.some(({ from, to }) => from === id || to === id)),
  );
  const depth = depths(parts, links);
  const byDepth: PartDescription[][] = [];
  for (const part of shown) {
    byDepth[depth[part.id]] ??= [];
    byDepth[depth[part.id]].push(part);
  }
  const columns: Column[] = byDepth.filter(Boolean).map((members) => ({ parts: members.sort(byNumber), isStack: false }));
  return columns.length > mostColumns ? stacked(columns) : columns;
}

function depths(parts: readonly PartDescription[], links: readonly LinkDescription[]): number[] {
  const depth = parts.map(() => 0);
  for (let round = 0; round < parts.length; round++) {
    let changed = false;
    for (const { from, to } of links) {
      if (depth[to] < depth[from] + 1 && depth[from] + 1 < parts.length) {
        depth[to] = depth[from] + 1;
        changed = true;
      }
    }
    if (!changed) break;
  }
  return depth;
}

function byNumber(a: PartDescription, b: PartDescription): number {
  const [left, right] = [numberOf(a), numberOf(b)];
  return left === right ? a.id - b.id : left - right;
}

/** 3 for `servers/3`; 0 for a part that is no member of a fleet. */
export function numberOf({ name }: PartDescription): number {
  const at = name.lastIndexOf('/');
  const number = at < 0 ? Number.NaN : Number(name.slice(at + 1));
  return Number.isFinite(number) ? number : 0;
}

/** Source and clients share a column, and so do single parts behind the fleet. */
function stacked(columns: Column[]): Column[] {
  const result: Column[] = [];
  for (const column of columns) {
    const last = result[result.length - 1];
    const isPair = last && last.parts.length === 1 && column.parts.length === 1;
    const kinds = isPair ? [last.parts[0].kind, column.parts[0].kind] : [];
    const fits =
      kinds[0] === 'source' ? kinds[1] === 'client' : isPair && kinds[0] !== 'balancer' && kinds[1] !== 'balancer' && kinds[0] !== 'client';
    if (fits) result[result.length - 1] = { parts: [...last.parts, ...column.parts], isStack: true };
    else result.push(column);
  }
  return result;
}
