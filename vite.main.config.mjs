import { builtinModules } from 'node:module';
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';
import packageJson from './package.json' with { type: 'json' };

const packages = [...Object.keys(packageJson.dependencies), ...Object.keys(packageJson.optionalDependencies)];

/** The bench's PyTorch program is run, not imported: it lies beside the bundles. */
const peerScript = {
  name: 'peer-script',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'peer.py', source: readFileSync('src-main/bench/peer.py') });
  },
};

/** Bundles the Node side: one file per process, packages left in node_modules (several carry native libraries). */
export default defineConfig({
  plugins: [peerScript],
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'dist/main',
    emptyOutDir: true,
    minify: false,
    rollupOptions: {
      input: {
        cli: 'src-main/cli/main.ts',
        web: 'src-main/web/main.ts',
        electron: 'src-main/electron/main.ts',
        trainer: 'src-main/trainer/process.ts',
        trial: 'src-main/trainer/trial-process.ts',
        models: 'src-main/host/models/process.ts',
        references: 'src-main/trainer/references-worker.ts',
        'engine-worker': 'src-main/engine/compiled/worker.ts',
        'engine-probe': 'src-main/engine/probe-process.ts',
      },
      external: ['electron', ...builtinModules, /^node:/, ...packages.flatMap((name) => [name, new RegExp(`^${name}/`)])],
      // Flat, so that a file finds its neighbours by name: see src-main/entries.ts.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
