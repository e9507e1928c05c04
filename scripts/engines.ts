// The same settings run in every engine that can be had: other versions of Node, Firefox, Chromium, JavaScriptCore's shell.
// Each gives one line of JSON a setting, so that engines are compared as text, digit by digit.

import { execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';
import { bundleTo } from './bundle';

const execute = promisify(execFile);
const longestMs = 20 * 60_000;

export interface Engine {
  name: string;
  /** One line of JSON for each setting. */
  digits(perExperiment: number): Promise<string[]>;
}
export type Found = Engine | { name: string; reason: string };

const linesOf = (text: string): string[] => text.trim().split('\n');

export function thisNode(folder: string): Engine {
  const file = join(folder, 'digits.mjs');
  bundleTo('tests/determinism/print.ts', file);
  return nodeAt(process.execPath, `Node ${process.version}`, file);
}

function nodeAt(path: string, name: string, file: string): Engine {
  return {
    name,
    digits: async (perExperiment) => linesOf((await execute(path, [file, String(perExperiment)], { maxBuffer: 1 << 30 })).stdout),
  };
}

/** A Node of that major version, from npm, in the folder. */
export function otherNode(major: number, folder: string): Found {
  const prefix = join(folder, `node${major}`);
  const isWindows = process.platform === 'win32';
  const install = spawnSync(
    isWindows ? 'npm.cmd' : 'npm',
    ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', prefix, `node@${major}`],
    { encoding: 'utf8', shell: isWindows },
  );
  const path = join(prefix, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node');
  if (install.status !== 0 || !existsSync(path))
    return { name: `Node ${major}`, reason: (install.stderr || String(install.error)).trim().split('\n').slice(-1)[0] };
  const version = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout.trim();
  return nodeAt(path, `Node ${version}`, join(folder, 'digits.mjs'));
}

/** The path of a command, installed from Debian's packages where it is missing and that is possible. */
function commandPath(names: string[], debianPackage: string): string | undefined {
  const find = (): string | undefined => {
    const folders = (process.env.PATH ?? '').split(delimiter);
    return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  };
  const there = find();
  if (there !== undefined || process.getuid?.() !== 0) return there;
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', debianPackage], { stdio: 'ignore' });
  return find();
}

export function javaScriptCore(folder: string): Found {
  const name = 'JavaScriptCore';
  const path = commandPath(['jsc'], 'libjavascriptcoregtk-4.0-bin');
  if (path === undefined) return { name, reason: 'there is no jsc here; Debian has it in libjavascriptcoregtk-4.0-bin' };
  const file = join(folder, 'digits.jsc.js');
  return {
    name,
    async digits(perExperiment) {
      bundleFor('tests/determinism/inShell.ts', file, { perExperiment: String(perExperiment) });
      return linesOf((await execute(path, [file], { maxBuffer: 1 << 30 })).stdout);
    },
  };
}

function bundleFor(entry: string, outfile: string, define: Record<string, string> = {}): void {
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    define,
    logLevel: 'error',
  });
}

export function firefox(folder: string): Found {
  const path = commandPath(['firefox-esr', 'firefox'], 'firefox-esr');
  if (path === undefined) return { name: 'Firefox', reason: 'there is no Firefox here; Debian has it in firefox-esr' };
  const version = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout.trim();
  return browserAt(path, version, folder, (profile, address) => ['--headless', '--no-remote', '--profile', profile, address]);
}

export function chromium(folder: string): Found {
  const named = process.env.PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH;
  const path = named ?? commandPath(['chromium', 'chromium-browser', 'google-chrome'], 'chromium');
  if (path === undefined) return { name: 'Chromium', reason: 'there is no Chromium here' };
  const version = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout.trim();
  return browserAt(path, version, folder, (profile, address) => [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    `--user-data-dir=${profile}`,
    address,
  ]);
}

/** A browser opens a page of ours, which runs everything and sends back what came out. It needs no driver. */
function browserAt(path: string, name: string, folder: string, parameters: (profile: string, address: string) => string[]): Engine {
  return {
    name,
    async digits(perExperiment) {
      const profile = join(folder, `profile-${name.replace(/\W+/g, '-')}`);
      mkdirSync(profile, { recursive: true });
      const script = join(folder, 'digits.page.js');
      bundleFor('tests/determinism/inPage.ts', script);
      const page = await answeringPage(readFileSync(script, 'utf8'), perExperiment);
      const browser = spawn(path, parameters(profile, page.address), { stdio: 'ignore' });
      try {
        return (JSON.parse(await page.answer) as object[]).map((digits) => JSON.stringify(digits));
      } finally {
        browser.kill('SIGKILL');
        page.close();
      }
    },
  };
}

interface AnsweringPage {
  address: string;
  answer: Promise<string>;
  close(): void;
}

function answeringPage(script: string, perExperiment: number): Promise<AnsweringPage> {
  const send = `.then(JSON.stringify, (error) => Promise.reject(error)).catch((error) => JSON.stringify({ error: String(error) }))`;
  const html = `<!doctype html><meta charset="utf-8"><title>Digits</title><script src="/digits.js"></script>
<script>digitsOfAll(${perExperiment})${send}.then((body) => fetch('/answer', { method: 'POST', body }))</script>`;
  return new Promise((ready) => {
    let close = (): void => {};
    const answer = new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('The browser has not answered within twenty minutes.')), longestMs);
      const server = createServer((request, response) => {
        if (request.method === 'POST') {
          const parts: Buffer[] = [];
          request.on('data', (part: Buffer) => parts.push(part));
          request.on('end', () => {
            response.end();
            resolve(Buffer.concat(parts).toString('utf8'));
          });
          return;
        }
        const isScript = request.url === '/digits.js';
        response.setHeader('content-type', isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8');
        response.end(isScript ? script : html);
      });
      close = () => {
        clearTimeout(timer);
        server.closeAllConnections();
        server.close();
      };
      server.listen(0, '127.0.0.1', () =>
        ready({ address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, answer, close: () => close() }),
      );
    });
  });
}

/** Which settings an engine ran otherwise: by the name of the experiment and the number of the setting. */
export function differences(here: readonly string[], there: readonly string[]): string[] {
  const different = here
    .filter((line, index) => line !== there[index])
    .map((line) => {
      const { id, number } = JSON.parse(line) as { id: string; number: number };
      return `${id} ${number}`;
    });
  if (there.length !== here.length) different.push(`${there.length} settings in place of ${here.length}`);
  return different;
}

/** Keeps what an engine printed, for whoever looks into a difference. */
export function keepDigits(folder: string, name: string, lines: readonly string[]): string {
  const file = join(folder, `${name.replace(/\W+/g, '-')}.jsonl`);
  writeFileSync(file, lines.join('\n'));
  return file;
}
