import { defineConfig } from 'vite';
import { buildTargets } from '../../core/platform/floor.ts';

/** The demo citizen page: its own root and output, never part of the scanner's bundle or precache. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/demo/',
  build: {
    outDir: '../../../dist/demo',
    emptyOutDir: true,
    target: buildTargets,
    // The content security policy takes neither inline scripts nor data: URLs.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // What the page's worker keeps for use without a network.
    manifest: 'files.json',
    rolldownOptions: {
      input: { page: `${import.meta.dirname}/index.html`, sw: `${import.meta.dirname}/sw/sw.ts` },
      output: {
        // A worker keeps its address; everything else has a hash in its name.
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
