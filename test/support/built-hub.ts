import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { build, type Plugin } from 'vite';
import { templateFiles } from './embedded.ts';
import { onceARun } from './once-a-run.ts';

const root = join(import.meta.dirname, '..', '..');

/** These read files beside their own. */
const unbundled = ['@electric-sql/pglite', 'pg', 'pino'];

/**
 * The hub in one script, made once a run: started by it, a hub costs a second of CPU less than by
 * `tsx`, as its operator starts it (hub/screen.test.ts does). Every module keeps its own address.
 */
export const builtHub = async (): Promise<string> =>
  join(await onceARun('hub-program', (outDir) => buildHub(outDir)), 'main.mjs');

/** The same with a file for each module, so that a profile can name them. */
export const hubInModules = async (): Promise<string> =>
  join(await onceARun('hub-modules', (outDir) => buildHub(outDir, true)), 'main.mjs');

/**
 * For a program that soon ends, which has nothing of PostgreSQL's WebAssembly compiled twice and collects its
 * garbage as it goes: a third less CPU to start. Not for a bench.
 */
export const shortLived = ['--liftoff-only', '--single-threaded-gc'] as const;

/** Where a hub finds the embedded database it would make in a new folder: five seconds of CPU less. */
export async function prepareData(folder: string): Promise<void> {
  cpSync(await onceARun('hub-data', makeData), folder, { recursive: true });
}

/** Of the template, which test groups with an embedded database have made already. */
const makeData = async (folder: string): Promise<void> => {
  const loadDataDir = await templateFiles();
  await (await PGlite.create(join(folder, 'pg'), { loadDataDir })).close();
};

async function buildHub(outDir: string, preserveModules = false): Promise<void> {
  const entryFileNames = preserveModules
    ? ({ isEntry, name }: { readonly isEntry: boolean; readonly name: string }) =>
        isEntry ? 'main.mjs' : `${name}.mjs`
    : 'main.mjs';
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    plugins: [inPlace],
    ssr: { noExternal: true },
    build: {
      ssr: 'src/hub/main.ts',
      outDir,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames, ...(preserveModules && { preserveModules }) } },
    },
  });
}

const inPlace: Plugin = {
  name: 'in-place',
  enforce: 'pre',
  resolveId: (name) =>
    unbundled.includes(name) ? { id: import.meta.resolve(name), external: true } : undefined,
  transform: (code, id) =>
    id.startsWith(join(root, 'src'))
      ? code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
      : undefined,
};
