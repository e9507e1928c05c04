/* npm start: from a fresh clone to the course in a browser. */
import { spawn } from 'node:child_process';
import { get } from 'node:http';
import { checkNode, freePort, installPackages, seconds, stop, tools, top } from './setup.mjs';

checkNode();
await installPackages();

const port = await freePort(Number(process.env.PORT) || 3000);
if (port !== 3000 && !process.env.PORT) {
  console.log(`Port 3000 is taken; using ${port}.`);
}
const inner = (process.env.BASE_URL ?? '').replace(/^\/+|\/+$/g, '');
const address = `http://localhost:${port}/${inner === '' ? '' : `${inner}/`}`;

console.log(`Building the course for ${address} …`);
const began = Date.now();
const child = spawn(process.execPath, [tools.docusaurus, 'start', '--no-open', '--port', String(port)], { cwd: top, stdio: 'inherit' });
let ended = false;
child.once('error', (error) => stop(`The development server did not start: ${error.message}.`));
child.once('exit', (code, signal) => {
  ended = true;
  if (code !== 0 && signal === null) {
    stop(`The development server ended with code ${code}: the lines above say why.`);
  }
  process.exit(0);
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => child.kill(signal));
}

/** The server answers as soon as the first build is done. */
function answers() {
  return new Promise((resolve) => {
    const request = get(address, { headers: { accept: 'text/html' }, timeout: 60_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('error', () => resolve(false));
    request.once('timeout', () => request.destroy());
  });
}

while (!ended && !(await answers())) {
  if (Date.now() - began > 15 * 60_000) {
    child.kill();
    stop('The development server has not answered for 15 minutes: stopping.');
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  const waited = Math.round((Date.now() - began) / 1000);
  if (waited > 0 && waited % 10 === 0) {
    console.log(`… still building (${waited} s)`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
if (!ended) {
  console.log(`\nThe course is at ${address} (ready after ${seconds(began)}). Edit a page and it reloads; Ctrl+C stops.\n`);
}
