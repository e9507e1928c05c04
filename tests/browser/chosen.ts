// Suites that look at a tool of the lab take it through a few experiments of different kinds; BROWSER_TESTS=all takes it through all.
// What every experiment must do by itself stands in experiments.test.ts, and is tried on every one.

import { experimentLoaders } from '../../src/experiments/registry';

/** A fleet; a map; a picture without a clock. */
const different = ['load-balancing', 'locations', 'sharding'];

export const takesAll = process.env.BROWSER_TESTS === 'all';
export const chosenExperiments: readonly string[] = takesAll ? Object.keys(experimentLoaders) : different;
