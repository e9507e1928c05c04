// How long the whole course takes to build: with nothing kept from before, and once more. Beside it a bare site of one page.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBareSite } from './bareSite';
import type { Figure } from './figure';

const part = 'Build';
/** What a build keeps for the next. */
const kept = ['.docusaurus', join('node_modules', '.cache')];

export function buildFigures(): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'by-the-slice-build-'));
  try {
    const bareCold = seconds(() => buildBareSite(join(folder, 'bare')));
    for (const name of kept) rmSync(name, { recursive: true, force: true });
    const cold = seconds(() => build(join(folder, 'cold')));
    const warm = seconds(() => build(join(folder, 'warm')));
    const partner = { what: 'bare site, cold', value: bareCold };
    return [
      { part, what: 'cold, claims proven anew', value: cold, unit: 's', aim: { atMost: 60 }, partner },
      { part, what: 'warm', value: warm, unit: 's', aim: { atMost: 15 } },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function build(out: string): void {
  const program = join('node_modules', '@docusaurus', 'core', 'bin', 'docusaurus.mjs');
  const { status, stderr } = spawnSync(process.execPath, [program, 'build', '--out-dir', out], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The site could not be built: ${stderr}`);
}

function seconds(work: () => void): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
}
