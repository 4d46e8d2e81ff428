/**
 * The oldest browsers that are let in, by their versions; Edge, Samsung Internet, Huawei's and every other
 * Chromium and WebView count as Chrome, every browser of iOS as Safari. `test/floor.test.ts` holds what is
 * built to it.
 */
export const floor = { chrome: 89, safari: 15.4, firefox: 105 } as const;

/** The same for a bundler. */
export const buildTargets: string[] = Object.entries(floor).map((one) => one.join(''));
