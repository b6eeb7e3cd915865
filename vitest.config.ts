import { defineConfig } from 'vitest/config';

/** Unit tests mirror the source and touch no child process; integration tests start the built programs. */
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
    ],
  },
});
