import { availableParallelism } from 'node:os';
import { defineConfig, mergeConfig } from 'vitest/config';
import { InOrder } from './test/support/vitest/in-order.ts';
import { browser, engines, globs, heavy, server, walks } from './test/support/vitest/projects.ts';
import vite from './vite.config.ts';

const project = (name: string, include: string[], exclude: string[], timeoutS: number) => ({
  extends: true as const,
  test: {
    name,
    include,
    exclude: ['**/node_modules/**', ...exclude],
    testTimeout: timeoutS * 1000,
    hookTimeout: timeoutS * 2000,
    // what a browser or a hub does in a second on a quiet machine; a fake world answers at once
    ...(name !== 'fast' &&
      name !== 'heavy' && { expect: { poll: { timeout: 45_000, interval: 200 } } }),
  },
});

export default mergeConfig(
  vite,
  defineConfig({
    test: {
      // Files of a project share processes: to load everything anew for each cost more than the tests.
      pool: 'forks',
      isolate: false,
      experimental: { fsModuleCache: true },
      // one more than the cores: a browser test mostly waits; with two more keys come too slow for a scanner's
      maxWorkers: availableParallelism() + 1,
      // pages of one file at once: each is a process of the browser's that wants a core
      maxConcurrency: 3,
      globalSetup: 'test/support/vitest/one-run.ts',
      setupFiles: 'test/support/vitest/clean-file.ts',
      sequence: { sequencer: InOrder },
      projects: [
        project('browser', globs(browser), globs([...engines, ...walks]), 240),
        project('walks', globs(walks), [], 240),
        project('engines', globs(engines), [], 240),
        project('server', globs(server), globs(walks), 120),
        project('heavy', globs(heavy), globs([...browser, ...server]), 60),
        project('fast', globs(['test/']), globs([...browser, ...server, ...heavy]), 60),
      ],
    },
  }),
);
