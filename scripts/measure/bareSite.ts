// The partner of every measurement: a Docusaurus page with as much prose, and nothing of ours. Built with the same tools.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Served, serveCompressed } from './compressedServer';

const modules = resolve('node_modules');

const config = `export default {
  title: 'Bare', url: 'http://localhost', baseUrl: '/', trailingSlash: true,
  future: { v4: true, faster: true, experimental_vcs: 'disabled' },
  presets: [['classic', { docs: { routeBasePath: '/' }, blog: false }]],
  themeConfig: { navbar: { title: 'Bare' } },
};
`;

const paragraph =
  'A server works on one request at a time, and a request that finds it busy joins the queue and waits until its turn has come. ';

/** Builds it into a folder of its own; gives the folder of the built site. */
export function buildBareSite(folder: string): string {
  mkdirSync(join(folder, 'docs'), { recursive: true });
  symlinkSync(modules, join(folder, 'node_modules'), 'junction');
  writeFileSync(join(folder, 'package.json'), '{"name":"bare","private":true}');
  writeFileSync(join(folder, 'docusaurus.config.js'), config);
  const sections = Array.from({ length: 9 }, (_, index) => `## Section ${index + 1}\n\n${paragraph.repeat(8)}\n`);
  writeFileSync(
    join(folder, 'docs', 'page.md'),
    `---\ntitle: Bare\nslug: /\ndescription: A page of prose.\n---\n\n${paragraph}\n\n${sections.join('\n')}`,
  );
  const program = join(modules, '@docusaurus', 'core', 'bin', 'docusaurus.mjs');
  const { status, stderr } = spawnSync(process.execPath, [program, 'build'], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The bare page could not be built: ${stderr}`);
  return join(folder, 'build');
}

/** Builds it, serves it, and takes it away in the end. */
export async function serveBare(): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'by-the-slice-bare-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const served = await serveCompressed(buildBareSite(folder));
    return {
      ...served,
      close: () => {
        served.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
