// How many random cases a property is tried with: 25 in the quick check, 1,000 in the whole test, 100,000 in the deep one.

/** FAST_CHECK_RUNS, set by the scripts; 200 where a single file is run by hand. */
export const cases = Number(process.env.FAST_CHECK_RUNS ?? 200);
