// How many random cases a property is tried with, 25 in the quick check, 1,000 in the whole test, 100,000 in the deep one; and which.

import fc from 'fast-check';

/** FAST_CHECK_RUNS, set by the scripts; 200 where a single file is run by hand. */
export const cases = Number(process.env.FAST_CHECK_RUNS ?? 200);

/** The same cases in every run, so that a failure speaks of the change and not of the day. The deep test draws others each time. */
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_260_101) });
