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

export interface Sent {
  path: string;
  /** Of the body, compressed. */
  bytes: number;
  /** Not for this page: for one that the reader may open next. */
  isPrefetch: boolean;
}

export interface Served {
  address: string;
  /** All that was sent so far, in order. May be emptied. */
  sent: Sent[];
  close(): void;
}

export async function serveCompressed(folder: string, basePath = '/'): Promise<Served> {
  const sent: Sent[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const at = join(folder, path.startsWith(basePath) ? path.slice(basePath.length) : path);
    const file = existsSync(at) && statSync(at).isDirectory() ? join(at, 'index.html') : at;
    if (!file.startsWith(folder) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const type = types[extname(file)] ?? 'application/octet-stream';
    const body = isText(type) ? gzipSync(readFileSync(file)) : readFileSync(file);
    sent.push({ path, bytes: body.length, isPrefetch: request.headers['sec-purpose'] === 'prefetch' });
    response.setHeader('content-type', type);
    response.setHeader('cache-control', 'max-age=3600');
    if (isText(type)) response.setHeader('content-encoding', 'gzip');
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${basePath}`,
    sent,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
