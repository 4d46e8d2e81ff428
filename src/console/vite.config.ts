import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { buildTargets } from '../core/platform/floor.ts';

/** The console: its own root and output, never part of the scanner's bundle or precache. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react()],
  publicDir: false,
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    target: buildTargets,
    // The content security policy takes neither inline scripts nor data: URLs.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
