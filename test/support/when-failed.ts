/** What tells more of a failed test than the test does; whoever adds to it takes it out again. */
export const whenFailed = new Set<() => Promise<void>>();
