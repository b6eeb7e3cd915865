import { defineConfig } from 'vite';

/** Bundles what runs in the window's sandbox: one CommonJS file, as sandboxed preloads must be. */
export default defineConfig({
  build: {
    target: 'chrome140',
    outDir: 'dist/preload',
    emptyOutDir: true,
    minify: false,
    lib: { entry: 'src-main/electron/preload.ts', formats: ['cjs'], fileName: () => 'preload.cjs' },
    rollupOptions: { external: ['electron'] },
  },
});
