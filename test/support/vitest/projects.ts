/** Tests that drive a Chromium: files, and folders by their slash. */
export const browser: readonly string[] = [
  'test/e2e/',
  'test/sw/',
  'test/device/real-browser.test.ts',
  'test/device/storage-browser.test.ts',
  'test/issuer/page.test.ts',
  'test/issuer/page-offline.test.ts',
];

/** Tests that need a database server, a build, or programs in processes of their own. All others are fast. */
export const server: readonly string[] = [
  'test/hub/',
  'test/faults/',
  'test/cli/',
  'test/issuer/ceremony/',
  'test/bundle.test.ts',
];

export const isFast = (file: string): boolean =>
  ![...browser, ...server].some((path) =>
    path.endsWith('/') ? file.startsWith(path) : file === path,
  );
