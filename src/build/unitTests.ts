// What the last run of the unit tests said, file by file. It counts only for the very sources that it ran on: with any other, nobody
// has checked anything. Written by scripts/test.mjs, read by the page that says how the numbers are checked.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

export interface UnitTests {
  /** Hash of everything that the tests ran on. */
  sources: string;
  /** By path from the top of the project. A file that did not load counts as one failure. */
  files: Record<string, { passed: number; failed: number }>;
}

/** The part of a vitest report in JSON that is read here. */
interface VitestReport {
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[];
}

const reportPath = '.cache/unitTests.json';

/** What a test may depend on, experiments and installed packages among it. */
const tested = ['src', 'tests', 'package-lock.json'];
const made = ['node_modules', 'dist'];

export function sourcesHash(root: string): string {
  const hash = createHash('sha256');
  for (const path of tested.flatMap((name) => filesBelow(root, name))) {
    hash.update(`${path}\n`).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex').slice(0, 32);
}

/** Files in or below a path, sorted, with forward slashes; none when it does not exist. */
export function filesBelow(root: string, path: string): string[] {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  const names = readdirSync(full)
    .filter((name) => !made.includes(name))
    .sort();
  return names.flatMap((name) => filesBelow(root, `${path}/${name}`));
}

/** Keeps what vitest reported, unless a source has changed since `sources` was taken: then nobody knows which version was tested. */
export function keepUnitTests(root: string, vitestReport: string, sources: string): boolean {
  const path = join(root, reportPath);
  rmSync(path, { force: true });
  if (!existsSync(vitestReport) || sourcesHash(root) !== sources) return false;
  const { testResults } = JSON.parse(readFileSync(vitestReport, 'utf8')) as VitestReport;
  const files: UnitTests['files'] = {};
  for (const { name, status, assertionResults } of testResults) {
    const count = (wanted: string): number => assertionResults.filter((test) => test.status === wanted).length;
    const failed = count('failed');
    files[relative(root, name).split(sep).join('/')] = {
      passed: count('passed'),
      failed: status === 'failed' && failed === 0 ? 1 : failed,
    };
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify({ sources, files } satisfies UnitTests));
  return true;
}

/** The last run, when it was about the sources as they are on disk now. */
export function currentUnitTests(root: string): UnitTests | undefined {
  const path = join(root, reportPath);
  if (!existsSync(path)) return undefined;
  const report = JSON.parse(readFileSync(path, 'utf8')) as UnitTests;
  return report.sources === sourcesHash(root) ? report : undefined;
}
