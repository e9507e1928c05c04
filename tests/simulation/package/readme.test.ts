// The README's programs are run: a text that no longer works fails here.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';

const programs = [...readFileSync('src/simulation/README.md', 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);

async function output(code: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'by-the-slice-'));
  try {
    const outfile = join(folder, 'program.mjs');
    await build({
      stdin: { contents: code, resolveDir: process.cwd(), loader: 'ts' },
      bundle: true,
      outfile,
      format: 'esm',
      platform: 'node',
      logLevel: 'error',
    });
    return execFileSync(process.execPath, [outfile], { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("the package's README", () => {
  test('its queue runs and comes out near theory', async () => {
    const [, served, measured, expected] = (await output(programs[0])).match(/(\d+) served, (\d+) ms each; theory says (\d+) ms/) ?? [];
    expect(Number(served)).toBeGreaterThan(4000);
    expect(expected).toBe('500');
    expect(Math.abs(Number(measured) / 500 - 1)).toBeLessThan(0.4);
  });

  test('its part answers every tenth call with an error and keeps the books', async () => {
    const run = `
      import { constantArrivals, Server, Source } from '@by-the-slice/simulation';
      import { System as OneSystem } from '@by-the-slice/simulation';
      const system = new OneSystem({ seed: 1 });
      const flaky = new Flaky(system, new Server(system, { name: 'server', concurrency: 5 }));
      const source = new Source(system, { arrivals: constantArrivals(100), workMs: () => 5 }).to(flaky);
      system.simulation.runUntil(1000);
      system.simulation.audit();
      console.log(JSON.stringify(source.accounts()));`;
    expect(JSON.parse(await output(programs[1] + run))).toMatchObject({ opened: 100, failed: 10, completed: 90, open: 0 });
  });
});
