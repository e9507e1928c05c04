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

/** A real Chromium: the one the environment names, one that the machine has, or Playwright's own. */
export function openBrowser(): Promise<Browser> {
  const named = process.env.PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH;
  const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const executablePath = named || known.find((path) => existsSync(path));
  return chromium.launch(executablePath === undefined ? { args: flags } : { executablePath, args: flags });
}
