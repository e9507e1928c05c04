// Lighthouse (12, mobile) of every page, each in turn with a bare Docusaurus page, so that a busy machine slows both alike.
// It is no dependency of the project: npm installs it into a temporary folder for the occasion.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { chromiumPath } from '../../tests/browser/browser';
import { serveBare } from './bareSite';
import { serveCompressed } from './compressedServer';
import type { Figure } from './figure';

interface Report {
  categories: Record<string, { score: number; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { numericValue?: number; score: number | null }>;
}

interface PageScores {
  path: string;
  performance: number;
  barePerformance: number;
  accessibility: number;
  bestPractices: number;
  seo: number;
  layoutShift: number;
  /** Audits that cost points in what is to be perfect. */
  lost: string[];
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

/** `wanted`: of these pages only ("start/opening-night/"); none: all. */
export async function lighthouseFigures(built: string, wanted: readonly string[], rounds: number): Promise<Figure[]> {
  const part = `Lighthouse 12, mobile, median of ${rounds}`;
  const paths = pagesOf(built).filter((path) => wanted.length === 0 || wanted.includes(path) || wanted.includes(`${path}/`));
  const figures: Figure[] = [];
  for (const page of await measureLighthouse(built, paths, rounds)) {
    const partner = { what: 'bare page', value: page.barePerformance };
    const perfect = { unit: '', aim: { atLeast: 100 } };
    figures.push(
      { part, what: `${page.path}: performance`, value: page.performance, unit: '', aim: { atLeast: page.barePerformance - 3 }, partner },
      { part, what: '  accessibility', value: page.accessibility, ...perfect },
      { part, what: '  best practices', value: page.bestPractices, ...perfect },
      { part, what: '  search engines', value: page.seo, ...perfect },
      { part, what: '  layout shift', value: page.layoutShift, unit: '', aim: { atMost: 0.01 } },
    );
    if (page.lost.length > 0) console.error(`${page.path} loses points in ${page.lost.join(', ')}`);
  }
  return figures;
}

async function measureLighthouse(built: string, paths: readonly string[], rounds: number): Promise<PageScores[]> {
  const folder = mkdtempSync(join(tmpdir(), 'by-the-slice-lighthouse-'));
  try {
    const program = install(folder);
    const bare = await serveBare();
    const site = await serveCompressed(built);
    const scores: PageScores[] = [];
    for (const path of paths) {
      const own: Report[] = [];
      const bares: Report[] = [];
      for (let round = 0; round < rounds; round++) {
        bares.push(await run(program, bare.address, folder));
        own.push(await run(program, `${site.address}${path === '' ? '' : `${path}/`}`, folder));
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

/** Not waited for in a way that stops this process: it is the one that serves the page. */
async function run(program: string, address: string, folder: string): Promise<Report> {
  const file = join(folder, 'report.json');
  const flags = '--headless=new --no-sandbox --disable-gpu --disable-background-networking';
  const env = { ...process.env, CHROME_PATH: chromiumPath() };
  const child = spawn(
    process.execPath,
    [program, address, '--quiet', '--output=json', `--output-path=${file}`, `--chrome-flags=${flags}`],
    {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) throw new Error(`Lighthouse ended with ${status} at ${address}: ${said}`);
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
    lost: [...new Set(own.flatMap(lostIn))],
  };
}

function lostIn({ categories, audits }: Report): string[] {
  const ids = ['accessibility', 'best-practices', 'seo']
    .flatMap((category) => categories[category].auditRefs)
    .filter(({ weight }) => weight > 0)
    .map(({ id }) => id);
  return ids.filter((id) => audits[id].score !== null && audits[id].score < 1);
}

const score = ({ categories }: Report, category: string): number => Math.round(categories[category].score * 100);

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1];
}
