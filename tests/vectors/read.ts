// A recorded vector by its id. The data's shape is the caller's to know: each vector is its own.

import { readFileSync } from 'node:fs';

export function readVector<T>(id: string): T {
  return (JSON.parse(readFileSync(`tests/vectors/${id}.json`, 'utf8')) as { data: T }).data;
}
