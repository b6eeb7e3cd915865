import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

/** Bundles the page that desktop window and browser show. Paths are absolute: both hosts serve it at their root. */
export default defineConfig({
  root: 'src-renderer',
  plugins: [vue()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    // A strict content policy forbids inlined fonts and styles from elsewhere: every asset is a file of ours.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    // In one chunk, so that Zod is told before the first schema is made, whichever page is loaded first (src-renderer/no-eval.ts).
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'zod', test: /no-eval|node_modules\/zod\// }] } } },
  },
});
