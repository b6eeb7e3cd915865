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
  },
});
