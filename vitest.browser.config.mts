import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Drives the built site in a real Chromium: run `npm run build` before. One worker: the machine belongs to the browser. */
export default defineConfig({
  resolve: { alias: { '@by-the-slice/simulation': here('./src/simulation/index.ts'), '@site': here('.') } },
  test: {
    environment: 'node',
    include: ['tests/browser/**/*.test.ts'],
    globalSetup: ['tests/browser/setup.ts'],
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    retry: 0,
  },
});
