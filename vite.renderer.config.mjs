import { readFileSync } from 'node:fs';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const manifest = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

/** Development packages that end up in the page; those under "dependencies" are shipped as they are. */
const IN_THE_PAGE = ['@fontsource-variable/inter', '@fontsource/jetbrains-mono', '@lucide/vue', '@tanstack/vue-virtual', '@vueuse/core', 'chart.js', 'pinia', 'reka-ui', 'svgcanvas', 'vue', 'vue-router'];
const licences = [...Object.keys(manifest('package.json').dependencies), ...IN_THE_PAGE].sort().map((name) => {
  const { version, license } = manifest(`node_modules/${name}/package.json`);
  return { name, version, licence: license };
});

/** Bundles the page that desktop window and browser show. Paths are absolute: both hosts serve it at their root. */
export default defineConfig({
  root: 'src-renderer',
  plugins: [vue()],
  define: { __LICENCES__: JSON.stringify(licences) },
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
