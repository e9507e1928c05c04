// The experiments and everything that expands pages, bundled from their sources in some 50 ms. Bundling answers three things at
// once: TypeScript runs, an edited experiment is seen without a restart, and what a number depends on is known exactly.

import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { type BuildFailure, build, type Message, type Metafile } from 'esbuild';
import type { Messages } from '../experiments/definition/phraseBook';
import { AnswerPool } from './answerPool';
import type { Course, QuestionName } from './answers';
import { DiskCache, hashOf, hashOfFiles } from './cache';
import { languageOfBuild } from './localWords';
import { PageError } from './problems';

/** What the bundle exports: the code of expandPage.ts as it is on disk now. */
type Expander = typeof import('./expandPage');

interface LoadedCourse {
  expander: Expander;
  course: Course;
  /** Every source file behind it, absolute. */
  files: string[];
  cache: DiskCache;
  /** The texts of all experiments, and what is told of any, for translators. */
  messages(): Promise<Messages>;
}

const entry = 'src/build/expandPage.ts';
const registry = 'src/experiments/registry.ts';
const loaded = new Map<string, { course: Promise<LoadedCourse>; stamp: string }>();

/** The course in `root` as its sources are now. */
export async function loadCourse(root: string, cacheFolder = join(root, 'node_modules/.cache/by-the-slice')): Promise<LoadedCourse> {
  const last = loaded.get(root);
  if (last && (await isCurrent(last))) return last.course;
  const next = { course: bundle(root, cacheFolder), stamp: '' };
  loaded.set(root, next);
  try {
    next.stamp = stampOf((await next.course).files);
  } catch (error) {
    loaded.delete(root);
    throw error;
  }
  return next.course;
}

async function isCurrent({ course, stamp }: { course: Promise<LoadedCourse>; stamp: string }): Promise<boolean> {
  // Without a stamp it is being bundled at this moment.
  return stamp === '' || stamp === stampOf((await course).files);
}

function stampOf(files: readonly string[]): string {
  return files.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0).join();
}

async function bundle(root: string, cacheFolder: string): Promise<LoadedCourse> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // Its package.json is for others, who get it packed; here the sources are read.
    alias: { '@by-the-slice/simulation': join(root, 'src/simulation/index.ts') },
    logLevel: 'silent',
  }).catch((failure: BuildFailure | Error) => {
    throw 'errors' in failure ? new PageError(failure.errors.map(sentence)) : failure;
  });
  const [{ text: code }] = outputFiles;
  const expander = evaluate(code, join(root, entry));
  const cache = new DiskCache(cacheFolder);
  const pool = new AnswerPool(code);
  const hashes = new Map<string, string>();
  const codeOf = (id: string, maker: string): string => {
    const key = `${id} ${maker}`;
    let hash = hashes.get(key);
    if (hash === undefined) {
      hash = hashOfFiles(root, filesBehind(metafile, id, `src/build/${maker}.ts`));
      hashes.set(key, hash);
    }
    return hash;
  };
  const course: Course = {
    ids: Object.keys(expander.experimentLoaders),
    load: async (id) => expander.speakingOf(await expander.loadExperiment(id), languageOfBuild()),
    ask: (id, name, question) =>
      cache.remember({ id, code: codeOf(id, expander.makers[name]), name, question, ...languageKey(name) }, () =>
        pool.answer({ id, name, question, language: languageOfBuild() }),
      ),
  };
  const messages = async (): Promise<Messages> => {
    return expander.allMessages(await Promise.all(course.ids.map(expander.loadExperiment)));
  };
  return { expander, course, files: Object.keys(metafile.inputs).map((file) => join(root, file)), cache, messages };
}

/** What was told in another language is remembered apart. Numbers are the same in all. */
function languageKey(name: QuestionName): { language?: string } {
  const language = languageOfBuild();
  if (language.locale === 'en' || (name !== 'twin' && name !== 'moment')) return {};
  return { language: hashOf(JSON.stringify(language)) };
}

/** An error in an experiment's source, as an editor opens it. */
function sentence({ location, text }: Message): string {
  return location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text;
}

/** The bundle's code, run afresh: no module of an older one is used again. */
function evaluate(code: string, filename: string): Expander {
  const module = { exports: {} as Expander };
  const run = runInThisContext(`(function (module, exports, require) {${code}\n})`, { filename }) as (
    module: { exports: Expander },
    exports: Expander,
    require: NodeJS.Require,
  ) => void;
  run(module, module.exports, createRequire(filename));
  return module.exports;
}

/**
 * Sources that an experiment's numbers depend on: the code that makes them, and the experiment's own file, each with all imports.
 * The registry names each by a dynamic import, and the file is called like the experiment; if it is not, all files count.
 */
function filesBehind({ inputs }: Metafile, id: string, maker: string): string[] {
  const registered = inputs[registry]?.imports.filter(({ kind }) => kind === 'dynamic-import') ?? [];
  const own = registered.find(({ path }) => basename(path).replace(/\.tsx?$/, '') === id)?.path;
  if (own === undefined) return Object.keys(inputs);
  const seen = new Set<string>();
  const waiting = [maker, own];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file) || !inputs[file]) continue;
    seen.add(file);
    waiting.push(...inputs[file].imports.filter(({ kind }) => kind !== 'dynamic-import').map(({ path }) => path));
  }
  return [...seen];
}
