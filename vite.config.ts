import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { type ManifestOptions, VitePWA } from 'vite-plugin-pwa';
import { buildTargets } from './src/core/platform/floor.ts';
import { holdsKey, keyMarks } from './src/core/trust/demo-keys.ts';
import { en } from './src/scanner/words/en/first.ts';
import { zhCn } from './src/scanner/words/zh-CN/first.ts';
import { zhCnScreens } from './src/scanner/words/zh-CN/screens.ts';
import { zhTw } from './src/scanner/words/zh-TW/first.ts';

const read = (name: string) => readFileSync(new URL(`keys/${name}`, import.meta.url), 'utf8');
const payload = Buffer.from(JSON.parse(read('root.1.json')).payload, 'base64url').toString();
/** Of every key whose private half lies in `keys/` for everybody. */
const demoMarks = keyMarks(JSON.parse(read('demo-private.json')));

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

const manifest: Partial<ManifestOptions> = {
  id: '/',
  name: '卡口 Kakou',
  short_name: '卡口',
  description: '卡口离线核验健康码',
  lang: 'zh-CN',
  dir: 'ltr',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  orientation: 'any',
  theme_color: '#101418',
  background_color: '#101418',
  categories: ['utilities', 'health'],
  icons: [
    { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
  shortcuts: [
    { name: '扫码', url: '/#/scan' },
    { name: '班次', url: '/#/shift' },
  ],
  screenshots: [
    ...['scan', 'pass', 'stop'].map((name) => ({
      src: `/screenshots/${name}-zh-CN.png`,
      sizes: '360x740',
      type: 'image/png',
      form_factor: 'narrow' as const,
    })),
    {
      src: '/screenshots/scan-wide.png',
      sizes: '1280x800',
      type: 'image/png',
      form_factor: 'wide' as const,
    },
  ],
};

/** The plugin builds the worker with Vite's own log level and an option that Rolldown warns of. */
export const quietWorkerBuild: Plugin = {
  name: 'quiet-worker-build',
  config(config) {
    const output = config.build?.rollupOptions?.output;
    if (output && !Array.isArray(output)) {
      delete output.inlineDynamicImports;
      output.codeSplitting = false;
    }
    return { logLevel: 'error' };
  },
};

/**
 * The words of the other languages are built as texts alone, in the order of the Chinese ones: each of
 * some 500 keys is in the precache once, not three times.
 */
const packWords: Plugin = {
  name: 'pack-words',
  apply: 'build',
  transform(_, id) {
    const name = /\/scanner\/words\/(en|zh-TW)\/first\.ts$/.exec(id)?.[1];
    if (name === undefined) return;
    const words: Readonly<Record<string, string>> = name === 'en' ? en : zhTw;
    const texts = [...Object.keys(zhCn), ...Object.keys(zhCnScreens)].map((key) => words[key]);
    return {
      code: `import { zhCn } from '../zh-CN/first.ts';
import { zhCnScreens } from '../zh-CN/screens.ts';
const keys = [...Object.keys(zhCn), ...Object.keys(zhCnScreens)];
const texts = ${JSON.stringify(texts)};
export const ${name === 'en' ? 'en' : 'zhTw'} = Object.fromEntries(keys.map((key, at) => [key, texts[at]]));`,
      map: null,
    };
  },
};

/** `src/scanner/floor.js` as it is, less its comments: minifiers write what old browsers cannot read. */
const floorScript: Plugin = {
  name: 'floor-script',
  apply: 'build',
  generateBundle() {
    const file = new URL('src/scanner/floor.js', import.meta.url);
    const source = readFileSync(file, 'utf8').replace(/\/\*.*?\*\/|^\s+/gms, '');
    this.emitFile({ type: 'asset', fileName: 'floor.js', source });
  },
};

/** The same for the same file and class in every build: six letters in place of some twenty. */
const shortClass = (name: string, file: string): string =>
  `_${createHash('sha256')
    .update(`${relative(import.meta.dirname, file)} ${name}`)
    .digest('base64url')
    .replace(/[-_]/g, '')
    .slice(0, 5)}`;

/** What is always loaded together is one file: each file more costs its imports, its name and its packing. */
const chunks = [
  { name: 'start', tags: ['$initial' as const], priority: 3 },
  {
    name: 'engine',
    test: /\/src\/(scanner\/(app\/engine|device\/(engine-stores|day-key)|trust-anchor)|browser\/(remote|tones))\.ts$/,
    priority: 2,
  },
  {
    name: 'input',
    test: /\/(wedge\/wedge-switch|camera\/picture-drop|taps\/only-what-is-shown)\.ts$/,
    priority: 2,
  },
  {
    name: 'export',
    test: /\/src\/core\/(table\/xlsx|log\/export-json)\.ts$|\/table-words\.ts$|\/browser\/share\.ts$/,
    priority: 1,
  },
  { name: 'card', test: /\/ui\/(verdict\/verdict-card|scan\/view-tools)\.tsx$/, priority: 2 },
  { name: 'screens', test: /\/src\/scanner\/ui\/(?!verdict\/).*\.tsx$/, priority: 1 },
];

export default defineConfig({
  plugins: [
    packWords,
    floorScript,
    react(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/scanner/sw',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false,
      includeManifestIcons: false,
      manifest,
      injectManifest: {
        // The icons are for installing, which needs the network; the plugin adds the web manifest.
        globPatterns: ['**/*.{js,css,html,wasm,svg,mp3}'],
        globIgnores: ['screenshots/**', 'demo/**', 'console/**', 'citizen/**'],
        maximumFileSizeToCacheInBytes: 1_200_000,
        buildPlugins: { vite: [quietWorkerBuild] },
      },
    }),
  ],
  define: {
    __APP_VERSION__: JSON.stringify(version),
    __DEMO__: JSON.stringify(holdsKey(JSON.parse(payload), demoMarks)),
    __DEMO_KEYS__: JSON.stringify(demoMarks),
  },
  worker: { format: 'iife' },
  css: { modules: { generateScopedName: shortClass } },
  build: {
    target: buildTargets,
    sourcemap: 'hidden',
    // Both would need inline scripts or data: URLs, which the content security policy refuses.
    modulePreload: false,
    assetsInlineLimit: 0,
    // The fallback decoder's package declares nothing, so all its barcode kinds would be kept.
    rolldownOptions: {
      treeshake: { moduleSideEffects: (id) => !id.includes('node_modules/@zxing/') },
      output: { codeSplitting: { groups: chunks } },
    },
  },
});
