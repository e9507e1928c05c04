import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const alone = 'tests/browser/alone/**/*.test.ts';
const globalSetup = ['tests/browser/setup.ts'];

/**
 * Drives the built site in a real Chromium: run `npm run build` before. Two browsers side by side; what is measured against the
 * clock comes after them and has the machine to itself.
 */
export default defineConfig({
  resolve: { alias: { '@by-the-slice/simulation': here('./src/simulation/index.ts'), '@site': here('.') } },
  test: {
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    retry: 0,
    projects: [
      {
        extends: true,
        test: {
          name: 'side by side',
          include: ['tests/browser/**/*.test.ts'],
          exclude: [alone],
          globalSetup,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'alone', include: [alone], globalSetup, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
