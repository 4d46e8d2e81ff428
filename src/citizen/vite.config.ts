import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { type ManifestOptions, VitePWA } from 'vite-plugin-pwa';
import { quietWorkerBuild } from '../../vite.config.ts';
import { buildTargets } from '../core/platform/floor.ts';

const icon = (name: string, size: number, purpose?: 'maskable') => ({
  ...{ src: `icons/${name}.png`, sizes: `${size}x${size}`, type: 'image/png' },
  ...(purpose && { purpose }),
});

const manifest: Partial<ManifestOptions> = {
  ...{ id: '/citizen/', start_url: '/citizen/', scope: '/citizen/' },
  ...{
    name: '健康码 Health Code',
    short_name: '健康码',
    description: '出示健康码，没有网络也能用',
  },
  ...{ lang: 'zh-CN', dir: 'ltr', display: 'standalone', orientation: 'any' },
  ...{ theme_color: '#f4f6f8', background_color: '#f4f6f8', categories: ['health'] },
  icons: [icon('icon-192', 192), icon('icon-512', 512), icon('maskable-512', 512, 'maskable')],
  shortcuts: [
    { name: '亮码', url: '/citizen/#code' },
    { name: '申报', url: '/citizen/#declare' },
  ],
};

/** The citizen’s page: its own root and output, never part of the scanner’s bundle or precache. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/citizen/',
  plugins: [
    react(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'sw',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false,
      includeManifestIcons: false,
      manifest,
      injectManifest: {
        // the icons are for installing, which needs the network
        globPatterns: ['**/*.{js,css,html,svg,wasm}'],
        // for phones without WebAssembly: it comes when it is needed
        globIgnores: ['**/decoder-script-*.js', 'link.js'],
        buildPlugins: { vite: [quietWorkerBuild] },
      },
    }),
  ],
  worker: { format: 'iife' },
  build: {
    outDir: '../../dist/citizen',
    emptyOutDir: true,
    target: buildTargets,
    // The content security policy takes neither inline scripts nor data: URLs.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // the fallback decoder's package declares nothing, so all its barcode kinds would be kept
    rolldownOptions: {
      treeshake: { moduleSideEffects: (id) => !id.includes('node_modules/@zxing/') },
    },
  },
});
