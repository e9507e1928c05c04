import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real Chromium: the one the environment names, one that the machine has, or Playwright's own. `more`: for its command line. */
export function openBrowser(more: readonly string[] = []): Promise<Browser> {
  const args = [...flags, ...more];
  const executablePath = foundChromium();
  return chromium.launch(executablePath === undefined ? { args } : { executablePath, args });
}

/** For programs that start the same browser by themselves. */
export function chromiumPath(): string {
  return foundChromium() ?? chromium.executablePath();
}

function foundChromium(): string | undefined {
  const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  return process.env.PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH || known.find((path) => existsSync(path));
}
