import { defineConfig } from 'vitest/config';

/** Unit tests mirror the source and touch no child process; integration tests start the programs; e2e drives the built workbench in Chromium. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 30_000 } },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          // Training processes use every core: two at a time only slow each other down.
          fileParallelism: false,
        },
      },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 120_000, fileParallelism: false, expect: { poll: { timeout: 15_000 } } } },
    ],
  },
});
