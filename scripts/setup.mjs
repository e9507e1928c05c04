/*
 * What `npm start` and `npm test` need before they can begin: a Node that is new enough, the packages, a browser.
 * Only Node's own modules are used here, because nothing else may be installed yet.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const top = dirname(dirname(fileURLToPath(import.meta.url)));
const path = (...parts) => join(top, ...parts);

/** Ends the program with one sentence. */
export function stop(sentence) {
  console.error(`\n${sentence}`);
  process.exit(1);
}

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    stop(`This project needs Node 20.19 or newer, and this is Node ${process.versions.node}: see https://nodejs.org for a newer one.`);
  }
}

/** The command lines of installed tools, started with this very Node: the same on every system. */
export const tools = {
  biome: path('node_modules', '@biomejs', 'biome', 'bin', 'biome'),
  docusaurus: path('node_modules', '@docusaurus', 'core', 'bin', 'docusaurus.mjs'),
  tsc: path('node_modules', 'typescript', 'bin', 'tsc'),
  vitest: path('node_modules', 'vitest', 'vitest.mjs'),
};

/** Runs a command with its output in sight; resolves to its exit code. */
export function run(command, parameters, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, parameters, { cwd: top, stdio: 'inherit', ...options });
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

export const runTool = (tool, parameters, options) => run(process.execPath, [tools[tool], ...parameters], options);

export async function installPackages() {
  const reason = missingPackages();
  if (reason === undefined) {
    return;
  }
  console.log(`Installing the packages (${reason}). This takes a minute or two.`);
  const npm = process.env.npm_execpath;
  const parameters = ['ci', '--no-audit', '--no-fund'];
  const code =
    npm?.endsWith('.js') || npm?.endsWith('.cjs')
      ? await run(process.execPath, [npm, ...parameters])
      : await run('npm', parameters, { shell: process.platform === 'win32' });
  if (code !== 0) {
    stop(`"npm ci" ended with code ${code}, so the packages are not installed: the lines above say why (is the network reachable?).`);
  }
}

/** A checkout may make the lockfile look newer than it is: only packages that really differ are a reason. */
function missingPackages() {
  const wanted = path('package-lock.json');
  const installed = path('node_modules', '.package-lock.json');
  if (!existsSync(installed)) {
    return 'none are there yet';
  }
  if (statSync(wanted).mtimeMs <= statSync(installed).mtimeMs) {
    return undefined;
  }
  const have = JSON.parse(readFileSync(installed, 'utf8')).packages;
  const want = Object.entries(JSON.parse(readFileSync(wanted, 'utf8')).packages);
  const differs = want.some(
    ([name, entry]) => name.startsWith('node_modules/') && !entry.optional && have[name]?.version !== entry.version,
  );
  return differs ? 'the lockfile has changed' : undefined;
}

/** Finds or installs a Chromium and names it for the tests in PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH. */
export async function installBrowser() {
  const variable = 'PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH';
  const named = process.env[variable];
  if (named) {
    if (!starts(named)) {
      stop(`${variable} names ${named}, which does not start: correct it, or unset it to use another Chromium.`);
    }
    return named;
  }
  const found = browserOnMachine() ?? (await playwrightsOwn());
  if (found !== undefined) {
    process.env[variable] = found;
    return found;
  }
  console.log('Installing a Chromium for the browser tests.');
  const cli = path('node_modules', 'playwright', 'cli.js');
  if ((await run(process.execPath, [cli, 'install', 'chromium'])) !== 0 || (await playwrightsOwn()) === undefined) {
    if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
      console.log("Playwright's own Chromium cannot be had here; trying Debian's.");
      if ((await run('apt-get', ['update'])) === 0) {
        await run('apt-get', ['install', '-y', 'chromium'], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
      }
    }
  }
  const installed = browserOnMachine() ?? (await playwrightsOwn());
  if (installed === undefined) {
    stop(`The browser tests need a Chromium, and none could be installed: install Chromium or Chrome, or set ${variable} to one.`);
  }
  process.env[variable] = installed;
  return installed;
}

function browserOnMachine() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  candidates.push('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium');
  for (const folder of [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]) {
    if (folder) {
      candidates.push(join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'));
    }
  }
  return candidates.find((candidate) => existsSync(candidate) && starts(candidate));
}

/** A name on the PATH may be a stub that only says how to install the real one. (On Windows, Chrome has no --version.) */
function starts(executable) {
  if (process.platform === 'win32') {
    return existsSync(executable);
  }
  const answer = spawnSync(executable, ['--version'], { timeout: 20_000, encoding: 'utf8' });
  return answer.status === 0 && /Chrom/.test(answer.stdout);
}

async function playwrightsOwn() {
  try {
    const { chromium } = await import(pathToFileURL(path('node_modules', 'playwright', 'index.mjs')).href);
    const executable = chromium.executablePath();
    return existsSync(executable) && starts(executable) ? executable : undefined;
  } catch {
    return undefined;
  }
}

/** The first port from `first` on that nobody listens on, on any of this machine's local addresses. */
export async function freePort(first) {
  for (let port = first; port < first + 200; port++) {
    if ((await canListen(port, '127.0.0.1')) && (await canListen(port, '::1')) && (await canListen(port, '::'))) {
      return port;
    }
  }
  return stop(`No port between ${first} and ${first + 199} is free: close a program that listens on one.`);
}

function canListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT' || error.code === 'EINVAL'));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

export function seconds(sinceMs) {
  return `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;
}
