// Results on disk, one file each, named by the hash of everything that they depend on: a stale one is never found again. Entries
// that no build has asked for in a month are removed.

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export class DiskCache {
  /** How often something had to be computed, and how often it was at hand. */
  computed = 0;
  reused = 0;
  private readonly running = new Map<string, Promise<unknown>>();

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  remember<T>(key: unknown, compute: () => T | Promise<T>): Promise<T> {
    const name = hashOf(JSON.stringify(key));
    let promise = this.running.get(name);
    if (!promise) {
      promise = this.readOrCompute(join(this.folder, `${name}.json`), compute);
      this.running.set(name, promise);
    }
    return promise as Promise<T>;
  }

  private async readOrCompute<T>(file: string, compute: () => T | Promise<T>): Promise<T> {
    try {
      const value = JSON.parse(readFileSync(file, 'utf8')) as T;
      this.reused++;
      touch(file);
      return value;
    } catch {
      // Not there, or cut off by a killed build: computed again.
    }
    this.computed++;
    const text = JSON.stringify(await compute());
    const half = `${file}.${process.pid}`;
    writeFileSync(half, text);
    renameSync(half, file);
    return JSON.parse(text) as T;
  }

  removeOld(days = 30, now = Date.now()): void {
    for (const name of readdirSync(this.folder)) {
      const file = join(this.folder, name);
      if (now - statSync(file).mtimeMs > days * 86_400_000) rmSync(file, { force: true });
    }
  }
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** Of their names and contents, in whatever order they come. */
export function hashOfFiles(root: string, paths: readonly string[]): string {
  const texts = [...new Set(paths)].sort().map((path) => `${path}\n${readFileSync(join(root, path), 'utf8')}`);
  return hashOf(texts.join('\n'));
}

function touch(file: string): void {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // Another build has removed it meanwhile: it was read.
  }
}
