// The levels of the log: what each filter lets through, and the sign that stands before a line.

import type { LogLevel } from '@by-the-slice/simulation';

export const levelFilters = ['all', 'warn', 'error'] as const;
export type LevelFilter = (typeof levelFilters)[number];

export const levelSigns: Record<LogLevel, string> = { info: '·', warn: '△', error: '✕' };

const through: Record<LevelFilter, readonly LogLevel[]> = {
  all: ['info', 'warn', 'error'],
  warn: ['warn', 'error'],
  error: ['error'],
};

export function levelsOf(filter: LevelFilter): readonly LogLevel[] {
  return through[filter];
}
