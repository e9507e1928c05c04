import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { site } from '../../src/site';
import { serve } from './server';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the built site's home page, base path included, with a slash at the end. */
    address: string;
  }
}

/** Serves the built site for all browser tests; its base path is the one it was built with (BASE_URL). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const served = await serve(fileURLToPath(new URL('../../build', import.meta.url)), site.basePath);
  project.provide('address', served.address);
  return () => served.close();
}
