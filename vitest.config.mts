import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      '@by-the-slice/simulation': here('./src/simulation/index.ts'),
      '@docusaurus/Translate': here('./tests/lab/translate.ts'),
      '@site': here('.'),
    },
  },
  test: {
    environment: 'node',
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/browser/**', 'node_modules/**'],
    testTimeout: 30_000,
    // All cores: Vitest would leave one of two to itself.
    maxWorkers: '100%',
  },
});
