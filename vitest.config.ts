import { availableParallelism } from 'node:os';
import { defineConfig, mergeConfig } from 'vitest/config';
import { InOrder } from './test/support/vitest/in-order.ts';
import vite from './vite.config.ts';

/** Tests that drive a Chromium. */
const browser = [
  'test/e2e/**',
  'test/sw/**',
  'test/device/{real-browser,storage-browser}.test.ts',
  'test/issuer/page{,-*}.test.ts',
];
/** Tests that need a database server, or programs started in processes of their own. */
const server = ['test/hub/**', 'test/faults/**', 'test/cli/**', 'test/bundle.test.ts'];

const tests = '*.test.{ts,tsx}';
const [included, excluded] = [`test/**/${tests}`, ['**/node_modules/**']];

// Files of a project share processes: loading everything anew for each cost more than the tests.
const project = (name: string, include: string[], exclude: string[], timeoutS: number) => ({
  extends: true as const,
  test: {
    name,
    include,
    exclude: [...excluded, ...exclude],
    testTimeout: timeoutS * 1000,
    hookTimeout: timeoutS * 2000,
  },
});
const files = (globs: string[]) =>
  globs.map((glob) => (glob.endsWith('/**') ? `${glob}/${tests}` : glob));

export default mergeConfig(
  vite,
  defineConfig({
    test: {
      pool: 'forks',
      isolate: false,
      // one more than the cores: a browser test mostly waits
      maxWorkers: availableParallelism() + 1,
      globalSetup: 'test/support/vitest/one-run.ts',
      setupFiles: 'test/support/vitest/clean-file.ts',
      sequence: { sequencer: InOrder },
      projects: [
        project('browser', files(browser), [], 90),
        project('server', files(server), [], 60),
        project('fast', [included], [...browser, ...server], 30),
      ],
    },
  }),
);
