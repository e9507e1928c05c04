// What a reader can answer. Storage and files may hold anything, so reading one is total.

export type Given =
  | { type: 'number'; value: number }
  | { type: 'choice'; choice: string }
  /** One height for each column of the grid, in the unit of its axis. */
  | { type: 'sketch'; heights: number[] }
  | { type: 'goal' };

const longestText = 500;
const mostHeights = 60;

export function asGiven(raw: unknown): Given | null {
  if (raw === null || typeof raw !== 'object' || !('type' in raw)) return null;
  if (raw.type === 'number' && 'value' in raw && isSound(raw.value)) return { type: 'number', value: raw.value };
  if (raw.type === 'choice' && 'choice' in raw && typeof raw.choice === 'string' && raw.choice.length <= longestText)
    return { type: 'choice', choice: raw.choice };
  if (raw.type === 'sketch' && 'heights' in raw && Array.isArray(raw.heights) && raw.heights.length <= mostHeights) {
    const heights: unknown[] = raw.heights;
    return heights.every(isSound) ? { type: 'sketch', heights } : null;
  }
  return raw.type === 'goal' ? { type: 'goal' } : null;
}

function isSound(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
