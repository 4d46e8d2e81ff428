/**
 * What `npm run test:engines` runs and `npm test` does not: other engines than Chromium, and Chromium without
 * what others lack. `.ci/run` runs both.
 */
export const engines: readonly string[] = [
  'test/engines/absences.test.ts',
  'test/engines/citizen/walk.test.ts',
  'test/engines/other-engines.test.ts',
];

/**
 * What `npm run test:walks` runs and `npm test` does not: every screen in every language, size and theme, whole
 * days and shifts from end to end. `.ci/run` runs both. What must not wait for others' cores is not among them.
 */
export const walks: readonly string[] = [
  'test/e2e/screens.test.ts',
  'test/e2e/large-text.test.ts',
  'test/e2e/cards.test.ts',
  'test/e2e/new-guard.test.ts',
  'test/e2e/two-gates.test.ts',
  'test/e2e/two-minutes.test.ts', // waits until a revocation is published
  'test/e2e/console-day.test.ts',
  'test/e2e/operator-desk.test.ts',
  'test/e2e/desk-issuing.test.ts',
  'test/e2e/citizen-code.test.ts',
  'test/e2e/citizen-declare.test.ts',
  'test/e2e/citizen-family.test.ts',
  'test/e2e/lan.test.ts',
  'test/hub/issuing/whole-demo.test.ts',
];

/** Tests that drive a Chromium: files, folders by their slash, and endings by their star. */
export const browser: readonly string[] = [
  'test/e2e/',
  'test/engines/',
  'test/scanner/sw/sw.test.ts',
  '*-browser.test.ts',
  'test/demo/page.test.ts',
  'test/demo/page-offline.test.ts',
];

/** Tests that need a database server, a build, or programs in processes of their own. */
export const server: readonly string[] = [
  'test/hub/',
  'test/node/',
  'test/faults/',
  'test/cli/',
  'test/authority/ceremony/',
  'test/authority/publishing/',
  'test/authority/store/',
  'test/authority/service/',
  'test/authority/commands/',
  'test/rules/',
  'test/demo/demo-set.test.ts',
  'test/bundle.test.ts',
  'test/floor.test.ts',
  'test/core/table/office.test.ts',
];

/** Tests that need nothing of that and compute for long: pictures read, a city's day made, codes bent. All others are fast. */
export const heavy: readonly string[] = [
  'test/decoder/',
  'test/fuzz/',
  'test/bench/',
  'test/demo/city.test.ts',
];

export const isFast = (file: string): boolean =>
  ![...browser, ...engines, ...walks, ...server, ...heavy].some((path) => {
    if (path.startsWith('*')) return file.endsWith(path.slice(1));
    return path.endsWith('/') ? file.startsWith(path) : file === path;
  });

/** The same for Vitest. */
export const globs = (paths: readonly string[]): string[] =>
  paths.map((path) => {
    if (path.startsWith('*')) return `test/**/${path}`;
    return path.endsWith('/') ? `${path}**/*.test.{ts,tsx}` : path;
  });

/** Each takes more than half a minute, whatever its size says (`npm run test:slowest`). */
export const longest: readonly string[] = [
  'test/e2e/scan.test.ts', // waits 91 s for a code to grow old
  'test/e2e/wedge.test.ts',
  'test/e2e/two-minutes.test.ts',
  'test/e2e/screens.test.ts',
  'test/e2e/desk-issuing.test.ts',
  'test/e2e/new-guard.test.ts',
  'test/faults/short.test.ts',
  'test/hub/slow-line.test.ts',
];
