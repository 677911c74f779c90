// How the tests run: unit tests on both cores, then, alone on the machine, those that start real HAProxies and time them.
import { defineConfig } from 'vitest/config';

import { closingLine } from './test/support/closing-line.ts';

/** Tests that start real HAProxies and relays, and time them or count what they leave. */
const ALONE = ['test/integration/**/*.test.ts', 'test/lab/**/*.test.ts'];

export default defineConfig({
  test: {
    reporters: ['default', closingLine()],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          setupFiles: ['test/support/fixed-seed.ts'],
          include: ['test/**/*.test.ts'],
          exclude: ALONE,
          maxWorkers: 2,
          testTimeout: 10_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ALONE,
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
