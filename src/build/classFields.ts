// A field of a class that is declared without a value is none until the constructor gives it one. Compiled the other way, which is the
// default, it begins as `undefined`, and engines then keep a number in it as a reference, which costs the simulation speed.
// The same is set for Node by `useDefineForClassFields` in the tsconfig files.

import type { Configuration } from 'webpack';

interface Loader {
  loader?: string;
  options?: { jsc?: { transform?: Record<string, unknown> } };
}

/** Changes the settings of the compiler in `config`. Throws when it is not there: then Docusaurus compiles in another way. */
export function leaveFieldsUnset(config: Configuration): void {
  const loaders = (config.module?.rules ?? []).flatMap((rule) => (rule as { use?: Loader[] }).use ?? []);
  const transforms = loaders.filter(({ loader }) => loader === 'builtin:swc-loader').map(({ options }) => options?.jsc?.transform);
  if (transforms.length === 0) throw new Error('No builtin:swc-loader in the settings of the bundler; see src/build/classFields.ts.');
  for (const transform of transforms) if (transform) transform.useDefineForClassFields = false;
}
