import { defineConfig } from 'vitest/config';

// In CI the report is also written as JSON, from which the closing line is counted.
const reporters = process.env['CI']
  ? ['default', ['json', { outputFile: 'test-results/vitest.json' }] as const]
  : ['default'];

export default defineConfig({
  test: {
    reporters: reporters as never,
    // Of two cores vitest would leave one to itself; it needs next to nothing.
    maxWorkers: '100%',
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], pool: 'threads' } },
      { test: { name: 'architecture', include: ['test/architecture/**/*.test.ts'], pool: 'threads' } },
      { test: { name: 'wire', include: ['test/wire/**/*.test.ts'], pool: 'forks', testTimeout: 60_000 } },
      {
        test: {
          name: 'sandbox',
          include: ['test/sandbox/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'traps', include: ['test/traps/**/*.test.ts'], pool: 'forks', testTimeout: 60_000 } },
      {
        test: {
          name: 'simulation',
          include: ['test/simulation/**/*.test.ts'],
          pool: 'forks',
          globalSetup: ['test/support/servers.ts'],
          testTimeout: 600_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          pool: 'forks',
          globalSetup: ['test/support/servers.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'flow',
          include: ['test/flow/**/*.test.ts'],
          pool: 'forks',
          globalSetup: ['test/support/servers.ts'],
          // These end a test that hangs; how long something takes is measured by the bench.
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'shipping',
          include: ['test/shipping/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
