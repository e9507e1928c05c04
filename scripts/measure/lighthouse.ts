// Lighthouse (12, mobile) of every page, each in turn with a bare Docusaurus page, so that a busy machine slows both alike.
// It is no dependency of the project: npm installs it into a temporary folder for the occasion.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buildBareSite } from './bareSite';
import { serveCompressed } from './compressedServer';

interface Report {
  categories: Record<string, { score: number }>;
  audits: Record<string, { numericValue?: number }>;
}

export interface PageScores {
  path: string;
  performance: number;
  barePerformance: number;
  accessibility: number;
  bestPractices: number;
  seo: number;
  layoutShift: number;
}

/** Pages of the built site by path, without those that nobody visits on purpose. */
function pagesOf(folder: string): string[] {
  const paths: string[] = [];
  const look = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      if (entry.isDirectory()) look(join(at, entry.name));
      else if (entry.name === 'index.html') paths.push(relative(folder, at).split('\\').join('/'));
    }
  };
  look(folder);
  return paths.filter((path) => !/^(embed|search|reference\/simulation|worksheets)/.test(path)).sort();
}

export async function measureLighthouse(built: string, rounds = 3): Promise<PageScores[]> {
  const folder = mkdtempSync(join(tmpdir(), 'by-the-slice-lighthouse-'));
  try {
    const program = install(folder);
    const bare = await serveCompressed(buildBareSite(join(folder, 'bare')));
    const site = await serveCompressed(built);
    const scores: PageScores[] = [];
    for (const path of pagesOf(built)) {
      const own: Report[] = [];
      const bares: Report[] = [];
      for (let round = 0; round < rounds; round++) {
        bares.push(run(program, bare.address, folder));
        own.push(run(program, `${site.address}${path === '' ? '' : `${path}/`}`, folder));
      }
      scores.push(scoresOf(path, own, bares));
    }
    bare.close();
    site.close();
    return scores;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function install(folder: string): string {
  const isWindows = process.platform === 'win32';
  const result = spawnSync(
    isWindows ? 'npm.cmd' : 'npm',
    ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, 'lighthouse@12'],
    { encoding: 'utf8', shell: isWindows },
  );
  const program = join(folder, 'node_modules', 'lighthouse', 'cli', 'index.js');
  if (result.status !== 0 || !existsSync(program)) throw new Error(`Lighthouse could not be installed: ${result.stderr}`);
  return program;
}

function run(program: string, address: string, folder: string): Report {
  const file = join(folder, 'report.json');
  const result = spawnSync(
    process.execPath,
    [
      program,
      address,
      '--quiet',
      '--output=json',
      `--output-path=${file}`,
      '--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking',
    ],
    { encoding: 'utf8', env: { ...process.env, CHROME_PATH: process.env.PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH ?? '/usr/bin/chromium' } },
  );
  if (result.status !== 0) throw new Error(`Lighthouse ended with ${result.status} at ${address}: ${result.stderr}`);
  return JSON.parse(readFileSync(file, 'utf8')) as Report;
}

function scoresOf(path: string, own: Report[], bares: Report[]): PageScores {
  const worst = (category: string): number => Math.min(...own.map((report) => score(report, category)));
  return {
    path: `/${path}`,
    performance: median(own.map((report) => score(report, 'performance'))),
    barePerformance: median(bares.map((report) => score(report, 'performance'))),
    accessibility: worst('accessibility'),
    bestPractices: worst('best-practices'),
    seo: worst('seo'),
    layoutShift: Math.max(...own.map(({ audits }) => audits['cumulative-layout-shift'].numericValue ?? 0)),
  };
}

const score = ({ categories }: Report, category: string): number => Math.round(categories[category].score * 100);

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1];
}
