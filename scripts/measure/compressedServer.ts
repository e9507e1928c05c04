// Serves a folder as a good static host does: compressed, with a lifetime. Lighthouse judges transfers, so they must be real ones.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
};
const isText = (type: string): boolean => /text|json|svg|xml/.test(type);

export interface Served {
  address: string;
  close(): void;
}

export async function serveCompressed(folder: string): Promise<Served> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const at = join(folder, path);
    const file = existsSync(at) && statSync(at).isDirectory() ? join(at, 'index.html') : at;
    if (!file.startsWith(folder) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const type = types[extname(file)] ?? 'application/octet-stream';
    const body = readFileSync(file);
    response.setHeader('content-type', type);
    response.setHeader('cache-control', 'max-age=3600');
    if (isText(type)) response.setHeader('content-encoding', 'gzip');
    response.end(isText(type) ? gzipSync(body) : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}
