// The simulation package as somebody else meets it: packed, installed without a network, used from plain Node, from Vite and with types.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build as bundle, type StdinOptions } from 'esbuild';
import { build as viteBuild } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { experimentLoaders } from '../../../src/experiments/registry';

/** Bytes, minified and compressed: a program with one queue, and an experiment of the course with all that it uses of the package. */
const largestQueue = 16_000;
const largestExperiment = 40_000;

const queue = `
import { exponentialDraw, poissonArrivals, Server, Source, System } from '@by-the-slice/simulation';

const system = new System({ seed: 7 });
const server = new Server(system, { name: 'cook' });
const source = new Source(system, {
  arrivals: poissonArrivals(8, system.simulation.random.stream('arrivals')),
  workMs: exponentialDraw(100),
}).to(server);
system.simulation.runUntil(60_000);
system.simulation.audit();
console.log(JSON.stringify({ completed: source.accounts().completed, hash: system.simulation.recorder.digest() }));
`;

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'by-the-slice-'));
  // In a copy: packing leaves its output in the package's folder for a while, where other tests would meet it.
  const copy = join(folder, 'copy');
  for (const path of ['src/simulation', 'scripts', 'LICENSE']) cpSync(path, join(copy, path), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'), 'junction');
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--silent', '--json', '--pack-destination', folder], {
      cwd: join(copy, 'src/simulation'),
      encoding: 'utf8',
      shell: process.platform === 'win32',
    }),
  );
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'a-stranger', private: true, type: 'module' }));
  const installed = join(folder, 'node_modules/@by-the-slice/simulation');
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, filename), '--strip-components=1', '-C', installed]);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function fromSources(): Promise<string> {
  const { outputFiles } = await bundle({
    stdin: { contents: queue, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  const file = join(folder, 'sources.mjs');
  writeFileSync(file, outputFiles[0].text);
  return execFileSync(process.execPath, [file], { encoding: 'utf8' });
}

describe('the packed simulation package', () => {
  test('runs in a plain Node project, with the run that the sources give', async () => {
    writeFileSync(join(folder, 'queue.js'), queue);
    const output = execFileSync(process.execPath, ['queue.js'], { cwd: folder, encoding: 'utf8' });
    expect(JSON.parse(output).completed).toBeGreaterThan(400);
    expect(output).toBe(await fromSources());
  });

  test('runs in a project built with Vite, which takes only what the project uses', async () => {
    writeFileSync(join(folder, 'main.js'), queue);
    writeFileSync(join(folder, 'index.html'), '<script type="module" src="./main.js"></script>');
    const result = await viteBuild({ root: folder, logLevel: 'error', configFile: false, build: { write: false, modulePreload: false } });
    const { output } = Array.isArray(result) ? result[0] : (result as { output: { type: string; code?: string }[] });
    const code = output.map((chunk) => ('code' in chunk ? chunk.code : '')).join('');
    writeFileSync(join(folder, 'built.mjs'), code);
    expect(execFileSync(process.execPath, ['built.mjs'], { cwd: folder, encoding: 'utf8' })).toBe(await fromSources());
    expect(gzipSync(code).length).toBeLessThan(largestQueue);
  });

  test.each(['nodenext', 'bundler'])('brings its types along (%s resolution)', (resolution) => {
    writeFileSync(
      join(folder, 'queue.ts'),
      `${queue}\n// @ts-expect-error a server needs a name\nnew Server(system, { concurrency: 2 });\n`,
    );
    const module = resolution === 'nodenext' ? 'nodenext' : 'esnext';
    const lines = execFileSync(
      process.execPath,
      [
        join(process.cwd(), 'node_modules/typescript/bin/tsc'),
        ...['--noEmit', '--strict', '--target', 'es2023', '--lib', 'es2023,dom', '--module', module, '--moduleResolution', resolution],
        ...['--ignoreConfig', 'queue.ts'],
      ],
      { cwd: folder, encoding: 'utf8' },
    );
    expect(lines).toBe('');
  });

  test('holds nothing but modules, types and its papers', () => {
    const { dependencies } = JSON.parse(readFileSync(join(folder, 'node_modules/@by-the-slice/simulation/package.json'), 'utf8'));
    expect(dependencies).toBeUndefined();
    expect(readFileSync(join(folder, 'node_modules/@by-the-slice/simulation/dist/LICENSE'), 'utf8')).toContain('MIT');
  });
});

test.each(Object.keys(experimentLoaders))('%s loads only the parts that it uses', async (id) => {
  const bytes = await compressedSize({
    contents: `export { default } from './src/experiments/${id}'`,
    resolveDir: process.cwd(),
    loader: 'ts',
  });
  const whole = await compressedSize({ contents: "export * from './src/simulation/index'", resolveDir: process.cwd(), loader: 'ts' });
  expect(bytes).toBeLessThan(largestExperiment);
  expect(bytes).toBeLessThan(whole);
});

async function compressedSize(stdin: StdinOptions): Promise<number> {
  const { outputFiles } = await bundle({ stdin, bundle: true, minify: true, write: false, format: 'esm', target: 'es2022' });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}
