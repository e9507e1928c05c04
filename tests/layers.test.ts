import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { brokenRules, type SourceFile } from './layers';

const top = fileURLToPath(new URL('..', import.meta.url));

function sources(...folders: string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.m?tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes(`${sep}node_modules${sep}`))
      .map((path) => ({ path: relative(top, path).split(sep).join('/'), text: readFileSync(path, 'utf8') })),
  );
}

const check = (path: string, text: string): string[] => brokenRules([{ path, text }]);

describe('the layers of src', () => {
  it('imports go down only, and nothing banned is used', () => {
    expect(brokenRules(sources('src', 'tests'))).toEqual([]);
  });
});

describe('the check itself', () => {
  it('reports an import that goes up, with file, line, target and what is allowed', () => {
    expect(check('src/simulation/kernel/clock.ts', "const a = 1;\nimport { Player } from '../../lab/Player';\n")).toEqual([
      'src/simulation/kernel/clock.ts:2 imports src/lab/Player (src/lab); allowed from src/simulation: nothing outside itself.',
    ]);
    expect(check('src/experiments/chaos.ts', "export { Ring } from '../views/Ring';")).toEqual([
      'src/experiments/chaos.ts:1 imports src/views/Ring (src/views); allowed from src/experiments: src/picture, src/simulation.',
    ]);
  });

  it.each([
    ['a type import', 'src/picture/draw.ts', "import type { Experiment } from '../experiments/define';"],
    ['a lazy import', 'src/views/Ring.tsx', "const lab = () => import('../lab');"],
    ['a type in an import()', 'src/picture/draw.ts', "type E = import('../experiments/define').Experiment;"],
    ['a worker', 'src/views/Ring.tsx', "new Worker(new URL('../lab/worker.ts', import.meta.url));"],
    ['the site alias', 'src/command/main.ts', "import x from '@site/src/lab/share';"],
    ['something outside src', 'src/lab/share.ts', "import x from '../../tests/layers';"],
    ['React in an experiment', 'src/experiments/chaos.ts', "import { useState } from 'react';"],
    ['a package in the simulation', 'src/simulation/index.ts', "import fs from 'node:fs';"],
    ['the simulation by its name', 'src/simulation/index.ts', "import { run } from '@by-the-slice/simulation';"],
    ['any', 'src/lab/share.ts', 'const x: any = 1;'],
    ['any as a type argument', 'src/lab/share.ts', 'const x = new Map<string, any>();'],
    ['an enum', 'src/lab/share.ts', 'enum Fate { Lost }'],
    ['a const enum', 'src/lab/share.ts', 'const enum Fate { Lost }'],
    ['an unknown layer', 'src/helpers/x.ts', ''],
  ])('reports %s', (_what, path, text) => {
    expect(check(path, text)).toHaveLength(1);
  });

  it.each([
    'Math.random()',
    'Math.log(2)',
    'Math.pow(2, 3)',
    'Math.hypot(3, 4)',
    '2 ** 3',
    'const { sin } = Math',
    "Math['cos'](1)",
    'new Date()',
    'Date.now()',
    'new Intl.NumberFormat()',
    'window.x',
    'document.title',
    'process.env',
    'console.log(1)',
    'setTimeout(f, 1)',
    'globalThis.x',
    'performance.now()',
    "'a'.localeCompare('b')",
    '(1).toLocaleString()',
    'const a = { Date }',
  ])('reports %s in the simulation', (code) => {
    expect(check('src/simulation/kernel/math.ts', code)).toHaveLength(1);
    expect(check('src/lab/share.ts', code)).toEqual([]);
  });

  it('reports ** with assignment', () => {
    expect(check('src/simulation/x.ts', 'let a = 2; a **= 2;')).toHaveLength(1);
  });

  it('reports a second importer of codemirror, and not the same file twice', () => {
    const one = { path: 'src/lab/charts.tsx', text: "import { Line } from 'codemirror';\nimport { Bar } from 'codemirror';" };
    expect(brokenRules([one])).toEqual([]);
    expect(brokenRules([one, { path: 'src/views/Ring.tsx', text: "import { Line } from 'codemirror';" }])).toEqual([
      'src/views/Ring.tsx:1 imports codemirror, but src/lab/charts.tsx:1 already does; allowed: one file, so that it stays one lazy chunk.',
    ]);
  });

  it('lets pass what is right', () => {
    expect(
      check(
        'src/simulation/parts/server.ts',
        "import { x } from '../kernel/calendar';\nconst a = { process: 1, b: request.process, c: Math.sqrt(2) * Math.PI };",
      ),
    ).toEqual([]);
    expect(
      check(
        'src/simulation/record/trace.ts',
        'function open(window: Window) { const { process } = window; return window.from + process; }',
      ),
    ).toEqual([]);
    expect(check('src/simulation/parts/server.ts', "// Math.random() and Date in words\nconst a = 'console';")).toEqual([]);
    expect(
      check('src/experiments/chaos.ts', "import { run } from '@by-the-slice/simulation';\nimport { scene } from '../picture';"),
    ).toEqual([]);
    expect(check('src/lab/export.ts', "import palette from '../css/palette.json';")).toEqual([]);
    expect(
      check('src/theme/MDXComponents.tsx', "import { Frame } from '@site/src/lab';\nimport X from '@theme-original/MDXComponents';"),
    ).toEqual([]);
  });
});
