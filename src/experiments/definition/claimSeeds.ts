/** The seeds behind every number in the prose and every claim. */
export const claimSeeds: readonly number[] = Array.from({ length: 20 }, (_, index) => index + 1);
